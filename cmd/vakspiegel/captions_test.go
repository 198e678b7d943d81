package main

import (
	"strings"
	"testing"
)

const captionFile = "WEBVTT\n\nNOTE " + noteWords + "\n\n00:05.960 --> 00:12.600\n<v Noor>" + noteWords + "</v>\n"

// What was said is read by a player of who may watch, stands nowhere in plain,
// and goes with the film.
func TestCaptionsGoWithTheirFilm(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c, _ := s.given(noor)
		id := noor.upload(c.ID, sampleFilm)
		path := "/api/v1/recordings/" + id + "/captions"
		put := func(kind, file string) answer {
			return noor.send("PUT", path+"/nl", map[string]string{"Content-Type": kind}, strings.NewReader(file))
		}
		noor.want(204, put("text/vtt; charset=UTF-8", captionFile))
		if list := string(noor.want(200, noor.get(path)).body); !strings.Contains(list, `"language":"nl"`) {
			t.Errorf("the languages are %s", list)
		}
		got := noor.want(200, noor.send("GET", path+"/nl", map[string]string{"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "track"}, nil))
		if want := "WEBVTT\n\n00:00:05.960 --> 00:00:12.600\n" + noteWords + "\n"; string(got.body) != want {
			t.Errorf("the captions are %q", got.body)
		}
		if got.Header.Get("Content-Type") != "text/vtt; charset=utf-8" || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("they came as %v", got.Header)
		}
		noor.wantCode(404, "not_found", noor.send("GET", path+"/nl", map[string]string{"Sec-Fetch-Dest": "document"}, nil))
		noor.wantCode(404, "not_found", noor.get(path+"/en"))

		refused := put("text/vtt", "WEBVTT\n\n00:01,000 --> 00:02.000\n"+noteWords+"\n\n00:01.000 --> 00:02.000\n<x>"+noteWords+"\n")
		noor.wantCode(400, "invalid", refused)
		if faultsOf(t, refused) != "line[3] timing, line[7] tag" || strings.Contains(string(refused.body), noteWords) {
			t.Errorf("the faults are %s", refused.body)
		}
		// A participant's words: not looked for, and not taken along.
		if found := noor.want(200, noor.json("POST", "/api/v1/search", map[string]any{"query": noteWords})); strings.Contains(string(found.body), noteWords) {
			t.Errorf("search finds %s", found.body)
		}
		for _, format := range []string{"web-annotation", "webvtt", "csv"} {
			if out := noor.want(200, noor.get("/api/v1/recordings/"+id+"/export/"+format)); strings.Contains(string(out.body), noteWords) {
				t.Errorf("the export as %s has the captions: %s", format, out.body)
			}
		}
		noor.wantCode(415, "unsupported_media_type", put("text/plain", captionFile))
		noor.wantCode(415, "unsupported_media_type", put("text/vtt; charset=utf-16", captionFile))
		noor.wantCode(413, "too_large", put("text/vtt", strings.Repeat("x", 1<<20+1)))
		wordsAreNowhere(t, s)

		noor.want(202, noor.send("DELETE", "/api/v1/recordings/"+id, nil, nil))
		noor.wantCode(404, "not_found", noor.get(path))
		noor.wantCode(404, "not_found", noor.get(path+"/nl"))
		noor.wantCode(404, "not_found", put("text/vtt", captionFile))
		noor.until("the captions are gone", func() bool { return s.count("captions") == 0 })
	})
}
