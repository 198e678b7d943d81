package cutter

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxPackets is how many packets of a cut are listed at most: 15 minutes of 120
// pictures a second, and sound.
const maxPackets = 250_000

var errListing = errors.New("cutter: this is no list of packets")

// What is copied: codecs of pictures that move, so no cover, and of sound whose
// header says nothing of the whole. That of FLAC has its length and a hash of it,
// that of Vorbis can have a title and a place.
var (
	pictures = []string{"h264", "hevc", "vp8", "vp9", "av1", "mpeg4"}
	sounds   = []string{"aac", "opus", "mp3", "ac3", "eac3", "alac", "amr_nb", "amr_wb", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be"}
)

// listing reads a list of packets as it is written (FFmpeg's framecrc): for each
// stream lines "#tb STREAM: NUMERATOR/DENOMINATOR", "#media_type STREAM: video" and
// "#codec_id STREAM: h264", then for each packet "STREAM, dts, pts, duration, …",
// with its flags as "F=0x…" unless it is a key frame and no more. 0 is the piece's
// start.
type listing struct {
	packets int
	before  bool          // a picture lies at or before the start
	lead    time.Duration // how much before it the latest of them lies
	ends    time.Duration // the latest end of a packet
	check   func(p packet) error

	line  bytes.Buffer
	bases map[string]float64
	video string
}

// packet is a packet of a piece.
type packet struct {
	video     bool
	from, end time.Duration
	hidden    bool // an edit list leaves it out of the film
}

// Write implements io.Writer. Errors: those of check, and for what is no list.
func (l *listing) Write(b []byte) (int, error) {
	for _, c := range b {
		if c != '\n' {
			l.line.WriteByte(c)
			continue
		}
		if err := l.read(l.line.String()); err != nil {
			return 0, err
		}
		l.line.Reset()
	}
	if l.line.Len() > 1<<10 {
		return 0, errListing
	}
	return len(b), nil
}

// header reads a line about a stream. Errors: ErrUnreadable for a codec that is
// not copied.
func (l *listing) header(line string) error {
	var stream, word string
	var numerator, denominator float64
	if n, _ := fmt.Sscanf(line, "#tb %1s: %g/%g", &stream, &numerator, &denominator); n == 3 && denominator > 0 {
		if l.bases == nil {
			l.bases = map[string]float64{}
		}
		l.bases[stream] = numerator / denominator * float64(time.Second)
	}
	if n, _ := fmt.Sscanf(line, "#media_type %1s: %s", &stream, &word); n == 2 && word == "video" {
		l.video = stream
	}
	if n, _ := fmt.Sscanf(line, "#codec_id %1s: %s", &stream, &word); n == 2 {
		picture := stream == l.video
		if picture && !slices.Contains(pictures, word) || !picture && !slices.Contains(sounds, word) {
			return fmt.Errorf("%w: its codec is not copied", ErrUnreadable)
		}
	}
	return nil
}

func (l *listing) read(line string) error {
	if strings.HasPrefix(line, "#") {
		return l.header(line)
	}
	p, err := l.packet(strings.Split(line, ","))
	if err != nil {
		return err
	}
	if lead := max(0, -p.from); p.video && p.from < time.Millisecond/2 && (!l.before || lead < l.lead) {
		l.before, l.lead = true, lead
	}
	l.ends = max(l.ends, p.end)
	if l.packets++; l.packets > maxPackets {
		return errListing
	}
	if l.check == nil {
		return nil
	}
	return l.check(p)
}

func (l *listing) packet(fields []string) (packet, error) {
	base := l.bases[fields[0]]
	if len(fields) < 4 || base == 0 {
		return packet{}, errListing
	}
	pts, err := strconv.ParseInt(strings.TrimSpace(fields[2]), 10, 64)
	lasts, err2 := strconv.ParseInt(strings.TrimSpace(fields[3]), 10, 64)
	if errors.Join(err, err2) != nil {
		return packet{}, errListing
	}
	p := packet{video: fields[0] == l.video, from: time.Duration(float64(pts) * base), end: time.Duration(float64(pts+lasts) * base)}
	for _, field := range fields[4:] {
		if flags, ok := strings.CutPrefix(strings.TrimSpace(field), "F=0x"); ok {
			bits, err := strconv.ParseUint(flags, 16, 32)
			p.hidden = err != nil || bits&flagDiscard != 0
		}
	}
	return p, nil
}

// flagDiscard is AV_PKT_FLAG_DISCARD: decoded, and not shown.
const flagDiscard = 4

// rounding is what times may differ by: containers count in ms or finer.
const rounding = 2 * time.Millisecond

// within says whether a packet may be in a cut: FFmpeg was told so, and this is
// the server's own look at what it did. What an edit list leaves out is copied too,
// and would be shown: it may be in the lead alone. Errors: ErrUnreadable.
func within(order Order, lead time.Duration) func(packet) error {
	length := order.To - order.From
	return func(p packet) error {
		if p.hidden && p.from > rounding {
			return fmt.Errorf("%w: an edit list leaves out a part of it", ErrUnreadable)
		}
		if p.video && p.from >= -lead-rounding && p.from < length+rounding {
			return nil
		}
		if !p.video && p.from >= -rounding && p.end <= length+rounding {
			return nil
		}
		return fmt.Errorf("%w: a packet lies outside the piece", ErrUnreadable)
	}
}
