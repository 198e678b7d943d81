package envelope

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/minio/sio"
	"pgregory.net/rapid"
)

var (
	testKey  = Key{1, 2, 3}
	testName = Name{Subject: "recording-1", Kind: "segment", ID: "7"}
	edges    = []int{0, 1, 2, 15, 16, 17, 4096, PackageSize - 33, PackageSize - 1, PackageSize, PackageSize + 1,
		PackageSize + 31, PackageSize + 32, PackageSize + 33, 2*PackageSize - 1, 2 * PackageSize, 2*PackageSize + 1, 3*PackageSize + 77}
)

// content returns size bytes, the same for the same size.
func content(size int) []byte {
	b := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{byte(size), byte(size >> 8)}).Read(b)
	return b
}

func seal(t testing.TB, plain []byte) (sealed []byte, salt Salt) {
	t.Helper()
	r, salt, err := NewSealReader(bytes.NewReader(plain), testKey, testName)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err = io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return sealed, salt
}

// openRange opens n bytes at off as a caller does: with one ranged read.
func openRange(sealed []byte, salt Salt, plainSize, off, n int64) ([]byte, error) {
	span, err := SpanOf(plainSize, off, n)
	if err != nil {
		return nil, err
	}
	from := min(span.Offset, int64(len(sealed)))
	to := min(span.Offset+span.Length, int64(len(sealed)))
	r, err := OpenSpan(bytes.NewReader(sealed[from:to]), testKey, testName, salt, span)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func TestSizesAreThoseOfTheFormat(t *testing.T) {
	valid := map[int64]int64{}
	for _, size := range edges {
		sealed, _ := seal(t, content(size))
		if got := SealedSize(int64(size)); got != int64(len(sealed)) {
			t.Errorf("SealedSize(%d) = %d, sealed are %d", size, got, len(sealed))
		}
		if got, err := PlainSize(int64(len(sealed))); err != nil || got != int64(size) {
			t.Errorf("PlainSize(%d) = %d, %v, want %d", len(sealed), got, err, size)
		}
	}
	for plain := int64(0); plain <= 2*PackageSize+100; plain++ {
		valid[SealedSize(plain)] = plain
	}
	for sealed := int64(-2); sealed <= SealedSize(2*PackageSize+100); sealed++ {
		plain, err := PlainSize(sealed)
		if want, ok := valid[sealed]; ok != (err == nil) || plain != want {
			t.Fatalf("PlainSize(%d) = %d, %v; want %d, %t", sealed, plain, err, want, ok)
		}
	}
	for _, size := range []int64{-1, MaxPlainSize + 1} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("SealedSize(%d) gives a size", size)
				}
			}()
			SealedSize(size)
		}()
	}
	if plain, err := PlainSize(SealedSize(MaxPlainSize)); err != nil || plain != MaxPlainSize {
		t.Errorf("the largest: %d, %v", plain, err)
	}
}

func TestEveryRangeAroundEveryEdgeWithEveryWayOfReading(t *testing.T) {
	readers := map[string]func(io.Reader) io.Reader{
		"whole": func(r io.Reader) io.Reader { return r },
		"half":  iotest.HalfReader, "end with data": iotest.DataErrReader,
		"odd": func(r io.Reader) io.Reader { return &chunkReader{r, 4099} },
	}
	for _, size := range edges {
		plain := content(size)
		for name, wrap := range readers {
			r, salt, err := NewSealReader(wrap(bytes.NewReader(plain)), testKey, testName)
			if err != nil {
				t.Fatal(err)
			}
			sealed, err := io.ReadAll(wrap(r))
			if err != nil {
				t.Fatal(err)
			}
			for _, off := range edges {
				for _, n := range edges {
					if off+n > size || (n == 0 && size > 0) {
						continue
					}
					span, err := SpanOf(int64(size), int64(off), int64(n))
					if err != nil {
						t.Fatal(err)
					}
					src := bytes.NewReader(sealed[span.Offset : span.Offset+span.Length])
					opened, err := OpenSpan(wrap(src), testKey, testName, salt, span)
					if err != nil {
						t.Fatal(err)
					}
					got, err := io.ReadAll(wrap(opened))
					if err != nil || !bytes.Equal(got, plain[off:off+n]) {
						t.Fatalf("%s, %d at %d of %d: %d bytes, %v", name, n, off, size, len(got), err)
					}
				}
			}
		}
	}
}

type chunkReader struct {
	src  io.Reader
	most int
}

func (c *chunkReader) Read(p []byte) (int, error) { return c.src.Read(p[:min(len(p), c.most)]) }

func TestByteByByte(t *testing.T) {
	plain := content(PackageSize + 3)
	r, salt, err := NewSealReader(iotest.OneByteReader(bytes.NewReader(plain)), testKey, testName)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := io.ReadAll(iotest.OneByteReader(r))
	if err != nil {
		t.Fatal(err)
	}
	span, err := SpanOf(int64(len(plain)), 1, PackageSize+1)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := OpenSpan(iotest.OneByteReader(bytes.NewReader(sealed[span.Offset:])), testKey, testName, salt, span)
	if err != nil {
		t.Fatal(err)
	}
	if err := iotest.TestReader(opened, plain[1:PackageSize+2]); err != nil {
		t.Error(err)
	}
}

func TestRangesThatAreNotThere(t *testing.T) {
	for _, c := range [][3]int64{{10, 0, 11}, {10, 10, 1}, {10, 11, 0}, {10, -1, 2}, {10, 0, -1}, {10, 5, 0}, {0, 0, 1},
		{-1, 0, 0}, {MaxPlainSize + 1, 0, 1}, {10, 1 << 62, 1 << 62}, {10, 5, 1<<63 - 1}} {
		if span, err := SpanOf(c[0], c[1], c[2]); !errors.Is(err, ErrRange) {
			t.Errorf("%d bytes at %d of %d: %+v, %v; want ErrRange", c[2], c[1], c[0], span, err)
		}
	}
	if _, err := OpenSpan(strings.NewReader(""), testKey, testName, Salt{}, Span{}); !errors.Is(err, ErrRange) {
		t.Errorf("a span of nobody's: %v", err)
	}
	span, err := SpanOf(MaxPlainSize, MaxPlainSize-1, 1)
	if err != nil || span.Offset+span.Length != SealedSize(MaxPlainSize) {
		t.Errorf("the last byte of the largest: %+v, %v", span, err)
	}
}

// A range reads the packages it lies in, and no others.
func TestASpanIsNoLongerThanItsPackages(t *testing.T) {
	span, err := SpanOf(10*PackageSize, 3*PackageSize-1, 2)
	want := Span{Offset: int64(headerSize) + 2*sealedPackage, Length: 2 * sealedPackage}
	if err != nil || span.Offset != want.Offset || span.Length != want.Length {
		t.Errorf("%+v, %v, want %+v", span, err, want)
	}
}

func TestTheBodyIsDARE(t *testing.T) {
	plain := content(2*PackageSize + 5)
	sealed, salt := seal(t, plain)
	s, err := derive(testKey, testName, salt)
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	_, err = sio.Decrypt(&got, bytes.NewReader(sealed[headerSize:]), sio.Config{MinVersion: sio.Version20, Key: s.key[:]})
	if err != nil || !bytes.Equal(got.Bytes(), plain) {
		t.Errorf("sio alone reads %d bytes, %v", got.Len(), err)
	}
}

func TestTextsAnySize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "plain")
		name := Name{rapid.String().Draw(t, "subject"), rapid.String().Draw(t, "kind"), rapid.String().Draw(t, "id")}
		sealed, err := SealText(testKey, name, plain)
		if err != nil {
			t.Fatal(err)
		}
		got, err := OpenText(testKey, name, sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%d bytes, %v", len(got), err)
		}
		if len(plain) > 8 && bytes.Contains(sealed, plain) {
			t.Fatal("the text can be read")
		}
		other := Name{rapid.String().Draw(t, "subject2"), rapid.String().Draw(t, "kind2"), rapid.String().Draw(t, "id2")}
		if _, err := OpenText(testKey, other, sealed); (err == nil) != (other == name) {
			t.Fatalf("sealed as %q, opened as %q: %v", name, other, err)
		}
	})
}

func TestRangesAnySize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, 5*PackageSize).Draw(t, "size")
		off := rapid.Int64Range(0, size-1).Draw(t, "off")
		n := rapid.Int64Range(1, size-off).Draw(t, "n")
		plain := content(int(size))
		r, salt, err := NewSealReader(bytes.NewReader(plain), testKey, testName)
		if err != nil {
			t.Fatal(err)
		}
		sealed, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		got, err := openRange(sealed, salt, size, off, n)
		if err != nil || !bytes.Equal(got, plain[off:off+n]) {
			t.Fatalf("%d bytes, %v", len(got), err)
		}
	})
}

func TestTheSameTextIsSealedDifferentlyEachTime(t *testing.T) {
	a, err := SealText(testKey, testName, []byte("nee"))
	b, err2 := SealText(testKey, testName, []byte("nee"))
	if errors.Join(err, err2) != nil || bytes.Equal(a[headerSize:], b[headerSize:]) {
		t.Error("equal texts can be told by their seals")
	}
}

func TestAnErrorOfTheSourceIsPassedOnAndStays(t *testing.T) {
	gone := errors.New("the phone is gone")
	for _, before := range []int{0, 100, PackageSize, 2*PackageSize + 1} {
		src := io.MultiReader(bytes.NewReader(content(before)), &failOnce{err: gone}, bytes.NewReader(content(100)))
		r, _, err := NewSealReader(src, testKey, testName)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if _, err := io.ReadAll(&chunkReader{r, 5000}); !errors.Is(err, gone) {
				t.Errorf("sealing, after %d bytes: %v", before, err)
			}
		}
	}
	sealed, salt := seal(t, content(3*PackageSize))
	span, err := SpanOf(3*PackageSize, 0, 3*PackageSize)
	if err != nil {
		t.Fatal(err)
	}
	cut := headerSize + sealedPackage
	src := io.MultiReader(bytes.NewReader(sealed[headerSize:cut]), &failOnce{err: gone}, bytes.NewReader(sealed[cut:]))
	r, err := OpenSpan(src, testKey, testName, salt, span)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := io.ReadAll(r); !errors.Is(err, gone) || errors.Is(err, ErrDamaged) {
			t.Errorf("opening: %v, want the source's own error", err)
		}
	}
}

// failOnce is a connection that comes back after an error, with bytes lost.
type failOnce struct{ err error }

func (f *failOnce) Read([]byte) (int, error) {
	if err := f.err; err != nil {
		f.err = nil
		return 0, err
	}
	return 0, io.EOF
}

func TestSealingHoldsOnePackageInMemory(t *testing.T) {
	const size = 64 << 20
	r, _, err := NewSealReader(io.LimitReader(zeros{}, size), testKey, testName)
	if err != nil {
		t.Fatal(err)
	}
	allocated := testing.AllocsPerRun(1, func() {
		if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{r}, make([]byte, 128<<10)); err != nil {
			t.Fatal(err)
		}
	})
	if allocated > 200 {
		t.Errorf("%.0f allocations for %d packages", allocated, size/PackageSize)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestAKeyPrintsNoBytes(t *testing.T) {
	key := Key{0xAB, 0xCD}
	printed := fmt.Sprintf("%v %+v %#v %x %s %d", key, key, key, key, &key, []Key{key})
	if strings.Contains(strings.ToLower(printed), "ab") || strings.Contains(printed, "171") {
		t.Error(printed)
	}
	key.Wipe()
	if key != (Key{}) {
		t.Error("a wiped key is still there")
	}
	a, err := NewKey()
	b, err2 := NewKey()
	if errors.Join(err, err2) != nil || a == b || a == (Key{}) {
		t.Error("keys are not random")
	}
}
