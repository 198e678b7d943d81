package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// sniffSize is how many bytes are looked at to tell a container.
const sniffSize = 4096

// The content types of what is accepted: containers that a browser in use may
// play, by <video> alone. What codec is inside is not looked at here.
const (
	typeMP4       = "video/mp4"
	typeQuickTime = "video/quicktime"
	typeM4A       = "audio/mp4"
	typeWebM      = "video/webm"
	typeMatroska  = "video/x-matroska"
)

// sniff tells the container by its first bytes (at most sniffSize; all there
// are of a shorter file), never by its name. Errors: ErrNotVideo; ErrUnplayable
// for a film that no browser plays.
func sniff(head []byte) (contentType string, err error) {
	switch {
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return sniffBrands(head)
	case len(head) >= 8 && slices.Contains(quickTimeAtoms, string(head[4:8])) && plausibleAtom(head):
		return typeQuickTime, nil // cameras before 2001 wrote no ftyp
	case bytes.HasPrefix(head, ebmlMagic):
		return sniffDocType(head)
	}
	if name := unplayable(head); name != "" {
		return "", fmt.Errorf("%w: %s", ErrUnplayable, name)
	}
	return "", ErrNotVideo
}

var quickTimeAtoms = []string{"moov", "mdat", "wide", "pnot"}

// plausibleAtom keeps most texts that happen to have "moov" at their fifth byte
// from passing for a film: their first four letters are a size of 500 MiB or more.
func plausibleAtom(head []byte) bool {
	size := binary.BigEndian.Uint32(head)
	if string(head[4:8]) == "mdat" { // 0: to the end; 1: the size follows
		return size <= 1 || size >= 8
	}
	return size >= 8 && size < 64<<20
}

// The brands of ISO base media files (mp4ra.org) that are films or sound. A
// picture (heic, avif) or a file under digital rights management has others.
var filmBrands = []string{
	"isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "isoa", "isob", "isoc",
	"mp41", "mp42", "mp71", "avc1", "hvc1", "hev1", "av01", "M4V ", "M4VH", "f4v ", "MSNV", "mmp4", "XAVC", "dash", "msdh", "cmfc", "cmf2",
	"3gp4", "3gp5", "3gp6", "3gp7", "3gp8", "3gp9", "3ge6", "3gg6", "3g2a", "3g2b", "3g2c", "kddi", "NDSC", "NDSM", "NDXC",
}

var (
	soundBrands     = []string{"M4A ", "M4B "}
	protectedBrands = []string{"M4P ", "M4VP", "odcf"}
)

func sniffBrands(head []byte) (string, error) {
	end := min(int(binary.BigEndian.Uint32(head)), len(head))
	major := string(head[8:12])
	brands := []string{major}
	for i := 16; i+4 <= end; i += 4 {
		brands = append(brands, string(head[i:i+4]))
	}
	is := func(list []string) func(string) bool {
		return func(brand string) bool { return slices.Contains(list, brand) }
	}
	switch {
	case slices.Contains(protectedBrands, major):
		return "", fmt.Errorf("%w: protected by digital rights management", ErrUnplayable)
	case major == "qt  ":
		return typeQuickTime, nil
	case slices.Contains(soundBrands, major):
		return typeM4A, nil
	case pictureBrand(major):
		return "", ErrNotVideo
	case slices.ContainsFunc(brands, is(filmBrands)):
		return typeMP4, nil
	case slices.Contains(brands, "qt  "):
		return typeQuickTime, nil
	}
	return "", ErrNotVideo
}

func pictureBrand(brand string) bool {
	return slices.Contains([]string{"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "mif2", "msf1", "avif", "avis", "crx ", "jp2 ", "jpx "}, brand)
}

var ebmlMagic = []byte{0x1a, 0x45, 0xdf, 0xa3}

// sniffDocType reads the DocType in an EBML header (RFC 8794, 11.2.6).
func sniffDocType(head []byte) (string, error) {
	_, i, ok := readVint(head[4:], false)
	if !ok {
		return "", ErrNotVideo
	}
	for rest := head[4+i:]; len(rest) > 0; {
		id, n, ok := readVint(rest, true)
		if !ok {
			break
		}
		size, m, ok := readVint(rest[n:], false)
		if !ok || size > uint64(len(rest)-n-m) {
			break
		}
		value := rest[n+m : n+m+int(size)]
		if id == idDocType {
			switch strings.TrimRight(string(value), "\x00") {
			case "webm":
				return typeWebM, nil
			case "matroska":
				return typeMatroska, nil
			}
			break
		}
		rest = rest[n+m+int(size):]
	}
	return "", ErrNotVideo
}

// readVint reads an EBML variable-size integer (RFC 8794, 4): with its marker
// as an element id, without it as a size. A size of all ones is unknown.
func readVint(b []byte, marker bool) (value uint64, n int, ok bool) {
	if len(b) == 0 || b[0] == 0 {
		return 0, 0, false
	}
	n = 1
	for mask := byte(0x80); b[0]&mask == 0; mask >>= 1 {
		n++
	}
	if len(b) < n || marker && n > 4 {
		return 0, 0, false
	}
	value = uint64(b[0])
	if !marker {
		value &= 1<<(8-n) - 1
	}
	for _, c := range b[1:n] {
		value = value<<8 | uint64(c)
	}
	if !marker && value == 1<<(7*n)-1 {
		value = unknownSize
	}
	return value, n, true
}

const unknownSize = ^uint64(0)

// unplayable names films in containers that browsers do not play, so that the
// answer can say more than "not a video".
func unplayable(head []byte) string {
	has := func(at int, magic string) bool {
		return len(head) >= at+len(magic) && string(head[at:at+len(magic)]) == magic
	}
	switch {
	case has(0, "RIFF") && has(8, "AVI "):
		return "AVI"
	case has(0, "RIFF") && has(8, "WAVE"), has(0, "OggS"), has(0, "fLaC"), has(0, "ID3"), has(0, "\xff\xfb"), has(0, "\xff\xf3"), has(0, "\xff\xf1"):
		return "sound in a container that cannot be looked back on"
	case has(0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11"):
		return "Windows Media"
	case has(0, "FLV\x01"):
		return "Flash Video"
	case has(0, "\x00\x00\x01\xba"), has(0, "\x00\x00\x01\xb3"):
		return "MPEG program stream"
	case len(head) > 376 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47:
		return "MPEG transport stream"
	case len(head) > 388 && head[4] == 0x47 && head[196] == 0x47 && head[388] == 0x47:
		return "AVCHD transport stream"
	case has(0, ".RMF"):
		return "RealMedia"
	}
	return ""
}
