package main

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
)

// Several things wrong at once are told at once, and nothing is stored.
func TestEveryFaultOfAnInputAtOnce(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c, _ := s.given(noor)
		id := noor.upload(c.ID, sampleFilm)
		notes := "/api/v1/recordings/" + id + "/annotations"
		lookBack := "/api/v1/recordings/" + id + "/look-back"
		conversations := s.count("conversations")
		long := strings.Repeat("é", 100_000)
		for name, test := range map[string]struct {
			path, body, faults string
		}{
			"a conversation": {"/api/v1/conversations", `{"heldAt":"gisteren","participants":[{"role":"buur"},{"rol":"citizen"}],"ownerId":"x"}`,
				" properties, heldAt format, participants[0].role enum, participants[1] properties, participants[1].role required"},
			"no time at all":         {"/api/v1/conversations", `{"heldAt":"2026-02-31T10:00:00Z","participants":[{"role":"citizen"}]}`, "|any"},
			"nobody":                 {"/api/v1/conversations", `{"heldAt":"2026-02-01T10:00:00Z","participants":[]}`, "participants min_items"},
			"a negative time":        {notes, `{"startMs":-1,"kind":"moment","body":""}`, "startMs minimum"},
			"an end before start":    {notes, `{"startMs":10,"endMs":9,"kind":"question","body":"a"}`, "|endMs"},
			"after the film's end":   {notes, `{"startMs":99999999,"endMs":999999999,"kind":"question","body":"a"}`, "endMs after_end, startMs after_end"},
			"its end after the film": {notes, `{"startMs":1,"endMs":999999999,"kind":"question","body":"a"}`, "|endMs"},
			"beyond any number":      {notes, `{"startMs":1e300,"kind":"question","body":"a"}`, "|startMs"},
			"half a millisecond":     {notes, `{"startMs":0.5,"kind":"question","body":"a"}`, "startMs type"},
			"an unknown field":       {notes, `{"startMs":1,"kind":"question","body":"a","authorId":"x"}`, " properties"},
			"many at once": {notes, `{"startMs":-1,"endMs":-2,"kind":"klacht","body":"a","tags":[""],"visibility":"all"}`,
				"endMs minimum, kind enum, startMs minimum, tags[0] min_length, visibility enum"},
			"no words":                       {notes, `{"startMs":1,"kind":"question","body":"  "}`, "|body"},
			"too many tags":                  {notes, `{"startMs":1,"kind":"question","body":"a","tags":["` + strings.Repeat(`a","`, 20) + `a"]}`, "tags max_items"},
			"10,001 characters":              {notes, `{"startMs":1,"kind":"question","body":"` + long[:20_002] + `"}`, "body max_length"},
			"an end before start, by change": {"PATCH", `{"startMs":50,"endMs":49}`, "|endMs"},
			"nothing to change":              {"PATCH", `{}`, " min_properties"},
			"a look-back": {lookBack, `{"positionMs":-1,"begin":"bad","step":"score","memoryIndex":3,"stars":5,"memories":[{"text":"a","part":"later"}]}`,
				" properties, begin enum, memories[0].part enum, memoryIndex maximum, positionMs minimum, step enum"},
			"too long a memory": {lookBack, `{"memories":[{"text":"` + long[:602] + `","part":"end"}]}`, "memories[0].text max_length"},
			"nothing to keep":   {lookBack, `{}`, " min_properties"},
		} {
			t.Run(name, func(t *testing.T) {
				method, path, header := "POST", test.path, map[string]string{"Content-Type": "application/json"}
				if path == "PATCH" {
					note := noor.want(201, noor.json("POST", notes, map[string]any{"startMs": 1, "kind": "moment", "body": ""}))
					method, path, header["If-Match"] = "PATCH", note.Header.Get("Location"), note.Header.Get("ETag")
					defer noor.send("DELETE", path, header, nil)
				}
				if path == lookBack {
					method = "PATCH"
				}
				a := noor.send(method, path, header, strings.NewReader(test.body))
				noor.wantCode(400, "invalid", a)
				list := strings.Split(faultsOf(t, a), ", ")
				slices.Sort(list)
				got := strings.Join(list, ", ")
				want, loose := strings.CutPrefix(test.faults, "|")
				switch {
				case loose && want == "any" && got == "", loose && want != "any" && !strings.HasPrefix(got, want+" "), !loose && got != want:
					t.Errorf("faults %q, want %q", got, test.faults)
				}
			})
		}
		noor.wantCode(413, "too_large", noor.json("POST", notes, map[string]any{"startMs": 1, "kind": "question", "body": long}))
		stored := decodeAs[struct{ Items []any }](t, noor.want(200, noor.get(notes))).Items // what was deleted stays a row for ten seconds
		if len(stored) != 0 || s.count("look_backs") != 0 || s.count("conversations") != conversations {
			t.Errorf("%d notes, %d conversations: something was stored", len(stored), s.count("conversations"))
		}
	})
}

// What a browser, a database or a template could take for more than text.
var hostileTexts = []string{
	"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "{{.Secret}} ${7*7} %s%n", "'; DROP TABLE annotations; --",
	"a\u0000b", "\u202Eomgekeerd", "😀 \ufeff", "regel\r\nSet-Cookie: a=b", strings.Repeat("é", 10_000),
}

// Script in a note is kept as text and comes back as text, byte for byte.
func TestHostileTextsStayText(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c, _ := s.given(noor)
		notes := "/api/v1/recordings/" + noor.upload(c.ID, sampleFilm) + "/annotations"
		for i, text := range hostileTexts {
			body := map[string]any{"startMs": i, "kind": "question", "body": text}
			if len(text) < 40 {
				body["tags"] = []string{text}
			}
			a := noor.want(201, noor.json("POST", notes, body))
			got := decodeAs[struct{ Body string }](t, a)
			if got.Body != text {
				t.Errorf("%.40q came back as %.40q", text, got.Body)
			}
		}
		list := noor.want(200, noor.get(notes))
		if list.Header.Get("Content-Type") != "application/json" || list.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("the list is %v", list.Header)
		}
		all := decodeAs[struct{ Items []struct{ Body string } }](t, list)
		if len(all.Items) != len(hostileTexts) {
			t.Fatalf("%d notes", len(all.Items))
		}
		for i, text := range hostileTexts {
			if all.Items[i].Body != text {
				t.Errorf("%.40q is listed as %.40q", text, all.Items[i].Body)
			}
		}
		for _, text := range hostileTexts[:8] {
			conversation := noor.want(201, noor.json("POST", "/api/v1/conversations", map[string]any{
				"heldAt": fixedStart, "label": text, "participants": []map[string]string{{"role": "citizen"}},
			}))
			link := decodeAs[conversationOf](t, conversation)
			if link.Label != text {
				t.Errorf("the label %q came back as %q", text, link.Label)
			}
		}
	})
}

type conversationOf struct{ Label string }

// Whatever comes in an address, a query, a cookie or a body: an error of the
// client's is never one of ours.
func TestNonsenseIsNeverAnErrorOfOurs(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		// Each kind of nonsense comes from a client of its own: the limit of
		// attempts is not what is tested here.
		s, _ := launch(t, p, func(s *Settings) { s.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")} })
		noor := s.as("noor")
		c, _ := s.given(noor)
		nonsense := []string{"%00", "a%00b", "'", "%27%20OR%201=1", "..%2f..%2f", "%ff%fe", "-1", "null", "00000000-0000-0000-0000-000000000000",
			strings.ToUpper(c.ID), "{" + c.ID + "}", "urn:uuid:" + c.ID, strings.ReplaceAll(c.ID, "-", ""), strings.Repeat("a", 4000)}
		var requests []answer
		for i, n := range nonsense {
			from := fmt.Sprintf("203.0.113.%d", i+1)
			for _, path := range []string{"conversations/" + n, "recordings/" + n, "recordings/" + n + "/video", "recordings/" + n + "/annotations", "conversations/" + c.ID + "/participants/" + n + "/qr"} {
				requests = append(requests, noor.get("/api/v1/"+path))
			}
			requests = append(requests,
				noor.send("PATCH", "/api/v1/annotations/"+n, map[string]string{"If-Match": `"1"`, "Content-Type": "application/json"}, strings.NewReader(`{"body":"a"}`)),
				noor.send("PATCH", "/api/v1/uploads/"+n, map[string]string{"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}, strings.NewReader("a")),
				noor.get("/api/v1/recordings?cursor="+n), noor.get("/api/v1/conversations?limit="+n),
				noor.send("GET", "/c/"+n, map[string]string{"X-Forwarded-For": from}, nil), noor.get("/toestemming?taal="+n), noor.get("/citizen/"+n), noor.get("/assets/"+n), noor.get("/"+n),
			)
			citizen := s.sayYes(noor.ask("citizen").Participants[0].ConsentURL)
			requests = append(requests,
				citizen.send("POST", "/toestemming", map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, strings.NewReader("r="+n+"&keuze="+n+"&scope="+n)),
				citizen.send("POST", "/code", map[string]string{"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": from}, strings.NewReader("code="+n)),
			)
		}
		requests = append(requests,
			noor.send("POST", "/toestemming", map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, strings.NewReader("keuze=%zz")),
			noor.send("POST", "/toestemming", map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, strings.NewReader("a="+strings.Repeat("a", 70_000))),
			noor.json("POST", "/api/v1/login", map[string]string{"person": "noor\x00"}),
			noor.json("POST", "/api/v1/login", map[string]string{"person": "' OR 1=1 --"}),
			noor.send("GET", "/toestemming", map[string]string{"Cookie": "vakspiegel_link=%00\"; vakspiegel_link=;"}, nil),
			noor.send("GET", "/", map[string]string{"Accept": "text/html", "Accept-Language": strings.Repeat("nl;q=0.5,", 400)}, nil),
		)
		for _, a := range requests {
			if a.StatusCode >= 500 || a.StatusCode < 300 && a.Request.URL.Path != "/" && a.Request.URL.Path != "/code" {
				t.Errorf("%s %.80s: %d %.200s", a.Request.Method, a.Request.URL, a.StatusCode, a.body)
			}
		}
		if log := s.log.String(); strings.Contains(log, "level=ERROR") {
			t.Errorf("the log takes it for an error of ours:\n%.600s", log[strings.Index(log, "level=ERROR"):])
		}
	})
}

func TestAListInPagesShowsEachOnce(t *testing.T) {
	s := start(t, sqlitePair(t))
	noor := s.as("noor")
	want := map[string]bool{}
	for range 7 {
		want[noor.ask("citizen").ID] = true
	}
	cursor, pages := "", 0
	for {
		page := decodeAs[struct {
			Items []struct{ ID string }
			Next  string
		}](t, noor.want(200, noor.get(fmt.Sprintf("/api/v1/conversations?limit=3&cursor=%s", cursor))))
		for _, item := range page.Items {
			if !want[item.ID] {
				t.Errorf("%s is shown twice, or is not hers", item.ID)
			}
			delete(want, item.ID)
		}
		pages++
		if cursor = page.Next; cursor == "" || pages > 5 {
			break
		}
	}
	if pages != 3 || len(want) != 0 {
		t.Errorf("%d pages, %d missing", pages, len(want))
	}
	a := noor.get("/api/v1/conversations?limit=0&cursor=onzin")
	noor.wantCode(400, "invalid", a)
	if faultsOf(t, a) != "limit range, cursor malformed" {
		t.Errorf("faults %q", faultsOf(t, a))
	}
	noor.wantCode(400, "invalid", noor.get("/api/v1/recordings?limit=101"))
}
