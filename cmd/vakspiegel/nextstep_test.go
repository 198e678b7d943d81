package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

type nextStepOf struct {
	ID, Text, State, Date, Insight string
	Version                        int
}

func (b *browser) nextSteps() []nextStepOf {
	b.t.Helper()
	return decodeAs[struct{ Items []nextStepOf }](b.t, b.want(200, b.get("/api/v1/next-steps"))).Items
}

func (b *browser) plan(text string) (location string) {
	b.t.Helper()
	return b.want(201, b.json("POST", "/api/v1/next-steps", map[string]string{"text": text, "date": "2020-02-29"})).Header.Get("Location")
}

// Nothing of a conversation is left but the proof; the klantmanager's own next
// step stays, and nothing in the database says which conversation it came from.
func TestANextStepOutlivesTheErasure(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c, citizen := s.given(noor)
		recording := noor.upload(c.ID, sampleFilm)
		noor.want(200, noor.json("PATCH", "/api/v1/recordings/"+recording+"/look-back", map[string]any{"step": "next_step"}))
		id := noor.plan(noteWords)[len("/api/v1/next-steps/"):]
		nothingTellsWhereFrom(t, s, id, c.ID, recording)
		wordsAreNowhere(t, s)

		noor.until("it is erased", func() bool {
			citizen.withdraw(c.Participants[0].ConsentURL)
			return s.count("recordings") == 0 && s.count("conversations") == 0
		})
		must(t, s.keys.Turn(context.Background()))
		steps := noor.nextSteps()
		if len(steps) != 1 || steps[0] != (nextStepOf{ID: id, Text: noteWords, State: "open", Date: "2020-02-29", Version: 1}) {
			t.Fatalf("after the erasure: %+v", steps)
		}
		nothingTellsWhereFrom(t, s, id, c.ID, recording)

		// Deleted, nothing of it is left either.
		etag := map[string]string{"If-Match": `"1"`}
		noor.want(204, noor.send("DELETE", "/api/v1/next-steps/"+id, etag, nil))
		must(t, s.keys.Settle(context.Background()))
		if n := s.count("next_steps") + s.count("data_keys"); n != 0 {
			t.Errorf("%d rows of a deleted next step are left", n)
		}
		wordsAreNowhere(t, s)
		if strings.Contains(s.log.String(), id) {
			t.Error("the log names the next step")
		}
	})
}

// nothingTellsWhereFrom reads every row of every table that names the next
// step, as text: none names the conversation or recording, or a time of now.
func nothingTellsWhereFrom(t *testing.T, s *system, id string, others ...string) {
	t.Helper()
	tables, err := s.db.Migrator().GetTables()
	must(t, err)
	naming := 0
	for _, table := range tables {
		var rows []map[string]any
		must(t, s.db.Table(table).Find(&rows).Error)
		for _, row := range rows {
			text := fmt.Sprint(row)
			if !strings.Contains(text, id) {
				continue
			}
			naming++
			for _, other := range append(others, time.Now().UTC().Format("2006-01")) {
				if strings.Contains(text, other) {
					t.Errorf("a row of %s tells where a next step came from: %q", table, other)
				}
			}
		}
	}
	if naming != 2 { // its own row, and its key's
		t.Errorf("%d rows name the next step: the search looked at nothing, or something more is kept", naming)
	}
}

// Whatever role someone has, another's next step is not there.
func TestNobodyEverSeesAnothersNextStep(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		location := noor.plan("van noor")
		absent := "/api/v1/next-steps/00000000-0000-7000-8000-000000000000"
		header := map[string]string{"If-Match": `"1"`, "Content-Type": "application/json"}
		for _, person := range []string{"sem", "daan", "bram", "ingrid", "henk", "petra", "femke", "olga", "omar"} {
			other := s.as(person)
			if list := other.nextSteps(); len(list) != 0 {
				t.Errorf("%s reads %+v", person, list)
			}
			for method, body := range map[string]string{"PATCH": `{"state":"tried"}`, "DELETE": ""} {
				got := other.send(method, location, header, strings.NewReader(body))
				other.wantCode(404, "not_found", got)
				if want := other.send(method, absent, header, strings.NewReader(body)); got.view() != want.view() {
					t.Errorf("%s tells another's from what does not exist", person)
				}
			}
		}
		changed := noor.want(200, noor.send("PATCH", location, header, strings.NewReader(`{"state":"tried","insight":"rust","date":null}`)))
		if got := decodeAs[nextStepOf](t, changed); got.State != "tried" || got.Insight != "rust" || got.Date != "" || changed.Header.Get("ETag") != `"2"` {
			t.Errorf("changed to %+v", got)
		}
		noor.wantCode(412, "changed", noor.send("DELETE", location, map[string]string{"If-Match": `"1"`}, nil))
	})
}

// A database that was put back from before a turn of the epoch: nobody can open
// what it holds, and one goes on without it.
func TestWhatNobodyCanOpenAnyMoreIsNotShown(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		lost := noor.plan("van voor het terugzetten")[len("/api/v1/next-steps/"):]
		var epoch int
		var wrapped []byte
		must(t, s.db.Table("data_keys").Select("epoch, wrapped").Where("subject_id = ?", lost).Row().Scan(&epoch, &wrapped))
		must(t, s.keys.Turn(context.Background()))
		must(t, s.db.Exec("UPDATE data_keys SET epoch = ?, wrapped = ? WHERE subject_id = ?", epoch, wrapped, lost).Error)

		kept := noor.plan("van erna")[len("/api/v1/next-steps/"):]
		if steps := noor.nextSteps(); len(steps) != 1 || steps[0].ID != kept {
			t.Errorf("after putting back: %+v", steps)
		}
		must(t, s.keys.Turn(context.Background()))
		if steps := noor.nextSteps(); len(steps) != 1 || steps[0].ID != kept {
			t.Errorf("after one more turn: %+v", steps)
		}
	})
}
