package receipt

import "testing"

// Whatever a file holds, it is refused or is exactly what was made.
func FuzzVerify(f *testing.F) {
	ours := key(f, 1)
	set := NewKeys(ours.Public())
	good, err := ours.Sign(NewReceipt(given()))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"payload":"","protected":"","signature":""}`))
	f.Add([]byte(`{"payload":"e30","protected":"eyJhbGciOiJub25lIn0","signature":""}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		if v, err := Verify(text, set); err == nil && (v.Receipt == nil || string(text) != string(good)) {
			t.Errorf("%q passes", text)
		}
	})
}
