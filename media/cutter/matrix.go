package cutter

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// MatrixSize is that of the matrix in a tkhd, in bytes (ISO/IEC 14496-12, 8.3.2).
const MatrixSize = 36

// MatrixAt is where it lies in what the box holds, which begins with its version.
func MatrixAt(tkhd []byte) int {
	if len(tkhd) > 0 && tkhd[0] == 1 { // its times have 8 bytes each
		return 52
	}
	return 40
}

// errBoxes: FFmpeg did not write what it writes.
var errBoxes = errors.New("cutter: the cut is no MP4")

// turn gives the picture of a cut the matrix of its film, which FFmpeg loses as it
// reads a film from a script (until 6.1). The index lies at the end, less than a
// piece of it, so it was not handed on yet.
func (s *sink) turn() error {
	if len(s.order.Matrix) != MatrixSize {
		return nil
	}
	moov, err := s.index()
	if err != nil {
		return err
	}
	head := make([]byte, 512) // mvhd and the beginning of the first track, which is the picture
	n, _ := s.file.ReadAt(head, moov)
	tkhd := bytes.Index(head[:n], []byte("tkhd")) + 4
	if tkhd < 4 {
		return errBoxes
	}
	_, err = s.file.WriteAt(s.order.Matrix, moov+int64(tkhd+MatrixAt(head[tkhd:n])))
	return err
}

// index is where the box moov begins.
func (s *sink) index() (int64, error) {
	head := make([]byte, 16)
	for at := int64(0); ; {
		if _, err := s.file.ReadAt(head, at); err != nil {
			return 0, errors.Join(errBoxes, err)
		}
		size := int64(binary.BigEndian.Uint32(head))
		if size == 1 {
			size = int64(binary.BigEndian.Uint64(head[8:])) //nolint:gosec // of a file in memory
		}
		switch {
		case string(head[4:8]) == "moov":
			return at, nil
		case size < 8:
			return 0, errBoxes
		}
		at += size
	}
}
