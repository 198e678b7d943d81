package cutter

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxPackets is how many packets of a cut are listed at most: 15 minutes of 120
// pictures a second, and sound.
const maxPackets = 250_000

var errListing = errors.New("cutter: this is no list of packets")

// listing reads a list of packets as it is written (FFmpeg's framecrc): lines
// "#tb STREAM: NUMERATOR/DENOMINATOR" and "#media_type STREAM: video", then for
// each packet "STREAM, dts, pts, duration, …". 0 is the piece's start.
type listing struct {
	packets int
	begins  time.Duration // of the first picture, if there is any
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

func (l *listing) read(line string) error {
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
	if strings.HasPrefix(line, "#") {
		return nil
	}
	p, err := l.packet(strings.Split(line, ","))
	if err != nil {
		return err
	}
	if p.video && (l.begins == 0 || p.from < l.begins) {
		l.begins = p.from
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
	return packet{fields[0] == l.video, time.Duration(float64(pts) * base), time.Duration(float64(pts+lasts) * base)}, nil
}

// rounding is what times may differ by: containers count in ms or finer.
const rounding = 2 * time.Millisecond

// within says whether a packet may be in a cut: FFmpeg was told so, and this is
// the server's own look at what it did. Errors: ErrUnreadable.
func within(order Order, lead time.Duration) func(packet) error {
	length := order.To - order.From
	return func(p packet) error {
		if p.video && p.from >= -lead-rounding && p.from < length+rounding {
			return nil
		}
		if !p.video && p.from >= -rounding && p.end <= length+rounding {
			return nil
		}
		return fmt.Errorf("%w: a packet lies outside the piece", ErrUnreadable)
	}
}
