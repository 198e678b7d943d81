package cuttertest

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Worn is what can be read in a film that is dressed.
var Worn = []string{"A title", "A name", "A remark", "52.0607", "A chapter", "A subtitle", "A stream", "A handler", "2026-11-20"}

// What a film can have on besides picture and sound.
const (
	words = `;FFMETADATA1
title=A title
artist=A name
comment=A remark
location=+52.0607+004.4940/
creation_time=2026-11-20T09:30:00.000000Z
[CHAPTER]
TIMEBASE=1/1000
START=0
END=7000
title=A chapter
[CHAPTER]
TIMEBASE=1/1000
START=7000
END=20000
title=Another chapter
`
	subtitles = "1\n00:00:04,000 --> 00:00:18,000\nA subtitle\n"
)

// Dressed is the first 20 s of a film, packet by packet, with all around them
// different: the length, title, names, place and day, chapters, a language and a
// time code for each stream, a second sound, subtitles.
func Dressed(t testing.TB, film Film) Film {
	t.Helper()
	folder := t.TempDir()
	save := func(name string, data []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	// How each container has its film, second sound and subtitles.
	kinds := map[string][]string{
		"video/mp4": {"mp4", "aac", "mov_text"}, "audio/mp4": {"mp4", "aac", "mov_text"}, "video/quicktime": {"mov", "aac", "mov_text"},
		"video/webm": {"webm", "libopus", "webvtt"}, "video/x-matroska": {"matroska", "aac", "srt"},
	}
	kind := kinds[film.ContentType]
	dressed := filepath.Join(folder, "dressed")
	args := []string{
		"-v", "error", "-i", save("film", film.Data), "-f", "ffmetadata", "-i", save("words", []byte(words)), "-f", "srt", "-i", save("subtitles", []byte(subtitles)),
		"-f", "lavfi", "-i", "sine=duration=20", "-map", "0:v?", "-map", "0:a", "-map", "3:a", "-map", "2:s", "-map_metadata", "1", "-map_chapters", "1",
		"-c", "copy", "-c:a:1", kind[1], "-c:s", kind[2], "-metadata:s", "language=nld", "-metadata:s", "title=A stream", "-metadata:s", "handler_name=A handler",
		"-timecode", "09:30:00:00", "-t", "20", "-f", kind[0], dressed,
	}
	if out, err := exec.Command("ffmpeg", args...).CombinedOutput(); err != nil {
		t.Fatalf("dress %s: %v: %s", film.Name, err, out)
	}
	data, err := os.ReadFile(dressed)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(Worn[0])) {
		t.Fatalf("%s is not dressed", film.Name)
	}
	return Film{film.Name, film.ContentType, data}
}

// Turned is an MP4 of a camera that was held another way: players turn its first
// picture so many degrees clockwise.
func Turned(t testing.TB, film Film, degrees int) Film {
	t.Helper()
	const one = 1 << 16
	matrices := map[int][4]int32{90: {0, one, -one, 0}, 180: {-one, 0, 0, -one}, 270: {0, -one, one, 0}}
	data := bytes.Clone(film.Data)
	at := bytes.Index(data, []byte("tkhd")) + 4 + 40
	for i, value := range matrices[degrees] {
		binary.BigEndian.PutUint32(data[at+[]int{0, 4, 12, 16}[i]:], uint32(value)) //nolint:gosec // it has a sign
	}
	turned := Film{film.Name, film.ContentType, data}
	if got := Rotation(t, data); got != degrees {
		t.Fatalf("it is turned by %d°", got)
	}
	return turned
}

// Edited is a film as some cameras and programs trim one: all of it is there, and
// an edit list shows 0 to 5 s and then 20.3 to 28.3 s of it. It returns also the film
// that shows all, whose packets lie at the same bytes.
func Edited(t testing.TB) (edited, all Film) {
	t.Helper()
	// An offset has FFmpeg write two entries for each track, which are rewritten.
	all = Make(t, "video/mp4", "all.mp4", "-c:v libx264 -preset ultrafast -bf 2 -g 30 -c:a aac -output_ts_offset 1")
	edited = Film{all.Name, all.ContentType, bytes.Clone(all.Data)}
	tracks := 0
	for at := 0; ; tracks++ {
		next := bytes.Index(edited.Data[at:], []byte("elst"))
		if next < 0 {
			break
		}
		at += next + 4
		scale := bytes.Index(edited.Data[at:], []byte("mdhd")) + at + 4 + 12 // units a second of what follows
		units := float64(binary.BigEndian.Uint32(edited.Data[scale:]))
		list := edited.Data[at+8:] // two entries: length in ms, begin in units, rate
		begin := binary.BigEndian.Uint32(list[12+4:])
		binary.BigEndian.PutUint32(list, 5_000)
		binary.BigEndian.PutUint32(list[4:], begin)
		binary.BigEndian.PutUint32(list[12:], 8_000)
		binary.BigEndian.PutUint32(list[12+4:], begin+uint32(20.3*units))
	}
	if tracks != 2 {
		t.Fatalf("%d tracks have an edit list", tracks)
	}
	return edited, all
}

// Rotation is how far a player turns a film's picture, in degrees clockwise.
func Rotation(t testing.TB, film []byte) int {
	t.Helper()
	path := filepath.Join(t.TempDir(), "film")
	if err := os.WriteFile(path, film, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream_side_data=rotation", "-of", "default=nk=1:nw=1", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	counter, _ := strconv.Atoi(strings.TrimSpace(string(out))) // nothing: 0
	return (360 - counter) % 360
}
