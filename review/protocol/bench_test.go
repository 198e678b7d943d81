package protocol_test

import (
	"testing"

	"vakspiegel/review/protocol"
)

func BenchmarkParse(b *testing.B) {
	catalogue, err := protocol.Load(nil)
	if err != nil {
		b.Fatal(err)
	}
	entry, _ := catalogue.Get("incidentmethode")
	for b.Loop() {
		if _, err := protocol.Parse("x", []byte(entry.Source)); err != nil {
			b.Fatal(err)
		}
	}
}
