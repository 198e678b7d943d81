package citizen

import (
	"bytes"
	"strings"
	"testing"
)

func TestThePageAfterAYesIsAsLargeAsThatAfterANo(t *testing.T) {
	onEveryPage(t, func(t *testing.T, name, _ string, page []byte, _ document) {
		if !strings.HasPrefix(name, "answered") && !strings.HasPrefix(name, "refused") {
			return
		}
		if len(page) != DoneSize {
			t.Errorf("%d bytes, want %d", len(page), DoneSize)
		}
	})
}

func TestACardThatIsTooLargeLosesItsPictureAndNotItsSize(t *testing.T) {
	page := AnsweredPage{Conversation: conversation("citizen"), Code: "1234 5678 9012", QR: strings.Repeat(qr, 4)}
	var w bytes.Buffer
	if err := newPages(t).Answered(&w, "ar", page); err != nil {
		t.Fatal(err)
	}
	if w.Len() != DoneSize || !strings.Contains(w.String(), page.Code) || strings.Contains(w.String(), "<img") {
		t.Errorf("%d bytes, with the code: %t", w.Len(), strings.Contains(w.String(), page.Code))
	}
	page.Klantmanager = strings.Repeat("Noor ", DoneSize)
	w.Reset()
	if err := newPages(t).Answered(&w, "ar", page); err == nil || w.Len() > 0 {
		t.Errorf("a page of another size was written: %d bytes", w.Len())
	}
}
