package main

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
)

func TestNotesAreTakenAlongAsAFileOfWhichTheLogKnows(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c, _ := s.given(noor)
		id := noor.upload(c.ID, sampleFilm)
		recording := "/api/v1/recordings/" + id
		for _, body := range []string{"=1+2", " +31", noteWords + "\n\n--> b"} {
			noor.want(201, noor.json("POST", recording+"/annotations", map[string]any{"startMs": 10, "kind": "question", "body": body, "tags": []string{"@tag"}}))
		}
		noor.want(201, noor.json("POST", recording+"/fragments", map[string]any{"startMs": 0, "endMs": 1000, "title": "-stuk"}))
		for format, contentType := range map[string]string{
			"web-annotation": `application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`, "webvtt": "text/vtt; charset=utf-8", "csv": "text/csv; charset=utf-8; header=present",
		} {
			a := noor.want(200, noor.get(recording+"/export/"+format))
			if got := a.Header.Get("Content-Type"); got != contentType {
				t.Errorf("%s: %s, want %s", format, got, contentType)
			}
			name := a.Header.Get("Content-Disposition")
			if !strings.HasPrefix(name, `attachment; filename="vakspiegel-notities-20`) || a.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %q, %q", format, name, a.Header.Get("Cache-Control"))
			}
			if !bytes.Contains(a.body, []byte(noteWords)) || !bytes.Contains(a.body, []byte("-stuk")) {
				t.Errorf("%s lacks what was written: %s", format, a.body)
			}
		}
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(noor.get(recording+"/export/csv").body, []byte("\ufeff")))).ReadAll()
		must(t, err)
		if len(rows) != 5 {
			t.Fatalf("%d rows: %q", len(rows), rows)
		}
		for _, row := range rows[1:] {
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t ") {
					t.Errorf("a spreadsheet reads %q as a formula", cell)
				}
			}
		}
		noor.wantCode(404, "not_found", noor.get(recording+"/export/pdf"))
		sem := s.as("sem")
		sem.wantCode(404, "not_found", sem.get(recording+"/export/csv"))
		counted := func(result string) (n int64) {
			must(t, s.db.Table("audit_entries").Where("action = 'annotation:export' AND chain_id = ? AND result = ?", id, result).Count(&n).Error)
			return n
		}
		if done, refused := counted("done"), counted("refused"); done != 4 || refused != 1 {
			t.Errorf("the log knows %d exports and %d refusals", done, refused)
		}
		wordsAreNowhere(t, s)
		noor.want(202, noor.send("DELETE", recording, nil, nil))
		noor.wantCode(404, "not_found", noor.get(recording+"/export/csv"))
	})
}
