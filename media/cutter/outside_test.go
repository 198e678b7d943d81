package cutter

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"vakspiegel/media/cutter/cuttertest"
)

// Not its length, its title, a chapter, a place, a name, a second sound: of two
// films with the same piece the cut is the same. MP4 says of each sound how many
// bits a second its film has, twice, in 4 bytes; Matroska counts in ms from a start
// that moves with what is put before it, so there it is what can be read.
func TestWhatLiesOutsideThePieceChangesNothingInItsCut(t *testing.T) {
	for _, film := range cuttertest.Films(t) {
		t.Run(film.Name, func(t *testing.T) {
			dressed := cuttertest.Dressed(t, film)
			_, bare := cutOf(t, film, 5*time.Second, 9*time.Second)
			_, got := cutOf(t, dressed, 5*time.Second, 9*time.Second)
			for _, word := range cuttertest.Worn {
				if bytes.Contains(got, []byte(word)) {
					t.Errorf("it says %q", word)
				}
			}
			if format := formats[film.ContentType]; format == WebM || format == Matroska {
				return
			}
			differ := 0
			for i := range min(len(bare), len(got)) {
				if bare[i] != got[i] {
					differ++
				}
			}
			if len(bare) != len(got) || differ > 8 {
				t.Errorf("of %d and %d bytes %d differ", len(bare), len(got), differ)
			}
		})
	}
}

// A cover is no part of the piece.
func TestACoverIsNotInACut(t *testing.T) {
	const cover = "-f lavfi -i color=red:size=64x64:duration=0.04 -c:a aac "
	sound := cuttertest.Make(t, "audio/mp4", "sound.mp4", cover+"-map 1:a -map 2:v -c:v mjpeg -disposition:v:0 attached_pic")
	picture := cuttertest.Make(t, "video/mp4", "picture.mp4", cover+"-map 0:v -map 1:a -map 2:v -c:v:0 libx264 -preset ultrafast -c:v:1 mjpeg -disposition:v:1 attached_pic")
	for film, pictures := range map[*cuttertest.Film]bool{&sound: false, &picture: true} {
		var got whole
		_, err := found(t).Cut(t.Context(), *film, Order{Format: MP4, SoundOnly: !pictures, From: 5 * time.Second, To: 9 * time.Second, MaxSize: 1 << 30, Keep: got.keep})
		ok(t, err)
		moving, heard := 0, 0
		for _, p := range cuttertest.Packets(t, got.bytes) {
			if p.Video {
				moving++
			} else {
				heard++
			}
		}
		if heard < 100 || pictures != (moving > 50) || !pictures && moving > 0 {
			t.Errorf("%s: it has %d pictures and %d packets of sound", film.Name, moving, heard)
		}
	}
}

// Headers that say how long the whole is, or where it was made, go along with a
// copy: such sound is not cut.
func TestSoundWhoseHeaderTellsOfTheWholeIsNotCut(t *testing.T) {
	for _, codec := range []string{"flac", "libvorbis"} {
		film := cuttertest.Make(t, "video/x-matroska", codec+".mkv", "-c:v libx264 -preset ultrafast -g 30 -c:a "+codec)
		var got whole
		_, err := found(t).Cut(t.Context(), film, Order{Format: Matroska, From: 5 * time.Second, To: 9 * time.Second, MaxSize: 1 << 30, Keep: got.keep})
		if !errors.Is(err, ErrUnreadable) || len(got.bytes) > 0 {
			t.Errorf("%s: got %v", codec, err)
		}
	}
}

// What an edit list leaves out is not in the film as anyone sees it. Next to where it
// jumps a piece is not cut.
func TestWhatAnEditListLeavesOutIsNotInACut(t *testing.T) {
	film, all := cuttertest.Edited(t)
	var left [][]byte
	for _, p := range cuttertest.Packets(t, all.Data) {
		if at := p.At - 1; at > 5.2 && at < 18 && p.Length >= 200 { // up to the group of pictures in which it goes on
			middle := p.Start + p.Length/2
			left = append(left, film.Data[middle:middle+blockSize])
		}
	}
	for _, piece := range []struct {
		from, to time.Duration
		far      bool // from where it jumps
	}{
		{0, 3900 * time.Millisecond, true}, {8 * time.Second, 11 * time.Second, true},
		{3 * time.Second, 6 * time.Second, false}, {4 * time.Second, 5 * time.Second, false}, {4900 * time.Millisecond, 6 * time.Second, false},
		{5 * time.Second, 7 * time.Second, false}, {5100 * time.Millisecond, 7 * time.Second, false}, {6020 * time.Millisecond, 8 * time.Second, false},
	} {
		var got whole
		_, err := found(t).Cut(t.Context(), film, Order{Format: MP4, From: piece.from, To: piece.to, MaxSize: 1 << 30, Keep: got.keep})
		if err != nil && (piece.far || !errors.Is(err, ErrUnreadable)) {
			t.Errorf("%v-%v: got %v", piece.from, piece.to, err)
		}
		for _, block := range left {
			if bytes.Contains(got.bytes, block) {
				t.Errorf("%v-%v: what is left out is in it", piece.from, piece.to)
				break
			}
		}
	}
}

const blockSize = 32
