package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"vakspiegel/media/cutter/cuttertest"
)

const fromMs, toMs = 5_000, 9_000

// cutting is a planning that can cut fragments.
func cutting(t *testing.T, p pair) *planning {
	t.Helper()
	return planWith(t, p, func(settings *Settings) { settings.CoolingOff, settings.FFmpeg = 0, "ffmpeg" }, "peers")
}

// fragment is a session of noor, sem and daan with an interval of a film, which
// is cut; it returns the session and the address of the cut.
func (g *planning) fragment(recording string, from, to int) (together, string) {
	g.t.Helper()
	made := g.ready(map[string]any{"fragments": []any{map[string]any{"recordingId": recording, "startMs": from, "endMs": to}}})
	sem := g.as("sem")
	g.noor.until("it is cut", func() bool { return sem.session(made.ID).state(1) == "open" })
	return sem.session(made.ID), "/api/v1/review-sessions/" + made.ID + "/fragments/1/video"
}

// Whatever a participant asks for: no byte of the film outside the fragment is
// ever served, checked against the whole film.
func TestAParticipantIsServedTheFragmentAndNoOtherByte(t *testing.T) {
	films := []cuttertest.Film{{Name: "the sample", ContentType: "video/mp4", Data: sampleFilm}}
	for _, film := range cuttertest.Films(t) {
		if film.ContentType != "audio/mp4" {
			films = append(films, film)
		}
	}
	eachPair(t, func(t *testing.T, p pair) {
		g := cutting(t, p)
		for _, film := range films {
			t.Run(film.Name, func(t *testing.T) {
				recording := g.recording
				if film.Name != "the sample" {
					recording = g.noor.upload(g.conversation, film.Data)
				}
				made, video := g.fragment(recording, fromMs, toMs)
				served := servedBy(t, g.as("sem"), video, film)
				packets := cuttertest.Packets(t, film.Data)
				cuttertest.RefuseOutside(t, film.Name, film.Data, packets, served, fromMs*time.Millisecond, toMs*time.Millisecond)
				lead := fromMs - int64(1000*cuttertest.KeyBefore(packets, fromMs/1000.0))
				if got := made.Fragments[0].LeadMs; got < lead-10 || got > lead+10 {
					t.Errorf("leadMs is %d, the key frame lies %d ms before", got, lead)
				}
			})
		}
	})
}

// servedBy is all that someone is ever answered with at a video's address, and
// the same as its one whole answer, wherever it lies.
func servedBy(t *testing.T, b *browser, video string, film cuttertest.Film) (all []byte) {
	t.Helper()
	whole := b.want(200, b.get(video))
	n := len(whole.body)
	if whole.Header.Get("Content-Type") != film.ContentType || whole.Header.Get("X-Accel-Buffering") != "no" || n < 10_000 || n > len(film.Data)/2 {
		t.Fatalf("%d of %d bytes: %v", n, len(film.Data), whole.Header)
	}
	all = append(all, whole.body...)
	ask := func(header string, status, from, to int) {
		a := b.send("GET", video, map[string]string{"Range": header}, nil)
		if a.StatusCode != status || status == 206 && !bytes.Equal(a.body, whole.body[from:to]) {
			t.Errorf("%s: %d and %d bytes", header, a.StatusCode, len(a.body))
		}
		all = append(all, a.body...)
	}
	for range 40 {
		from := rand.IntN(n)
		to := from + 1 + rand.IntN(n-from)
		ask(fmt.Sprintf("bytes=%d-%d", from, to-1), 206, from, to)
	}
	ask("bytes=0-", 206, 0, n)
	ask(fmt.Sprintf("bytes=-%d", len(film.Data)), 206, 0, n) // more than there is
	ask(fmt.Sprintf("bytes=%d-%d", n-1, len(film.Data)), 206, n-1, n)
	ask(fmt.Sprintf("bytes=%d-", n), 416, 0, 0)
	ask(fmt.Sprintf("bytes=%d-%d", n, len(film.Data)-1), 416, 0, 0)
	ask("bytes=0-0,2-2", 416, 0, 0)
	for _, condition := range []map[string]string{{"Range": "bytes=0-9", "If-Range": `"a-tag"`}, {"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 27 Nov 2099 10:00:00 GMT"}} {
		if a := b.want(200, b.send("GET", video, condition, nil)); !bytes.Equal(a.body, whole.body) {
			t.Errorf("%v: %d bytes", condition, len(a.body))
		}
	}
	if stays := whole.Header.Get("Cache-Control"); stays != "no-store" || whole.Header.Get("ETag")+whole.Header.Get("Last-Modified") != "" {
		t.Errorf("a browser may keep it: %v", whole.Header)
	}
	head := b.want(200, b.send("HEAD", video, nil, nil))
	if head.Header.Get("Content-Length") != fmt.Sprint(n) {
		t.Errorf("HEAD says %s bytes", head.Header.Get("Content-Length"))
	}
	return all
}

func TestAFragmentIsThereForItsPeopleWhileItIsOpen(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		g := cutting(t, p)
		made, video := g.fragment(g.recording, fromMs, toMs)
		sem, daan := g.as("sem"), g.as("daan")
		for _, b := range []*browser{g.noor, sem, daan} {
			b.want(200, b.get(video))
		}
		for _, other := range []string{"fatima", "bram", "ingrid", "henk", "petra", "omar"} {
			b := g.as(other)
			b.wantCode(404, "not_found", b.get(video))
		}
		for _, wrong := range []string{"0", "2", "-1", "01", "x", "1.0"} {
			b := g.as("sem")
			b.wantCode(404, "not_found", b.get("/api/v1/review-sessions/"+made.ID+"/fragments/"+wrong+"/video"))
		}
		sem.wantCode(404, "not_found", sem.get("/api/v1/recordings/"+g.recording+"/video"))
		for name, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"} {
			sem.wantCode(404, "not_found", sem.send("GET", video, map[string]string{name: value}, nil))
		}
		g.noor.want(204, g.noor.send("DELETE", "/api/v1/review-sessions/"+made.ID+"/fragments/1", nil, nil))
		for _, b := range []*browser{g.noor, sem, daan} {
			b.wantCode(404, "not_found", b.get(video))
		}
		g.noor.until("its bytes are gone", func() bool { return g.count("cuts") == 0 && g.storeHolds() == 1 })
		g.noor.want(200, g.noor.get("/api/v1/recordings/"+g.recording+"/video"))
	})
}

// Its owner alone reads why, and can share the whole film instead.
func TestAFragmentThatCannotBeCutIsNotServed(t *testing.T) {
	film := cuttertest.Make(t, "video/mp4", "few.mp4", "-c:v libx264 -preset ultrafast -g 100000 -c:a aac")
	eachPair(t, func(t *testing.T, p pair) {
		g := cutting(t, p)
		recording := g.noor.upload(g.conversation, film.Data)
		made := g.ready(map[string]any{"fragments": []any{map[string]any{"recordingId": recording, "startMs": 35_000, "endMs": 38_000}}})
		sem := g.as("sem")
		why := func(b *browser) string {
			answer := b.want(200, b.get("/api/v1/review-sessions/"+made.ID))
			return decodeAs[struct{ Fragments []struct{ Failure string } }](t, answer).Fragments[0].Failure
		}
		g.noor.until("it failed", func() bool { return g.noor.session(made.ID).state(1) == "failed" })
		if own, other := why(g.noor), why(sem); own != "lead" || other != "" {
			t.Errorf("its owner reads %q, another %q", own, other)
		}
		for _, b := range []*browser{g.noor, sem} {
			b.wantCode(404, "not_found", b.get("/api/v1/review-sessions/"+made.ID+"/fragments/1/video"))
		}
		g.noor.bring(made.ID, recording)
		if whole := sem.want(200, sem.get("/api/v1/review-sessions/"+made.ID+"/fragments/2/video")); !bytes.Equal(whole.body, film.Data) {
			t.Errorf("%d bytes of the whole film", len(whole.body))
		}
	})
}

// What closes a fragment ends its running streams within 2 s.
func TestARunningStreamOfAFragmentIsCut(t *testing.T) {
	film := cuttertest.Make(t, "video/mp4", "large.mp4", "-vf noise=alls=80:allf=t -c:v libx264 -preset ultrafast -g 15 -qp 24 -an")
	for name, closing := range map[string]func(g *planning, session string){
		"by a withdrawal": func(g *planning, _ string) { g.citizen.want(303, g.citizen.withdraw(g.link)) },
		"by taking it back": func(g *planning, session string) {
			g.noor.want(204, g.noor.send("DELETE", "/api/v1/review-sessions/"+session+"/fragments/1", nil, nil))
		},
		"by taking out who looks": func(g *planning, session string) {
			header := map[string]string{"If-Match": g.noor.get("/api/v1/review-sessions/" + session).Header.Get("ETag"), "Content-Type": "application/json"}
			g.noor.want(200, g.noor.send("PATCH", "/api/v1/review-sessions/"+session, header, strings.NewReader(`{"participantIds":["`+id("daan")+`","`+id("fatima")+`"]}`)))
		},
		"by the session's end": func(g *planning, session string) { g.noor.move(session, "cancel", nil) },
	} {
		t.Run(name, func(t *testing.T) {
			eachPair(t, func(t *testing.T, p pair) {
				g := cutting(t, p)
				made, video := g.fragment(g.noor.upload(g.conversation, film.Data), 1_000, 20_000)
				v := g.as("sem").watching(video)
				began := time.Now()
				closing(g, made.ID)
				v.cut(2*time.Second - min(time.Since(began), 1500*time.Millisecond))
				g.as("sem").wantCode(404, "not_found", g.as("sem").get(video))
			})
		})
	}
}
