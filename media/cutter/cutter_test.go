package cutter

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"
	"testing"
	"time"

	"vakspiegel/media/cutter/cuttertest"
)

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func found(t testing.TB) *Cutter {
	t.Helper()
	c, err := Find("ffmpeg")
	ok(t, err)
	return c
}

var formats = map[string]Format{
	"video/mp4": MP4, "audio/mp4": MP4, "video/quicktime": QuickTime, "video/webm": WebM, "video/x-matroska": Matroska,
}

// whole is a Keep that puts the pieces together.
type whole struct {
	mu    sync.Mutex
	bytes []byte
	last  int64
}

func (w *whole) keep(_ context.Context, start int64, piece []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if need := int(start) + len(piece); need > len(w.bytes) {
		w.bytes = append(w.bytes, make([]byte, need-len(w.bytes))...)
	}
	copy(w.bytes[start:], piece)
	w.last = start
	return nil
}

func cutOf(t testing.TB, film cuttertest.Film, from, to time.Duration) (Cut, []byte) {
	t.Helper()
	var got whole
	cut, err := found(t).Cut(t.Context(), film, Order{Format: formats[film.ContentType], From: from, To: to, MaxSize: 1 << 30, Keep: got.keep})
	ok(t, err)
	if cut.Size != int64(len(got.bytes)) || got.last != 0 {
		t.Fatalf("%d bytes of %d, the last piece at %d", len(got.bytes), cut.Size, got.last)
	}
	return cut, got.bytes
}

// Pieces from the first picture on, right before and on a key frame, between the
// order of decoding and that of showing, in the middle, and to the end.
var pieces = []struct{ from, to time.Duration }{
	{0, 5 * time.Second},
	{3999 * time.Millisecond, 5 * time.Second},
	{4 * time.Second, 6 * time.Second},
	{3900 * time.Millisecond, 4900 * time.Millisecond},
	{17333 * time.Millisecond, 22345 * time.Millisecond},
	{33210 * time.Millisecond, 40 * time.Second},
}

// No byte of the film outside the piece and the picture of its lead is in a cut,
// and the piece is all there.
func TestACutHoldsItsPieceAndNothingElseOfTheFilm(t *testing.T) {
	for _, film := range cuttertest.Films(t) {
		t.Run(film.Name, func(t *testing.T) {
			packets := cuttertest.Packets(t, film.Data)
			for _, piece := range pieces {
				name := fmt.Sprintf("%v-%v", piece.from, piece.to)
				cut, got := cutOf(t, film, piece.from, piece.to)
				begins := cuttertest.KeyBefore(packets, piece.from.Seconds())
				cuttertest.RefuseOutside(t, name, film.Data, packets, got, piece.from, piece.to)
				if begins <= piece.from.Seconds() && math.Abs(cut.Lead.Seconds()-(piece.from.Seconds()-begins)) > 0.05 {
					t.Errorf("%s: the lead is %v, the key frame lies at %.3f s", name, cut.Lead, begins)
				}
				wantPiece(t, name, cuttertest.Packets(t, got), cut.Lead, piece.to-piece.from)
			}
		})
	}
}

// wantPiece fails unless a cut goes from 0 over its lead to the piece's end, with
// sound in the piece alone.
func wantPiece(t *testing.T, name string, packets []cuttertest.Packet, lead, length time.Duration) {
	t.Helper()
	first, last, sound := math.Inf(1), 0.0, math.Inf(1)
	for _, p := range packets {
		first, last = min(first, p.At), max(last, p.At+p.For)
		if !p.Video {
			sound = min(sound, p.At)
		}
	}
	ends := (lead + length).Seconds()
	if math.Abs(first) > 0.03 || last > ends+0.1 || last < ends-0.4 {
		t.Errorf("%s: it shows %.3f to %.3f s, want 0 to %.3f", name, first, last, ends)
	}
	if sound < lead.Seconds()-0.02 || sound > lead.Seconds()+0.1 {
		t.Errorf("%s: sound begins at %.3f s, the piece at %v", name, sound, lead)
	}
}

func TestAFilmWithTooFewKeyFramesIsNotCut(t *testing.T) {
	film := cuttertest.Make(t, "video/mp4", "few.mp4", "-c:v libx264 -preset ultrafast -g 100000 -c:a aac")
	_, err := found(t).Cut(t.Context(), film, Order{Format: MP4, From: 35 * time.Second, To: 38 * time.Second, MaxSize: 1 << 30, Keep: new(whole).keep})
	if !errors.Is(err, ErrLead) {
		t.Fatalf("got %v", err)
	}
}

func TestWhatIsNoFilmIsUnreadable(t *testing.T) {
	mp4 := cuttertest.Films(t)[0]
	for name, data := range map[string][]byte{
		"noise":                     bytes.Repeat([]byte("no film"), 10_000),
		"a playlist":                []byte("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nfile:///etc/passwd\n"),
		"a script":                  []byte("ffconcat version 1.0\nfile /etc/passwd\n"),
		"the first half of a film":  mp4.Data[:len(mp4.Data)/8],
		"a film of another version": append([]byte("\x00\x00\x00\x18ftypisom"), bytes.Repeat([]byte{0xff}, 4096)...),
	} {
		t.Run(name, func(t *testing.T) {
			var got whole
			_, err := found(t).Cut(t.Context(), cuttertest.Film{Data: data}, Order{Format: MP4, From: 30 * time.Second, To: 35 * time.Second, MaxSize: 1 << 30, Keep: got.keep})
			if !errors.Is(err, ErrUnreadable) || len(got.bytes) > 0 {
				t.Fatalf("got %v and %d bytes", err, len(got.bytes))
			}
		})
	}
}

func TestNothingLiesBehindTheEndOfAFilm(t *testing.T) {
	for _, film := range cuttertest.Films(t) {
		_, err := found(t).Cut(t.Context(), film, Order{Format: formats[film.ContentType], From: 100 * time.Second, To: 102 * time.Second, MaxSize: 1 << 30, Keep: new(whole).keep})
		if !errors.Is(err, ErrUnreadable) && !errors.Is(err, ErrLead) {
			t.Errorf("%s: got %v", film.Name, err)
		}
	}
}

func TestACutIsNoLargerThanAllowed(t *testing.T) {
	_, err := found(t).Cut(t.Context(), cuttertest.Films(t)[0], Order{Format: MP4, From: 0, To: 30 * time.Second, MaxSize: 4000, Keep: new(whole).keep})
	if !errors.Is(err, ErrTooLarge) {
		t.Fatalf("got %v", err)
	}
}

func TestWhatKeepsTheFilmFromBeingReadIsTheReason(t *testing.T) {
	down := errors.New("the store is down")
	film := cuttertest.Films(t)[1]
	for _, after := range []int{0, 3, 60_000} {
		_, err := found(t).Cut(t.Context(), failing{film, after, down}, Order{Format: MP4, From: 0, To: 30 * time.Second, MaxSize: 1 << 30, Keep: new(whole).keep})
		if !errors.Is(err, down) {
			t.Fatalf("after %d bytes: got %v", after, err)
		}
	}
	_, err := found(t).Cut(t.Context(), film, Order{Format: MP4, From: 0, To: 30 * time.Second, MaxSize: 1 << 30,
		Keep: func(context.Context, int64, []byte) error { return down }})
	if !errors.Is(err, down) {
		t.Fatalf("got %v", err)
	}
}

// failing is a film that breaks off.
type failing struct {
	cuttertest.Film
	after int
	err   error
}

func (f failing) Open(ctx context.Context, off int64) io.ReadCloser {
	return io.NopCloser(io.MultiReader(io.LimitReader(f.Film.Open(ctx, off), int64(f.after)), broken{f.err}))
}

type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

func TestNoFFmpegIsSaidSo(t *testing.T) {
	for _, name := range []string{"no-such-program", "", "/bin/true", "/etc/passwd"} {
		if _, err := Find(name); !errors.Is(err, ErrUnavailable) {
			t.Errorf("%q: got %v", name, err)
		}
	}
}
