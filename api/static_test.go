package api

import (
	"compress/gzip"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

var screenPath = regexp.MustCompile(`path: '([^'*]+)'`)

func TestEveryScreenOfTheAppIsFoundByItsAddress(t *testing.T) {
	source, err := os.ReadFile("../web/src/app/router.tsx")
	if err != nil {
		t.Fatal(err)
	}
	d := newDoor(t, "http://127.0.0.1:8080", nil)
	screens := screenPath.FindAllSubmatch(source, -1)
	if len(screens) < 9 {
		t.Fatalf("only %d screens are in the router", len(screens))
	}
	ask := func(path string) int { return d.ask("GET", path, map[string]string{"Accept": "text/html"}, "").Code }
	for _, screen := range screens {
		path := "/" + string(screen[1])
		optional := strings.Contains(path, "?")
		for _, name := range []string{":conversationId", ":participantId", ":recordingId", ":recordId", ":sessionId", ":screen?"} {
			path = strings.ReplaceAll(path, name, "iets")
		}
		if got := ask(path); got != 200 {
			t.Errorf("%s answers %d", path, got)
		}
		if short := strings.TrimSuffix(path, "/iets"); optional && ask(short) != 200 {
			t.Errorf("%s answers %d", short, ask(short))
		}
	}
	if got := ask("/bestaat-niet"); got != 404 {
		t.Errorf("what does not exist answers %d", got)
	}
}

func TestTheAppTravelsCompressedAndComesOutAsItWas(t *testing.T) {
	d := newDoor(t, "http://127.0.0.1:8080", nil)
	script := strings.Repeat("console.log('een lang script');\n", 400)
	files, ok := d.App.(fstest.MapFS)
	if !ok {
		t.Fatal("the door has no files to add to")
	}
	files["assets/big-1.js"] = &fstest.MapFile{Data: []byte(script)}
	plain := d.ask("GET", "/assets/big-1.js", nil, "")
	if plain.Body.String() != script || plain.Header().Get("Content-Encoding") != "" {
		t.Errorf("to who wants no gzip: %d bytes, encoded as %q", plain.Body.Len(), plain.Header().Get("Content-Encoding"))
	}
	small := d.ask("GET", "/assets/big-1.js", map[string]string{"Accept-Encoding": "gzip"}, "")
	if small.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(small.Header().Get("Vary"), "Accept-Encoding") || small.Body.Len() > len(script)/4 {
		t.Fatalf("%d bytes, headers %v; want gzip", small.Body.Len(), small.Header())
	}
	reader, err := gzip.NewReader(small.Body)
	if err != nil {
		t.Fatal(err)
	}
	if out, err := io.ReadAll(reader); err != nil || string(out) != script {
		t.Errorf("%d bytes came out, %v", len(out), err)
	}
}
