package texts

import "testing"

func TestTheEmbeddedTextsAreValid(t *testing.T) {
	if _, err := Load(nil); err != nil {
		t.Fatal(err)
	}
}
