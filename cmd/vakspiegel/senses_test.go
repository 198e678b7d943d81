package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vakspiegel/policies"
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

// The klantmanager's face is shown to who is asked by them, if they want it.
func TestThePhotoIsShownToWhoIsAskedByThem(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor, sem := s.as("noor"), s.as("sem")
		var file bytes.Buffer
		must(t, png.Encode(&file, image.NewRGBA(image.Rect(0, 0, 300, 200))))
		put := func(b *browser, kind string, photo []byte) answer {
			return b.send("PUT", "/api/v1/me/photo", map[string]string{"Content-Type": kind}, bytes.NewReader(photo))
		}
		c := noor.ask("citizen")
		citizen := s.browser()
		ref, page := citizen.visit(c.Participants[0].ConsentURL)
		photo := "/toestemming/foto?r=" + ref
		if strings.Contains(page, "/toestemming/foto") || citizen.get(photo).StatusCode != 404 {
			t.Error("a photo that nobody gave")
		}
		noor.wantCode(404, "not_found", noor.get("/api/v1/me/photo"))
		noor.wantCode(415, "not_photo", put(noor, "image/png", []byte("<svg/>")))
		noor.wantCode(415, "not_photo", put(noor, "image/svg+xml", file.Bytes()))
		noor.wantCode(413, "too_large", put(noor, "image/png", make([]byte, policies.MaxPhoto+1)))
		noor.want(204, put(noor, "image/png", file.Bytes()))
		if page := string(citizen.get("/toestemming").body); !strings.Contains(page, photo) {
			t.Error("the page does not show the photo")
		}
		shown := citizen.want(200, citizen.get(photo))
		if shown.Header.Get("Content-Type") != "image/jpeg" || len(shown.body) > policies.MaxPortrait || !bytes.Equal(shown.body, noor.get("/api/v1/me/photo").body) {
			t.Errorf("%v, %d bytes", shown.Header, len(shown.body))
		}
		for _, other := range []answer{s.browser().get(photo), citizen.get("/toestemming/foto?r=" + c.ID), citizen.get("/toestemming/foto")} {
			if other.StatusCode != 404 {
				t.Errorf("%s answers %d", other.Request.URL, other.StatusCode)
			}
		}
		sem.wantCode(404, "not_found", sem.get("/api/v1/me/photo"))
		noor.want(204, noor.send("DELETE", "/api/v1/me/photo", nil, nil))
		if citizen.get(photo).StatusCode != 404 || strings.Contains(string(citizen.get("/toestemming").body), "/toestemming/foto") {
			t.Error("a photo that was taken away is shown")
		}
	})
}
