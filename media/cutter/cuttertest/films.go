// Package cuttertest makes films for tests, in the shapes that real devices hand
// in, and says what is in them, packet by packet.
package cuttertest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Film is a film of 40 s.
type Film struct {
	Name        string
	ContentType string
	Data        []byte
}

// Size implements cutter.Source.
func (f Film) Size() int64 { return int64(len(f.Data)) }

// Open implements cutter.Source.
func (f Film) Open(_ context.Context, off int64) io.ReadCloser {
	return io.NopCloser(bytes.NewReader(f.Data[off:]))
}

const (
	picture = "testsrc2=size=320x180:rate=15:duration=40"
	sound   = "anoisesrc=duration=40:amplitude=0.2:seed=7"
)

// How each film is made, and what it stands for.
var recipes = []struct {
	name, contentType, file string
	args                    string
}{
	{"index in front", "video/mp4", "a.mp4", "-c:v libx264 -preset ultrafast -bf 2 -g 30 -c:a aac -b:a 64k -movflags +faststart"},
	{"index at the end", "video/mp4", "b.mp4", "-c:v libx264 -preset veryfast -g 45 -c:a aac -b:a 64k"},
	{"open groups of pictures", "video/mp4", "c.mp4", "-c:v libx264 -preset veryfast -x264-params open-gop=1:keyint=60:min-keyint=60 -c:a aac -b:a 64k"},
	{"in fragments", "video/mp4", "d.mp4", "-c:v libx264 -preset ultrafast -g 30 -c:a aac -b:a 64k -movflags frag_keyframe+empty_moov"},
	{"in fragments without an index", "video/mp4", "i.mp4", "-c:v libx264 -preset ultrafast -g 30 -c:a aac -b:a 64k -movflags frag_keyframe+empty_moov+skip_trailer"},
	{"of a browser: no cues, no length", "video/webm", "e.webm", "-c:v libvpx -deadline realtime -cpu-used 16 -g 120 -b:v 400k -c:a libopus -b:a 48k -live 1"},
	{"of a phone: few key frames", "video/quicktime", "f.mov", "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=250 -tag:v hvc1 -c:a aac -b:a 64k"},
	{"matroska", "video/x-matroska", "g.mkv", "-c:v libx264 -preset veryfast -g 60 -c:a libopus -b:a 48k"},
	{"sound only", "audio/mp4", "h.m4a", "-vn -c:a aac -b:a 64k -f mp4"},
}

// Films makes them once for a test program.
func Films(t testing.TB) []Film {
	t.Helper()
	made, err := makeFilms()
	if err != nil {
		t.Fatal(err)
	}
	return made
}

var makeFilms = sync.OnceValues(func() (films []Film, err error) {
	for _, recipe := range recipes {
		data, err := encode(recipe.file, recipe.args)
		if err != nil {
			return nil, err
		}
		films = append(films, Film{recipe.name, recipe.contentType, data})
	}
	return films, nil
})

// Make makes one of 40 s as FFmpeg's arguments say; the end of file's name is
// its container's.
func Make(t testing.TB, contentType, file, args string) Film {
	t.Helper()
	data, err := encode(file, args)
	if err != nil {
		t.Fatal(err)
	}
	return Film{file, contentType, data}
}

func encode(file, args string) ([]byte, error) {
	folder, err := os.MkdirTemp("", "films")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, file)
	all := append([]string{"-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound}, strings.Fields(args)...)
	if out, err := exec.Command("ffmpeg", append(all, path)...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("make %s: %w: %s", file, err, out)
	}
	return os.ReadFile(path)
}

// Packet is a packet of a film; times are in seconds from its start.
type Packet struct {
	Video, Key    bool
	At, For       float64
	Start, Length int64 // bytes of the file
}

// Packets are those of a film, in the order of its file.
func Packets(t testing.TB, film []byte) (packets []Packet) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "film")
	if err := os.WriteFile(path, film, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("ffprobe", "-v", "error", "-show_entries", "packet=codec_type,pts_time,duration_time,pos,size,flags", "-of", "default=nk=0:nw=1", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	var p Packet
	for line := range strings.Lines(string(out)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		number, _ := strconv.ParseFloat(value, 64)
		switch name {
		case "codec_type":
			p = Packet{Video: value == "video"}
		case "pts_time":
			p.At = number
		case "duration_time":
			p.For = number
		case "size":
			p.Length = int64(number)
		case "pos":
			p.Start = int64(number)
		case "flags":
			p.Key = strings.HasPrefix(value, "K")
			packets = append(packets, p)
		}
	}
	return packets
}
