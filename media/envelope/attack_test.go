package envelope

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"
)

// wantDamaged opens a changed object in every way, and wants ErrDamaged, and no
// byte beyond what is still authentic, from each.
func wantDamaged(t *testing.T, what string, changed []byte, salt Salt, plain []byte) {
	t.Helper()
	if got, err := OpenText(testKey, testName, changed); !errors.Is(err, ErrDamaged) || got != nil {
		t.Errorf("%s: OpenText gives %d bytes, %v", what, len(got), err)
	}
	span, err := SpanOf(int64(len(plain)), 0, int64(len(plain)))
	if err != nil {
		t.Fatal(err)
	}
	// The whole rest of the object, as a store would send it that does not
	// keep to the range.
	r, err := OpenSpan(bytes.NewReader(changed[min(headerSize, len(changed)):]), testKey, testName, salt, span)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	headerOnly := len(changed) >= headerSize && bytes.Equal(changed[headerSize:], sealedBody(t, plain, salt))
	if headerOnly { // salt and size came from the row: the header was not needed
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%s: OpenSpan needs the header: %v", what, err)
		}
		return
	}
	if !errors.Is(err, ErrDamaged) || !bytes.HasPrefix(plain, got) {
		t.Errorf("%s: OpenSpan gives %d bytes, %v", what, len(got), err)
	}
}

func sealedBody(t *testing.T, plain []byte, salt Salt) []byte {
	t.Helper()
	r, err := sealReader(bytes.NewReader(plain), testKey, testName, salt)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return sealed[headerSize:]
}

func TestEveryFlippedBitIsNoticed(t *testing.T) {
	for _, size := range []int{0, 1, 40} {
		plain := content(size)
		sealed, salt := seal(t, plain)
		for bit := range len(sealed) * 8 {
			changed := bytes.Clone(sealed)
			changed[bit/8] ^= 1 << (bit % 8)
			wantDamaged(t, "a flipped bit", changed, salt, plain)
		}
	}
	// Three packages: every bit of their headers, tags and edges.
	plain := content(2*PackageSize + 40)
	sealed, salt := seal(t, plain)
	for i := range 3 {
		begin := headerSize + i*sealedPackage
		end := min(begin+sealedPackage, len(sealed))
		for _, at := range [][2]int{{begin, begin + 18}, {end - 18, end}} {
			for bit := at[0] * 8; bit < at[1]*8; bit++ {
				changed := bytes.Clone(sealed)
				changed[bit/8] ^= 1 << (bit % 8)
				wantDamaged(t, "a flipped bit", changed, salt, plain)
			}
		}
	}
}

func TestEveryCutAndAdditionIsNoticed(t *testing.T) {
	for _, size := range []int{0, 1, 40, PackageSize, 2 * PackageSize, 2*PackageSize + 1} {
		plain := content(size)
		sealed, salt := seal(t, plain)
		for _, cut := range []int{1, 2, 16, 17, 31, 32, 33, 34, size, sealedPackage, sealedPackage + 1, 2 * sealedPackage,
			len(sealed) - headerSize, len(sealed) - 1, len(sealed)} {
			if cut > 0 && cut <= len(sealed) {
				wantDamaged(t, "a cut", sealed[:len(sealed)-cut], salt, plain)
			}
		}
		for _, add := range []int{1, 16, 32, 33, sealedPackage} {
			wantDamaged(t, "an addition", append(bytes.Clone(sealed), make([]byte, add)...), salt, plain)
		}
		wantDamaged(t, "a repetition", append(bytes.Clone(sealed), sealed[headerSize:]...), salt, plain)
	}
}

func TestAShorterObjectOfTheSameNameIsNoticed(t *testing.T) {
	plain := content(2 * PackageSize)
	_, salt := seal(t, plain)
	// The same key, name and salt: what someone with the key could have left
	// by sealing a shorter version first.
	for _, size := range []int{1, PackageSize, PackageSize + 1} {
		shorter := append(header(salt), sealedBody(t, plain[:size], salt)...)
		span, err := SpanOf(int64(len(plain)), 0, int64(len(plain)))
		if err != nil {
			t.Fatal(err)
		}
		r, err := OpenSpan(bytes.NewReader(shorter[headerSize:]), testKey, testName, salt, span)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d of %d bytes pass for all: %d, %v", size, len(plain), len(got), err)
		}
	}
}

func TestPackagesCannotChangePlaces(t *testing.T) {
	plain := content(3*PackageSize + 9)
	sealed, salt := seal(t, plain)
	pkg := func(b []byte, i int) []byte {
		begin := headerSize + i*sealedPackage
		return b[begin:min(begin+sealedPackage, len(b))]
	}
	changed := bytes.Clone(sealed)
	copy(pkg(changed, 0), pkg(sealed, 1))
	copy(pkg(changed, 1), pkg(sealed, 0))
	wantDamaged(t, "two packages swapped", changed, salt, plain)

	// Attack on DARE: the nonce in the header is xored with the number of the
	// package, so package 2 in the place of 1 decrypts if its header's nonce is
	// changed by 1 xor 2. A reader of that one package cannot compare it with
	// any other.
	changed = bytes.Clone(sealed)
	copy(pkg(changed, 1), pkg(sealed, 2))
	nonce := pkg(changed, 1)[12:16]
	binary.LittleEndian.PutUint32(nonce, binary.LittleEndian.Uint32(nonce)^1^2)
	got, err := openRange(changed, salt, int64(len(plain)), PackageSize, PackageSize)
	if !errors.Is(err, ErrDamaged) || len(got) > 0 {
		t.Errorf("package 2 passes for package 1: %d bytes, %v", len(got), err)
	}
}

func TestNothingOpensInAnothersPlace(t *testing.T) {
	sealed, salt := seal(t, []byte("x"))
	others := []Name{
		{}, {"recording-1", "segment", "8"}, {"recording-2", "segment", "7"}, {"recording-1", "annotation", "7"},
		{"recording-1s", "egment", "7"}, {"recording-1", "segment7", ""}, {"segment", "recording-1", "7"}, {"recording-1segment7", "", ""},
	}
	for _, other := range others {
		if _, err := OpenText(testKey, other, sealed); !errors.Is(err, ErrDamaged) {
			t.Errorf("as %+v: %v", other, err)
		}
	}
	if _, err := OpenText(Key{1}, testName, sealed); !errors.Is(err, ErrDamaged) {
		t.Errorf("under another key: %v", err)
	}
	salt[0] ^= 1
	if got, err := openRange(sealed, salt, 1, 0, 1); !errors.Is(err, ErrDamaged) {
		t.Errorf("with another salt: %q, %v", got, err)
	}
}

// A body that is only cut shows as io.ErrUnexpectedEOF to nobody: ReadFull and
// ReadAll would take io.EOF for a normal end.
func TestDamageIsNeverAnEnd(t *testing.T) {
	sealed, salt := seal(t, content(PackageSize+1))
	_, err := openRange(sealed[:headerSize+sealedPackage], salt, PackageSize+1, 0, PackageSize+1)
	if !errors.Is(err, ErrDamaged) || errors.Is(err, io.EOF) {
		t.Errorf("%v", err)
	}
}

func FuzzOpenText(f *testing.F) {
	for _, size := range []int{0, 1, 40} {
		sealed, err := SealText(testKey, testName, content(size))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(sealed)
		f.Add(sealed[:len(sealed)-1])
	}
	f.Fuzz(func(t *testing.T, sealed []byte) {
		plain, err := OpenText(testKey, testName, sealed)
		if err == nil { // then it is a seal of ours: sealing again gives the same
			salt := Salt(sealed[headerSize-SaltSize:])
			if again := append(header(salt), sealedBody(t, plain, salt)...); !bytes.Equal(again, sealed) {
				t.Errorf("%x opens, but nobody sealed it", sealed)
			}
		} else if !errors.Is(err, ErrDamaged) {
			t.Errorf("%v", err)
		}
	})
}

func FuzzOpenSpan(f *testing.F) {
	plain := content(2*PackageSize + 40)
	var salt Salt
	f.Add([]byte{}, int64(0), int64(1), 0, byte(1))
	f.Add([]byte("x"), int64(PackageSize), int64(PackageSize), 20, byte(0))
	f.Fuzz(func(t *testing.T, tail []byte, off, n int64, at int, flip byte) {
		sealed := append(header(salt), sealedBody(t, plain, salt)...)
		sealed[uint(at)%uint(len(sealed))] ^= flip
		sealed = append(sealed, tail...)
		got, err := openRange(sealed, salt, int64(len(plain)), off, n)
		switch {
		case errors.Is(err, ErrRange) || errors.Is(err, ErrDamaged):
		case err != nil:
			t.Errorf("%v", err)
		case !bytes.Equal(got, plain[off:off+n]):
			t.Errorf("%d at %d: other bytes than were sealed", n, off)
		}
	})
}

// A key that was wiped, or never made, is one that anyone can guess.
func TestNothingIsSealedUnderAWipedKey(t *testing.T) {
	key, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	key.Wipe()
	_, sealing := SealText(key, testName, []byte("woorden"))
	_, deriving := Derive(key, testName)
	_, opening := OpenText(key, testName, mustSeal(t))
	for what, err := range map[string]error{"sealing": sealing, "deriving": deriving, "opening": opening} {
		if !errors.Is(err, ErrWiped) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func mustSeal(t *testing.T) []byte {
	t.Helper()
	sealed, err := SealText(testKey, testName, []byte("woorden"))
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}
