package main

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// roster is what a test reads of a conversation with people of every kind.
type roster struct {
	ID           string
	Consent      string
	Late         bool
	Unconfirmed  bool
	Scopes       []string
	Can          struct{ Upload, Cancel, Ask bool }
	Participants []struct {
		ID, Role, Name, Capacity, Represents, ConsentURL string
		Register                                         bool
	}
}

func (b *browser) roster(id string) roster {
	b.t.Helper()
	return decodeAs[roster](b.t, b.want(200, b.get("/api/v1/conversations/"+id)))
}

func (b *browser) add(id string, participant map[string]any) roster {
	b.t.Helper()
	return decodeAs[roster](b.t, b.want(201, b.json("POST", "/api/v1/conversations/"+id+"/participants", participant)))
}

// TestWhoComesInLaterBlocksUntilTheirYes: a running stream is cut, nothing plays
// and nothing uploads, and with their yes it is as it was.
func TestWhoComesInLaterBlocksUntilTheirYes(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c := noor.ask("citizen")
		s.sayYes(c.Participants[0].ConsentURL, "coach", "peers")
		id := noor.upload(c.ID, longFilm)
		stream := openStream(t, noor, "/api/v1/recordings/"+id+"/video")
		late := noor.add(c.ID, map[string]any{"role": "partner"})
		if n, err := io.Copy(io.Discard, stream); err == nil {
			t.Errorf("the running stream went on to its end, %d more bytes", n)
		}
		if late.Consent != "waiting" || !late.Late || late.Can.Upload || !late.Can.Cancel || !late.Can.Ask {
			t.Errorf("%+v; want waiting for who came in later", late)
		}
		noor.wantCode(404, "not_found", noor.get("/api/v1/recordings/"+id+"/video"))
		noor.wantCode(403, "consent_missing", noor.createUpload(c.ID, 1000))
		got := decodeAs[struct {
			Waiting bool
			Can     struct{ Watch, Erase bool }
		}](t, noor.want(200, noor.get("/api/v1/recordings/"+id)))
		if !got.Waiting || got.Can.Watch || !got.Can.Erase {
			t.Errorf("the owner sees %+v; want waiting, and only to be erased", got)
		}
		partner := s.browser()
		ref, page := partner.visit(late.Participants[1].ConsentURL)
		if !strings.Contains(page, "U kwam er later bij") {
			t.Error("the page does not say that there may be a film already")
		}
		partner.want(http.StatusSeeOther, partner.choose(ref, "ja", url.Values{"scope": {"coach"}}))
		noor.want(200, noor.get("/api/v1/recordings/"+id+"/video"))
		if now := noor.roster(c.ID); now.Consent != "given" || now.Late || strings.Join(now.Scopes, " ") != "coach" {
			t.Errorf("%+v; want given, for what all allow", now)
		}
	})
}

func TestALateNoAtTheTableErasesTheFilm(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c := noor.ask("citizen")
		s.sayYes(c.Participants[0].ConsentURL)
		id := noor.upload(c.ID, longFilm)
		late := noor.add(c.ID, map[string]any{"role": "companion"})
		answer := "/api/v1/conversations/" + c.ID + "/participants/" + late.Participants[1].ID + "/answer"
		noor.want(204, noor.json("POST", answer, map[string]any{"choice": "no", "method": "spoken"}))
		noor.wantCode(404, "not_found", noor.get("/api/v1/recordings/"+id))
		noor.wantCode(404, "not_found", noor.get("/api/v1/conversations/"+c.ID))
	})
}

func TestARepresentativeSaysYesForSomeoneWhoCanStopIt(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		noor.wantCode(400, "invalid", noor.json("POST", "/api/v1/conversations", map[string]any{
			"heldAt": time.Now().UTC().Format(time.RFC3339), "participants": []map[string]any{{"role": "citizen"}, {"role": "representative", "capacity": "curator"}},
		}))
		c := noor.ask("citizen")
		with := noor.add(c.ID, map[string]any{"role": "representative", "capacity": "curator", "told": true})
		citizen, representative := with.Participants[0], with.Participants[1]
		if representative.Represents != citizen.ID || representative.Capacity != "curator" || citizen.Register || !representative.Register {
			t.Fatalf("%+v; want a curator for the citizen, who alone answers", with.Participants)
		}
		if a := noor.get("/brief/" + c.ID + "/" + citizen.ID); a.StatusCode != 404 {
			t.Errorf("a letter asks who does not decide: %d", a.StatusCode)
		}
		noor.want(200, noor.get("/brief/"+c.ID+"/"+representative.ID))
		represented := s.browser()
		ref, page := represented.visit(citizen.ConsentURL)
		if !strings.Contains(page, "Iemand anders beslist voor u") || strings.Contains(page, `name="keuze" value="ja"`) || !strings.Contains(page, `name="keuze" value="nee"`) {
			t.Error("the represented citizen's page does not say who decides, or offers more than stopping it")
		}
		represented.want(http.StatusSeeOther, represented.choose(ref, "ja", nil))
		if noor.roster(c.ID).Consent != "waiting" {
			t.Fatal("the represented citizen's own yes counted")
		}
		s.sayYes(representative.ConsentURL, "coach")
		if now := noor.roster(c.ID); now.Consent != "given" || strings.Join(now.Scopes, " ") != "coach" {
			t.Errorf("%+v; want given with the representative's yes", now)
		}
		ref, page = represented.visit(citizen.ConsentURL)
		if !strings.Contains(page, "Uw vertegenwoordiger zei ja voor u") {
			t.Error("the page does not say who said yes")
		}
		represented.want(http.StatusSeeOther, represented.choose(ref, "wis", url.Values{"bevestig": {"ja"}}))
		noor.wantCode(404, "not_found", noor.get("/api/v1/conversations/"+c.ID))
	})
}

func TestAColleagueAnswersBehindTheirOwnSignIn(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		ctx := context.Background()
		person := func(login string) uuid.UUID {
			found, err := s.people.ByLogin(ctx, login)
			must(t, err)
			return found.ID
		}
		c := noor.ask("citizen")
		s.sayYes(c.Participants[0].ConsentURL, "coach", "peers")
		noor.wantCode(403, "evaluator", noor.json("POST", "/api/v1/conversations/"+c.ID+"/participants", map[string]any{"role": "colleague", "personId": person("ingrid")}))
		if now := noor.roster(c.ID); now.Consent != "given" || len(now.Participants) != 1 {
			t.Fatalf("%+v; something of the refused evaluator was stored", now)
		}
		with := noor.add(c.ID, map[string]any{"role": "colleague", "personId": person("daan")})
		colleague := with.Participants[1]
		if colleague.ConsentURL != "" || colleague.Name == "" || colleague.Register {
			t.Errorf("%+v; want a colleague by name, without link, who answers for themselves", colleague)
		}
		daan := s.as("daan")
		type participation struct {
			ID, Klantmanager, State string
			Late                    bool
			Scopes                  []string
		}
		mine := func() []participation {
			return decodeAs[struct{ Items []participation }](t, daan.want(200, daan.get("/api/v1/participations"))).Items
		}
		if items := mine(); len(items) != 1 || items[0].State != "asked" || !items[0].Late {
			t.Fatalf("%+v; want one that is asked", items)
		}
		path := "/api/v1/participations/" + colleague.ID
		text := decodeAs[struct {
			Text struct{ Version, Title string }
		}](t, daan.want(200, daan.get(path+"?language=nl"))).Text
		say := func(choice string, more map[string]any) answer {
			body := map[string]any{"choice": choice}
			for name, value := range more {
				body[name] = value
			}
			return daan.json("POST", path, body)
		}
		daan.wantCode(400, "invalid", say("yes", nil))
		daan.wantCode(409, "text_changed", say("yes", map[string]any{"language": "nl", "textVersion": "v0"}))
		daan.want(204, say("yes", map[string]any{"language": "nl", "textVersion": text.Version, "scopes": []string{"coach", "peers"}}))
		daan.want(204, say("narrow", map[string]any{"scopes": []string{"coach"}}))
		daan.want(204, say("pause", nil))
		if items := mine(); items[0].State != "paused" || strings.Join(items[0].Scopes, " ") != "coach" {
			t.Errorf("%+v; want paused, coach alone", items)
		}
		daan.want(204, say("resume", nil))
		for _, other := range []*browser{noor, s.as("sem")} {
			other.wantCode(404, "not_found", other.get(path))
			other.wantCode(404, "not_found", other.json("POST", path, map[string]any{"choice": "withdraw", "confirm": true}))
		}
		daan.wantCode(400, "invalid", say("withdraw", nil))
		daan.want(204, say("withdraw", map[string]any{"confirm": true}))
		if items := mine(); len(items) != 0 {
			t.Errorf("%+v; want nothing after the withdrawal", items)
		}
		noor.wantCode(404, "not_found", noor.get("/api/v1/conversations/"+c.ID))
	})
}

func TestASpokenYesIsRegisteredOnTheTextThatWasRead(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c := noor.ask("citizen")
		with := noor.add(c.ID, map[string]any{"role": "interpreter", "telephone": true})
		path := func(i int) string {
			return "/api/v1/conversations/" + c.ID + "/participants/" + with.Participants[i].ID
		}
		type spoken struct{ Version, PaperVersion, Language, Direction, Text string }
		text := decodeAs[spoken](t, noor.want(200, noor.get(path(0)+"/spoken?language=ar")))
		voice := decodeAs[spoken](t, noor.want(200, noor.get(path(1)+"/spoken?language=nl")))
		if text.Language != "ar" || text.Direction != "rtl" || strings.Contains(text.Text, "{") || !strings.Contains(voice.Text, "alleen de stem") {
			t.Errorf("texts %+v, %+v", text, voice)
		}
		noor.wantCode(409, "text_changed", noor.json("POST", path(0)+"/answer", map[string]any{"choice": "yes", "method": "spoken", "language": "ar", "textVersion": "spoken-v0"}))
		noor.wantCode(400, "invalid", noor.json("POST", path(0)+"/answer", map[string]any{"choice": "yes", "method": "spoken"}))
		noor.want(204, noor.json("POST", path(0)+"/answer", map[string]any{"choice": "yes", "method": "paper", "language": "ar", "textVersion": text.PaperVersion, "scopes": []string{"peers"}}))
		noor.want(204, noor.json("POST", path(1)+"/answer", map[string]any{"choice": "yes", "method": "spoken", "language": "nl", "textVersion": voice.Version}))
		now := noor.roster(c.ID)
		if now.Consent != "given" || strings.Join(now.Scopes, " ") != "peers" || now.Participants[0].Register {
			t.Errorf("%+v; want given, for what the citizen allows", now)
		}
		var methods []string
		must(t, s.db.Table("consent_records").Where("conversation_id = ?", c.ID).Order("method").Pluck("method", &methods).Error)
		if strings.Join(methods, " ") != "made paper telephone" {
			t.Errorf("methods %v", methods)
		}
	})
}

func TestWhatWasAskedAheadIsConfirmedBeforeFilming(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		ahead := func() roster {
			return decodeAs[roster](t, noor.want(201, noor.json("POST", "/api/v1/conversations", map[string]any{
				"heldAt": time.Now().UTC().Add(13 * time.Hour).Format(time.RFC3339), "participants": []map[string]any{{"role": "citizen"}},
			})))
		}
		c := ahead()
		letter := "/brief/" + c.ID + "/" + c.Participants[0].ID
		page := string(noor.want(200, noor.get(letter)).body)
		if !strings.Contains(page, c.Participants[0].ConsentURL) || !strings.Contains(page, "Klopt") && !strings.Contains(page, "klopt het nog") || strings.Contains(page, "<script") {
			t.Error("the letter lacks the link, or says nothing of the table, or has a script")
		}
		if page := string(noor.want(200, noor.get(letter+"?taal=en")).body); !strings.Contains(page, `lang="en"`) || !strings.Contains(page, "How to answer") {
			t.Error("the letter is not in English")
		}
		if a := s.as("daan").get(letter); a.StatusCode != 404 {
			t.Errorf("a stranger gets the letter: %d", a.StatusCode)
		}
		s.sayYes(c.Participants[0].ConsentURL, "coach")
		if now := noor.roster(c.ID); !now.Unconfirmed || now.Can.Upload || !now.Can.Cancel {
			t.Errorf("%+v; want to be asked at the table first", now)
		}
		noor.wantCode(403, "consent_unconfirmed", noor.createUpload(c.ID, len(longFilm)))
		noor.want(204, noor.send("POST", "/api/v1/conversations/"+c.ID+"/confirm", nil, nil))
		noor.upload(c.ID, longFilm)
		noor.want(204, noor.send("POST", "/api/v1/conversations/"+c.ID+"/handover", nil, nil))
		if a := noor.get(letter); a.StatusCode != 404 {
			t.Errorf("the letter is there after it was handed over: %d", a.StatusCode)
		}
		c = ahead()
		s.sayYes(c.Participants[0].ConsentURL)
		noor.want(204, noor.send("DELETE", "/api/v1/conversations/"+c.ID, nil, nil))
		noor.wantCode(404, "not_found", noor.get("/api/v1/conversations/"+c.ID))
	})
}
