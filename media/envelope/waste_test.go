package envelope_test

import (
	"runtime"
	"testing"

	"vakspiegel/media/envelope"
)

// TestATextLeavesNoBufferBehind: with each text sio's buffer of 64 KiB, its
// plaintext in it, would go to the garbage, unless it is read to its end.
func TestATextLeavesNoBufferBehind(t *testing.T) {
	key, err := envelope.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	name := envelope.Name{Subject: "r", Kind: "annotation", ID: "1"}
	const rounds, most = 400, 96 << 10 // bytes of garbage for each; the race detector drops some buffers by itself
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range rounds {
		sealed, err := envelope.SealText(key, name, []byte("Hier hoor ik spanning."))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := envelope.OpenText(key, name, sealed); err != nil {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	if each := (after.TotalAlloc - before.TotalAlloc) / rounds; each > most {
		t.Errorf("each text leaves %d bytes of garbage, want at most %d", each, most)
	}
}
