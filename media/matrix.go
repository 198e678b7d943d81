package media

import (
	"bytes"
	"io"

	"vakspiegel/media/cutter"
)

// asTaken is the matrix of a picture that is shown the way it was taken.
var asTaken = []byte{1: 1, 17: 1, 32: 0x40, 35: 0}

// matrix reads how a player turns the picture of an MP4 (ISO/IEC 14496-12, 8.3.2):
// phones write down how they were held. nil: as it was taken. Errors: those of film.
func matrix(film io.ReadSeeker, size int64, contentType string) ([]byte, error) {
	if contentType != typeMP4 && contentType != typeQuickTime {
		return nil, nil
	}
	p := &prober{film: film, size: size}
	found := p.matrix()
	if bytes.Equal(found, asTaken) {
		found = nil
	}
	return found, p.broken
}

// matrix is that of the first track with a picture; nil without.
func (p *prober) matrix() []byte {
	moov, err := p.find(0, p.size, "moov")
	for off := moov.start; err == nil && off < moov.end; {
		var b box
		if b, err = p.boxAt(off, moov.end); err == nil && b.kind == "trak" && p.isPicture(b) {
			return p.matrixOf(b)
		}
		off = b.end
	}
	return nil
}

// isPicture reads a track's handler (8.4.3).
func (p *prober) isPicture(track box) bool {
	hdlr, err := p.find(track.start, track.end, "mdia", "hdlr")
	if err != nil {
		return false
	}
	body, err := p.read(hdlr.start, 12)
	return err == nil && len(body) == 12 && string(body[8:]) == "vide"
}

func (p *prober) matrixOf(track box) []byte {
	tkhd, err := p.find(track.start, track.end, "tkhd")
	if err != nil {
		return nil
	}
	body, err := p.read(tkhd.start, int(min(tkhd.end-tkhd.start, 88)))
	at := cutter.MatrixAt(body)
	if err != nil || len(body) < at+cutter.MatrixSize {
		return nil
	}
	return body[at : at+cutter.MatrixSize]
}
