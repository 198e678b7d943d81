package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"testing"
)

func TestSniffTellsTheContainerByItsFirstBytes(t *testing.T) {
	head := func(name string) []byte { return get(os.ReadFile("testdata/" + name)) }
	ftyp := func(major string, compatible ...string) []byte {
		b := binary.BigEndian.AppendUint32(nil, uint32(16+4*len(compatible)))
		return append(append(append(b, "ftyp"+major+"\x00\x00\x00\x00"...), strings.Join(compatible, "")...), "\x00\x00\x00\x08free"...)
	}
	for name, test := range map[string]struct {
		head []byte
		want string
		err  error
	}{
		"an MP4":                            {sample(), typeMP4, nil},
		"a browser's own recording":         {head("head-browser-recorded.webm"), typeWebM, nil},
		"a telephone call":                  {head("head-audio-only.m4a"), typeM4A, nil},
		"a phone's QuickTime":               {ftyp("qt  "), typeQuickTime, nil},
		"a QuickTime without ftyp":          {[]byte("\x00\x00\x00\x08wide\x00\x00\x00\x00mdat"), typeQuickTime, nil},
		"an MP4 of a brand nobody knows":    {ftyp("XYZ1", "isom", "mp42"), typeMP4, nil},
		"a Matroska":                        {[]byte("\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska"), typeMatroska, nil},
		"an AVI":                            {head("head-old-camera.avi"), "", ErrUnplayable},
		"a Windows Media film":              {[]byte("\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa"), "", ErrUnplayable},
		"a bought film":                     {ftyp("M4VP", "isom"), "", ErrUnplayable},
		"a phone's photograph":              {ftyp("heic", "mif1", "isom"), "", ErrNotVideo},
		"an AVIF picture":                   {ftyp("avif", "mif1"), "", ErrNotVideo},
		"an EBML document of another kind":  {[]byte("\x1a\x45\xdf\xa3\x87\x42\x82\x84abcd"), "", ErrNotVideo},
		"a text":                            {[]byte("Beste collega, hierbij de film."), "", ErrNotVideo},
		"a text with moov at its place":     {[]byte("abcdmoov en zo voort"), "", ErrNotVideo},
		"a playlist":                        {[]byte("#EXTM3U\n#EXT-X-VERSION:3\nfile:///etc/passwd"), "", ErrNotVideo},
		"a web page":                        {[]byte("<!doctype html><script>"), "", ErrNotVideo},
		"a PDF":                             {[]byte("%PDF-1.7\n"), "", ErrNotVideo},
		"a zip":                             {[]byte("PK\x03\x04\x14\x00\x00\x00"), "", ErrNotVideo},
		"nothing":                           {nil, "", ErrNotVideo},
		"a film cut in its first box":       {[]byte("\x00\x00\x00\x20ftypis"), "", ErrNotVideo},
		"an EBML header cut in its DocType": {[]byte("\x1a\x45\xdf\xa3\x87\x42\x82\x84we"), "", ErrNotVideo},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := sniff(test.head[:min(len(test.head), sniffSize)])
			if got != test.want || !errors.Is(err, test.err) {
				t.Fatalf("got %q, %v; want %q, %v", got, err, test.want, test.err)
			}
		})
	}
}

func durationOf(t *testing.T, film []byte, contentType string) int64 {
	t.Helper()
	ms, err := durationMs(bytes.NewReader(film), int64(len(film)), contentType)
	ok(t, err)
	if ms == nil {
		return -1
	}
	return *ms
}

// box builds an ISO base media box.
func mp4Box(kind string, content ...[]byte) []byte {
	body := bytes.Join(content, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(8+len(body))), kind...), body...)
}

func mvhd(version byte, scale uint32, units uint64) []byte {
	b := []byte{version, 0, 0, 0}
	if version == 1 {
		b = append(b, make([]byte, 16)...)
		b = binary.BigEndian.AppendUint32(b, scale)
		b = binary.BigEndian.AppendUint64(b, units)
	} else {
		b = append(b, make([]byte, 8)...)
		b = binary.BigEndian.AppendUint32(b, scale)
		b = binary.BigEndian.AppendUint32(b, uint32(units))
	}
	return mp4Box("mvhd", append(b, make([]byte, 80)...))
}

func TestTheDurationOfAnMP4(t *testing.T) {
	film := sample()
	// ftyp 32, moov 33125, free 8, mdat: the index may stand at the end.
	moved := append(append(bytes.Clone(film[:32]), film[33157:]...), film[32:33157]...)
	large := append(append(append(mp4Box("ftyp", []byte("isom\x00\x00\x00\x00")), "\x00\x00\x00\x01mdat\x00\x00\x00\x00\x00\x00\x00\x20"...), make([]byte, 16)...),
		mp4Box("moov", mvhd(1, 90000, 90000*7))...)
	mehd := mp4Box("mehd", binary.BigEndian.AppendUint32([]byte{0, 0, 0, 0}, 2500))
	for name, test := range map[string]struct {
		film []byte
		want int64
	}{
		"the sample":                     {film, 64064},
		"the index at the end":           {moved, 64064},
		"a 64-bit size and version 1":    {large, 7000},
		"a fragmented film":              {mp4Box("moov", mvhd(0, 1000, 0), mp4Box("mvex", mehd)), 2500},
		"a fragmented film without mehd": {mp4Box("moov", mvhd(0, 1000, 0)), -1},
		"undetermined":                   {mp4Box("moov", mvhd(0, 1000, math.MaxUint32)), -1},
		"a scale of nothing":             {mp4Box("moov", mvhd(0, 0, 1000)), -1},
		"longer than any life":           {mp4Box("moov", mvhd(1, 1, math.MaxInt64)), -1},
		"no index":                       {mp4Box("mdat", []byte("x")), -1},
		"an index that ends too early":   {mp4Box("moov", mp4Box("mvhd", []byte{0, 0, 0, 0, 1})), -1},
		"a box larger than its parent":   {mp4Box("moov", []byte("\x00\x00\xff\xffmvhd")), -1},
		"a box of size 4":                {[]byte("\x00\x00\x00\x04moovxxxxxxxx"), -1},
		"cut":                            {film[:40], -1},
		"empty":                          {nil, -1},
	} {
		if got := durationOf(t, test.film, typeMP4); got != test.want && (test.want != 64064 || got < 63_000 || got > 65_000) {
			t.Errorf("%s: %d ms, want %d", name, got, test.want)
		}
	}
}

func ebml(id string, content ...[]byte) []byte {
	body := bytes.Join(content, nil)
	return append(append([]byte(id), 0x10|byte(len(body)>>24), byte(len(body)>>16), byte(len(body)>>8), byte(len(body))), body...)
}

func TestTheDurationOfAWebM(t *testing.T) {
	header := ebml("\x1a\x45\xdf\xa3", ebml("\x42\x82", []byte("webm")))
	float := func(f float64) []byte { return binary.BigEndian.AppendUint64(nil, math.Float64bits(f)) }
	film := func(info ...[]byte) []byte {
		return append(bytes.Clone(header), ebml("\x18\x53\x80\x67", ebml("\xec", make([]byte, 9)), ebml("\x15\x49\xa9\x66", info...))...)
	}
	unknown := append(append(bytes.Clone(header), "\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"...), ebml("\x15\x49\xa9\x66", ebml("\x44\x89", float(1500)))...)
	for name, test := range map[string]struct {
		film []byte
		want int64
	}{
		"a browser's own recording":        {get(os.ReadFile("testdata/head-browser-recorded.webm")), -1},
		"a whole one":                      {film(ebml("\x2a\xd7\xb1", []byte{0x0f, 0x42, 0x40}), ebml("\x44\x89", float(12345.6))), 12345},
		"the time unit that is the rule":   {film(ebml("\x44\x89", float(900))), 900},
		"four bytes":                       {film(ebml("\x44\x89", binary.BigEndian.AppendUint32(nil, math.Float32bits(2000)))), 2000},
		"a segment of unknown size":        {unknown, 1500},
		"no number":                        {film(ebml("\x44\x89", float(math.NaN()))), -1},
		"endless":                          {film(ebml("\x44\x89", float(math.Inf(1)))), -1},
		"negative":                         {film(ebml("\x44\x89", float(-5))), -1},
		"three bytes":                      {film(ebml("\x44\x89", []byte{1, 2, 3})), -1},
		"a cluster before the information": {append(bytes.Clone(header), ebml("\x18\x53\x80\x67", ebml("\x1f\x43\xb6\x75"), ebml("\x15\x49\xa9\x66", ebml("\x44\x89", float(1))))...), -1},
		"only a header":                    {header, -1},
	} {
		if got := durationOf(t, test.film, typeWebM); got != test.want {
			t.Errorf("%s: %d ms, want %d", name, got, test.want)
		}
	}
}

func TestAHostileContainerCostsLittle(t *testing.T) {
	for name, film := range map[string][]byte{
		"a million empty boxes":    bytes.Repeat(mp4Box("free"), 1_000_000),
		"a million empty elements": append([]byte("\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"), bytes.Repeat([]byte{0xec, 0x80}, 1_000_000)...),
	} {
		for _, contentType := range []string{typeMP4, typeWebM} {
			counted := &countedReads{ReadSeeker: bytes.NewReader(film)}
			ms, err := durationMs(counted, int64(len(film)), contentType)
			if err != nil || ms != nil {
				t.Fatalf("%s: %v, %v", name, ms, err)
			}
			if counted.n > maxBoxes*16 {
				t.Fatalf("%s: read %d bytes", name, counted.n)
			}
		}
	}
}

type countedReads struct {
	io.ReadSeeker
	n int
}

func (c *countedReads) Read(p []byte) (int, error) {
	n, err := c.ReadSeeker.Read(p)
	c.n += n
	return n, err
}

// A store that fails is an error; a film that lies is not.
func TestAStoreThatFailsIsNotTakenForAFilmWithoutDuration(t *testing.T) {
	broken := &brokenFilm{}
	for _, contentType := range []string{typeMP4, typeWebM} {
		if _, err := durationMs(broken, 1000, contentType); !errors.Is(err, errBroken) {
			t.Fatalf("%v", err)
		}
	}
}

var errBroken = errors.New("the store fails")

type brokenFilm struct{}

func (*brokenFilm) Read([]byte) (int, error)       { return 0, errBroken }
func (*brokenFilm) Seek(int64, int) (int64, error) { return 0, nil }

func FuzzContainer(f *testing.F) {
	f.Add(sample()[:4096])
	f.Add(get(os.ReadFile("testdata/head-browser-recorded.webm")))
	f.Add(mp4Box("moov", mvhd(1, 1000, 5000), mp4Box("mvex")))
	f.Add([]byte("\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska"))
	f.Fuzz(func(t *testing.T, film []byte) {
		contentType, err := sniff(film[:min(len(film), sniffSize)])
		if (err == nil) != (contentType != "") {
			t.Fatalf("%q, %v", contentType, err)
		}
		for _, contentType := range []string{typeMP4, typeWebM} {
			ms, err := durationMs(bytes.NewReader(film), int64(len(film)), contentType)
			if err != nil {
				t.Fatalf("a film made an error: %v", err)
			}
			if ms != nil && (*ms < 0 || *ms > maxDuration.Milliseconds()) {
				t.Fatalf("%d ms", *ms)
			}
		}
	})
}
