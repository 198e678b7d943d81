package media

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"time"
)

// Limits on what a hostile file can make us read.
const (
	maxBoxes    = 2000             // boxes or elements looked at
	maxDuration = 1000 * time.Hour // beyond this a header lies
)

// errNoDuration: the container does not tell, or not in a way we trust.
var errNoDuration = errors.New("media: the container tells no duration")

// durationMs reads a film's duration in ms from its container, or nil if it
// does not tell (a browser's recorder leaves it out). Errors: those of film;
// nothing in the film is an error.
func durationMs(film io.ReadSeeker, size int64, contentType string) (*int64, error) {
	p := &prober{film: film, size: size}
	var found time.Duration
	var err error
	switch contentType {
	case typeWebM, typeMatroska:
		found, err = p.matroska()
	default:
		found, err = p.mp4()
	}
	switch {
	case p.broken != nil:
		return nil, p.broken
	case err != nil || found <= 0 || found > maxDuration:
		return nil, nil //nolint:nilerr // what the film says wrong is no error of ours
	}
	ms := found.Milliseconds()
	return &ms, nil
}

// prober walks a container and counts what it looks at.
type prober struct {
	film   io.ReadSeeker
	size   int64
	boxes  int
	broken error // film could not be read
}

// read returns n bytes at off, or fewer at the end of the film.
func (p *prober) read(off int64, n int) ([]byte, error) {
	if off < 0 || off >= p.size {
		return nil, errNoDuration
	}
	if _, err := p.film.Seek(off, io.SeekStart); err != nil {
		p.broken = err
		return nil, err
	}
	b := make([]byte, min(int64(n), p.size-off))
	if _, err := io.ReadFull(p.film, b); err != nil {
		p.broken = err
		return nil, err
	}
	return b, nil
}

func (p *prober) count() error {
	if p.boxes++; p.boxes > maxBoxes {
		return errNoDuration
	}
	return nil
}

// box is an ISO base media box (ISO/IEC 14496-12, 4.2): its content lies from
// start to end.
type box struct {
	kind       string
	start, end int64
}

// boxAt reads the box that begins at off and lies before end.
func (p *prober) boxAt(off, end int64) (box, error) {
	if err := p.count(); err != nil {
		return box{}, err
	}
	head, err := p.read(off, 16)
	if err != nil {
		return box{}, err
	}
	if len(head) < 8 {
		return box{}, errNoDuration
	}
	size, header := int64(binary.BigEndian.Uint32(head)), int64(8)
	switch {
	case size == 0: // to the end of the file
		size = end - off
	case size == 1 && len(head) == 16:
		large := binary.BigEndian.Uint64(head[8:])
		if large > math.MaxInt64 {
			return box{}, errNoDuration
		}
		size, header = int64(large), 16
	}
	if size < header || size > end-off {
		return box{}, errNoDuration
	}
	return box{string(head[4:8]), off + header, off + size}, nil
}

// find returns the first box of a path of kinds.
func (p *prober) find(start, end int64, path ...string) (box, error) {
	for off := start; off < end; {
		b, err := p.boxAt(off, end)
		if err != nil {
			return box{}, err
		}
		if b.kind == path[0] {
			if len(path) == 1 {
				return b, nil
			}
			return p.find(b.start, b.end, path[1:]...)
		}
		off = b.end
	}
	return box{}, errNoDuration
}

// mp4 reads mvhd (8.2.2), or for a fragmented film mehd (8.8.2), which counts
// in the time scale of mvhd.
func (p *prober) mp4() (time.Duration, error) {
	moov, err := p.find(0, p.size, "moov")
	if err != nil {
		return 0, err
	}
	mvhd, err := p.find(moov.start, moov.end, "mvhd")
	if err != nil {
		return 0, err
	}
	scale, units, err := p.fullBox(mvhd, 8)
	if err != nil || scale == 0 {
		return 0, errNoDuration
	}
	if units == 0 {
		mehd, err := p.find(moov.start, moov.end, "mvex", "mehd")
		if err != nil {
			return 0, err
		}
		if _, units, err = p.fullBox(mehd, 0); err != nil {
			return 0, err
		}
	}
	return seconds(float64(units) / float64(scale))
}

// fullBox reads the duration of an mvhd (two times before it, each of 4 bytes
// in version 0 and 8 in version 1, and the time scale) or an mehd (nothing
// before it).
func (p *prober) fullBox(b box, times int64) (scale uint32, units uint64, err error) {
	body, err := p.read(b.start, int(min(b.end-b.start, 40)))
	if err != nil || len(body) < 4 {
		return 0, 0, errNoDuration
	}
	wide := body[0] == 1
	at := int64(4)
	if times > 0 {
		if at += times; wide {
			at += times
		}
		if int64(len(body)) < at+4 {
			return 0, 0, errNoDuration
		}
		scale = binary.BigEndian.Uint32(body[at:])
		at += 4
	}
	switch {
	case wide && int64(len(body)) >= at+8:
		units = binary.BigEndian.Uint64(body[at:])
		if units == math.MaxUint64 {
			units = 0
		}
	case !wide && int64(len(body)) >= at+4:
		units = uint64(binary.BigEndian.Uint32(body[at:]))
		if units == math.MaxUint32 { // 8.2.2.3: cannot be determined
			units = 0
		}
	default:
		return 0, 0, errNoDuration
	}
	return scale, units, nil
}

// Element ids of Matroska (RFC 9559, 5).
const (
	idDocType       = 0x4282
	idSegment       = 0x18538067
	idInfo          = 0x1549a966
	idCluster       = 0x1f43b675
	idTimestamp     = 0x2ad7b1
	idDuration      = 0x4489
	defaultTimeUnit = 1_000_000 // ns
)

// element is an EBML element: its content lies from start to end.
type element struct {
	id         uint64
	start, end int64
}

// elementAt reads the element that begins at off and lies before end; one of
// unknown size lasts until end.
func (p *prober) elementAt(off, end int64) (element, error) {
	if err := p.count(); err != nil {
		return element{}, err
	}
	head, err := p.read(off, 12)
	if err != nil {
		return element{}, err
	}
	id, n, ok := readVint(head, true)
	if !ok {
		return element{}, errNoDuration
	}
	size, m, ok := readVint(head[n:], false)
	if !ok {
		return element{}, errNoDuration
	}
	start := off + int64(n+m)
	switch {
	case start > end:
		return element{}, errNoDuration
	case size == unknownSize, size > uint64(end-start):
		return element{id, start, end}, nil
	}
	return element{id, start, start + int64(size)}, nil
}

// child returns the first child of an id, and gives up where clusters begin:
// Info stands before them or is not worth the search.
func (p *prober) child(parent element, id uint64) (element, error) {
	for off := parent.start; off < parent.end; {
		e, err := p.elementAt(off, parent.end)
		if err != nil {
			return element{}, err
		}
		if e.id == id {
			return e, nil
		}
		if e.id == idCluster {
			break
		}
		off = e.end
	}
	return element{}, errNoDuration
}

// matroska reads Segment/Info/Duration (RFC 9559, 5.1.2).
func (p *prober) matroska() (time.Duration, error) {
	segment, err := p.child(element{0, 0, p.size}, idSegment)
	if err != nil {
		return 0, err
	}
	info, err := p.child(segment, idInfo)
	if err != nil {
		return 0, err
	}
	unit := float64(defaultTimeUnit)
	if e, err := p.child(info, idTimestamp); err == nil {
		b, err := p.read(e.start, int(min(e.end-e.start, 9)))
		if err != nil || len(b) > 8 {
			return 0, errNoDuration
		}
		unit = float64(binary.BigEndian.Uint64(append(make([]byte, 8-len(b)), b...)))
	}
	e, err := p.child(info, idDuration)
	if err != nil {
		return 0, err
	}
	b, err := p.read(e.start, int(min(e.end-e.start, 9)))
	if err != nil {
		return 0, err
	}
	switch len(b) {
	case 4:
		return seconds(float64(math.Float32frombits(binary.BigEndian.Uint32(b))) * unit / 1e9)
	case 8:
		return seconds(math.Float64frombits(binary.BigEndian.Uint64(b)) * unit / 1e9)
	}
	return 0, errNoDuration
}

// seconds refuses what is no duration of a film: NaN, infinite, endless.
func seconds(s float64) (time.Duration, error) {
	if !(s > 0 && s < maxDuration.Seconds()) {
		return 0, errNoDuration
	}
	return time.Duration(s * float64(time.Second)), nil
}
