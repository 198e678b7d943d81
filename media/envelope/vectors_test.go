package envelope

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/vectors.json anew (only with a new version of the format)")

// vector is one line of testdata/vectors.json. Expect names the outcome: "ok"
// or "damaged".
type vector struct {
	Comment string `json:"comment"`
	Key     string `json:"key"`
	Name    Name   `json:"name"`
	Sealed  string `json:"sealed"`
	Expect  string `json:"expect"`
	Plain   string `json:"plain"`
}

const vectorFile = "testdata/vectors.json"

// What was sealed by this version must be opened by every later one.
func TestVectors(t *testing.T) {
	if *update {
		writeVectors(t)
	}
	text, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(text, &vectors); err != nil || len(vectors) < 6 {
		t.Fatalf("%d vectors, %v", len(vectors), err)
	}
	for _, v := range vectors {
		t.Run(v.Comment, func(t *testing.T) {
			key, plain, sealed := Key(unhex(t, v.Key)), unhex(t, v.Plain), unhex(t, v.Sealed)
			got, err := OpenText(key, v.Name, sealed)
			if v.Expect == "damaged" {
				if !errors.Is(err, ErrDamaged) {
					t.Errorf("%q, %v; want ErrDamaged", got, err)
				}
				return
			}
			if err != nil || !bytes.Equal(got, plain) {
				t.Errorf("%q, %v; want %q", got, err, plain)
			}
			r, err := sealReader(bytes.NewReader(plain), key, v.Name, Salt(sealed[8:40]))
			if err != nil {
				t.Fatal(err)
			}
			again := make([]byte, len(sealed))
			if _, err := r.Read(again[:headerSize]); err != nil || !bytes.Equal(again[:headerSize], sealed[:headerSize]) {
				t.Errorf("sealing gives another header: %x, %v", again[:headerSize], err)
			}
		})
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func writeVectors(t *testing.T) {
	var salt Salt
	for i := range salt {
		salt[i] = byte(0x80 + i)
	}
	var key Key
	for i := range key {
		key[i] = byte(i)
	}
	name := Name{Subject: "019c13de-3a7b-7000-8000-000000000001", Kind: "annotation", ID: "019c13de-3a7b-7000-8000-000000000002"}
	sealed := func(plain string) []byte {
		r, err := sealReader(bytes.NewReader([]byte(plain)), key, name, salt)
		if err != nil {
			t.Fatal(err)
		}
		b := make([]byte, SealedSize(int64(len(plain))))
		for n := 0; n < len(b); {
			m, err := r.Read(b[n:])
			if err != nil && n+m < len(b) {
				t.Fatal(err)
			}
			n += m
		}
		return b
	}
	line := func(comment, expect, plain string, sealed []byte, name Name) vector {
		return vector{comment, hex.EncodeToString(key[:]), name, hex.EncodeToString(sealed), expect, hex.EncodeToString([]byte(plain))}
	}
	text := "Wat dacht u op dat moment?"
	good := sealed(text)
	version2 := bytes.Clone(good)
	version2[7] = 2
	chacha := bytes.Clone(good)
	chacha[headerSize+1] = 1
	elsewhere := name
	elsewhere.ID = "019c13de-3a7b-7000-8000-000000000003"
	vectors := []vector{
		line("a text", "ok", text, good, name),
		line("an empty text", "ok", "", sealed(""), name),
		line("one byte", "ok", "x", sealed("x"), name),
		line("a text cut down to its header", "damaged", "", good[:headerSize], name),
		line("a text in the place of another", "damaged", "", good, elsewhere),
		line("a version that does not exist", "damaged", "", version2, name),
		line("another cipher", "damaged", "", chacha, name),
		line("the tag of an empty text after another header", "damaged", "", append(header(Salt{}), sealed("")[headerSize:]...), name),
	}
	out, err := json.MarshalIndent(vectors, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(vectorFile, append(out, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
}
