package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A municipality lays sound beside a text; the page plays it without script, in
// the language it is in, and a browser asks for it in pieces.
func TestTheTextCanBeHeardWhereThereIsSound(t *testing.T) {
	folder := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(folder, "ar", "consent"), 0o700))
	const sound = "ID3 الصوت نفسه"
	must(t, os.WriteFile(filepath.Join(folder, "ar", "consent", "v1.mp3"), []byte(sound), 0o600))
	s, _ := launch(t, sqlitePair(t), func(settings *Settings) { settings.Texts = os.DirFS(folder) })
	citizen := s.browser()
	_, dutch := citizen.visit(s.as("noor").ask("citizen").Participants[0].ConsentURL)
	if strings.Contains(dutch, "<audio") {
		t.Error("a player without sound")
	}
	arabic := string(citizen.want(200, citizen.get("/toestemming?taal=ar")).body)
	if !strings.Contains(arabic, `controls preload="none" src="/toestemming/geluid?taal=ar"`) {
		t.Error("no player where there is sound")
	}
	citizen.wantCode(404, "not_found", citizen.get("/toestemming/geluid?taal=nl"))
	whole := s.browser().get("/toestemming/geluid?taal=ar") // as public as the text
	if string(whole.body) != sound || whole.StatusCode != 200 || whole.Header.Get("Content-Type") != "audio/mpeg" ||
		whole.Header.Get("X-Content-Type-Options") != "nosniff" || whole.Header.Get("Accept-Ranges") != "bytes" {
		t.Errorf("%d %v %q", whole.StatusCode, whole.Header, whole.body)
	}
	part := citizen.send("GET", "/toestemming/geluid?taal=ar", map[string]string{"Range": "bytes=4-"}, nil)
	if string(part.body) != sound[4:] || part.StatusCode != 206 {
		t.Errorf("a piece: %d %q", part.StatusCode, part.body)
	}
}
