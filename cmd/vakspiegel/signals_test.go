package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gorm.io/gorm"

	"vakspiegel/policies"
)

type signalSeen struct {
	ID, Month, Text, State, Answer, FollowedBy string
	Version                                    int
}

func (b *browser) signals() []signalSeen {
	b.t.Helper()
	return decodeAs[struct{ Items []signalSeen }](b.t, b.want(200, b.get("/api/v1/signals"))).Items
}

// names has an administrator name who keeps the signals.
func (b *browser) names(logins ...string) {
	b.t.Helper()
	ids := []string{}
	for _, login := range logins {
		ids = append(ids, policies.DemoID(login).String())
	}
	b.want(200, b.json("PUT", "/api/v1/signal-keepers", map[string]any{"personIds": ids}))
}

func (s *system) leaveSignal(text string) {
	s.t.Helper()
	must(s.t, s.db.Transaction(func(tx *gorm.DB) error { return s.signals.Leave(s.t.Context(), tx, text) }))
}

type meCan struct {
	Can struct{ KeepSignals, NameSignalKeepers bool }
}

// The administrator names, and reads nothing by that; whoever is named reads and
// answers; everyone else is told no, and nothing of any one signal.
func TestOnlyThoseWhoAreNamedReadSignals(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		s.leaveSignal(noteWords)
		omar, ingrid := s.as("omar"), s.as("ingrid")
		ingrid.wantCode(403, "forbidden", ingrid.get("/api/v1/signals"))
		omar.names("ingrid")
		list := ingrid.signals()
		if len(list) != 1 || list[0].Text != noteWords || list[0].State != "open" || len(list[0].Month) != len("2026-11") {
			t.Fatalf("the keeper reads %+v", list)
		}
		one, absent := "/api/v1/signals/"+list[0].ID, "/api/v1/signals/00000000-0000-7000-8000-000000000000"
		header := map[string]string{"If-Match": `"1"`, "Content-Type": "application/json"}
		for _, person := range []string{"noor", "sem", "daan", "bram", "henk", "petra", "femke", "olga", "omar"} {
			other := s.as(person)
			other.wantCode(403, "forbidden", other.get("/api/v1/signals"))
			for method, body := range map[string]string{"PATCH": `{"state":"done"}`, "DELETE": ""} {
				got := other.send(method, one, header, strings.NewReader(body))
				other.wantCode(404, "not_found", got)
				if want := other.send(method, absent, header, strings.NewReader(body)); got.view() != want.view() {
					t.Errorf("%s tells a signal from one that is not there", person)
				}
			}
			if person != "omar" {
				other.wantCode(403, "forbidden", other.get("/api/v1/signal-keepers"))
				other.wantCode(403, "forbidden", other.json("PUT", "/api/v1/signal-keepers", map[string]any{"personIds": []string{}}))
			}
		}
		for person, want := range map[string]meCan{"ingrid": {}, "omar": {}, "noor": {}} {
			want.Can.KeepSignals, want.Can.NameSignalKeepers = person == "ingrid", person == "omar"
			if me := decodeAs[meCan](t, s.as(person).want(200, s.as(person).get("/api/v1/me"))); me != want {
				t.Errorf("%s can %+v", person, me.Can)
			}
		}
		changed := ingrid.want(200, ingrid.send("PATCH", one, header, strings.NewReader(`{"state":"picked_up","answer":"`+noteWords+`","followedBy":"`+noteWords+`"}`)))
		if got := decodeAs[signalSeen](t, changed); got.State != "picked_up" || got.Answer != noteWords || changed.Header.Get("ETag") != `"2"` {
			t.Errorf("changed to %+v", got)
		}
		ingrid.wantCode(412, "changed", ingrid.send("DELETE", one, header, nil))
		omar.names("petra")
		ingrid.wantCode(403, "forbidden", ingrid.get("/api/v1/signals"))
		header["If-Match"] = `"2"`
		s.as("petra").want(204, s.as("petra").send("DELETE", one, header, nil))
		if n := s.count("signals"); n != 0 {
			t.Errorf("%d signals are left", n)
		}
		got := omar.json("PUT", "/api/v1/signal-keepers", map[string]any{"personIds": []string{"00000000-0000-7000-8000-000000000000"}})
		omar.wantCode(400, "invalid", got)
	})
}

// Housekeeping mixes what came, within seconds, and nothing anywhere names a
// signal but its own row and its key.
func TestASignalIsMixedAmongTheOthers(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		c, _ := s.given(noor)
		recording := noor.upload(c.ID, sampleFilm)
		s.leaveSignal("een")
		s.leaveSignal("twee")
		noor.until("they are mixed", func() bool {
			var waiting int64
			must(t, s.db.Table("signals").Where("NOT mixed").Count(&waiting).Error)
			return waiting == 0
		})
		s.as("omar").names("ingrid")
		ingrid := s.as("ingrid")
		for _, one := range ingrid.signals() {
			nothingTellsWhereASignalCameFrom(t, s, one, c.ID, recording, policies.DemoID("noor").String())
		}
		noor.want(http.StatusAccepted, noor.send("DELETE", "/api/v1/recordings/"+recording, nil, nil))
		noor.until("it is erased", func() bool { return s.count("recordings") == 0 })
		must(t, s.keys.Turn(t.Context()))
		if len(ingrid.signals()) != 2 {
			t.Error("the signals went with the recording")
		}
	})
}

func nothingTellsWhereASignalCameFrom(t *testing.T, s *system, one signalSeen, others ...string) {
	t.Helper()
	tables, err := s.db.Migrator().GetTables()
	must(t, err)
	naming := 0
	for _, table := range tables {
		var rows []map[string]any
		must(t, s.db.Table(table).Find(&rows).Error)
		for _, row := range rows {
			text := fmt.Sprint(row)
			if !strings.Contains(text, one.ID) {
				continue
			}
			naming++
			for _, other := range append(others, one.Month+"-") {
				if strings.Contains(text, other) {
					t.Errorf("a row of %s tells where a signal came from", table)
				}
			}
		}
	}
	if naming != 2 {
		t.Errorf("%d rows name the signal, want its own and its key's", naming)
	}
}
