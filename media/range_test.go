package media

import (
	"errors"
	"testing"
)

func TestParseRange(t *testing.T) {
	const size = 1000
	for header, want := range map[string]Range{
		"":                                {0, size, false},
		"bytes=0-":                        {0, size, true},
		"bytes=0-0":                       {0, 1, true},
		"bytes=10-19":                     {10, 10, true},
		"bytes=999-":                      {999, 1, true},
		"bytes=990-5000":                  {990, 10, true},
		"bytes=-1":                        {999, 1, true},
		"bytes=-5000":                     {0, size, true},
		"BYTES = 0-9":                     {0, 10, true},
		"bytes= 0-9 ,,":                   {0, 10, true},
		"bytes=0-99999999999999999999999": {0, size, true},
		// Malformed, or of another unit: as if it were not there.
		"bytes":       {0, size, false},
		"bytes=":      {0, size, false},
		"bytes=-":     {0, size, false},
		"bytes=a-b":   {0, size, false},
		"bytes=9-1":   {0, size, false},
		"bytes=1-2-3": {0, size, false},
		"bytes=+1-2":  {0, size, false},
		"bytes=--5":   {0, size, false},
		"bytes=0-1,x": {0, size, false},
		"bytes=0x1-2": {0, size, false},
		"bytes=１-2":   {0, size, false},
		"seconds=0-1": {0, size, false},
	} {
		if got, err := ParseRange(header, size); err != nil || got != want {
			t.Errorf("%q: %+v, %v; want %+v", header, got, err, want)
		}
	}
	for _, header := range []string{
		"bytes=0-1,2-3", "bytes=0-0,-1", "bytes=1000-", "bytes=5000-6000", "bytes=-0", "bytes=0-0,5000-", "bytes=99999999999999999999999-",
	} {
		if got, err := ParseRange(header, size); !errors.Is(err, ErrRange) {
			t.Errorf("%q: %+v, %v; want ErrRange", header, got, err)
		}
	}
	if _, err := ParseRange("bytes=0-", 0); !errors.Is(err, ErrRange) {
		t.Error("a range of nothing")
	}
}

func FuzzParseRange(f *testing.F) {
	for _, seed := range []string{"bytes=0-", "bytes=-5", "bytes=1-2,3-4", "bytes=9-1", "x=0-1", "bytes=18446744073709551616-"} {
		f.Add(seed, int64(1000))
	}
	f.Fuzz(func(t *testing.T, header string, size int64) {
		size &= 1<<62 - 1
		got, err := ParseRange(header, size)
		switch {
		case err != nil:
			if !errors.Is(err, ErrRange) || got != (Range{}) {
				t.Fatalf("%+v, %v", got, err)
			}
		case got.Start < 0 || got.Length < 0 || got.Start > size || got.Length > size-got.Start,
			got.Partial && got.Length == 0, !got.Partial && (got.Start != 0 || got.Length != size):
			t.Fatalf("%q of %d: %+v", header, size, got)
		}
	})
}
