package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// publish sends a version of a list, based on the version basedOn.
func (b *browser) publish(list string, basedOn int, body string) answer {
	return b.send("POST", "/api/v1/learning-lists/"+list, map[string]string{
		"Content-Type": "application/json", "If-Match": fmt.Sprintf("%q", fmt.Sprint(basedOn)),
	}, strings.NewReader(body))
}

const newMoments = `{"entries":[{"code":"flow","label":{"nl":"Het loopt"}},{"code":"lach","label":{"nl":"Een lach","en":"A laugh"}}]}`

func TestTheAdministratorPublishesAListAndEveryoneReadsIt(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		omar := s.as("omar")
		everyone := []string{"noor", "bram", "ingrid", "henk", "petra", "femke", "olga", "omar"}
		for _, who := range everyone {
			other := s.as(who)
			body := string(other.want(200, other.get("/api/v1/learning-lists")).body)
			if !strings.Contains(body, `{"code":"frustratie","current":true,"label":{"en":"Frustration","nl":"Frustratie"}}`) {
				t.Errorf("%s reads %.300s", who, body)
			}
			if who != "omar" {
				other.wantCode(403, "forbidden", other.publish("moments/standard", 0, newMoments))
				other.wantCode(403, "forbidden", other.publish("nothing/there", 0, `{}`))
			}
		}
		if s.count("learning_lists") != 0 {
			t.Fatal("something is left of a refusal")
		}
		published := omar.want(201, omar.publish("moments/standard", 0, newMoments))
		if published.Header.Get("ETag") != `"1"` {
			t.Errorf("ETag %s", published.Header.Get("ETag"))
		}
		omar.wantCode(412, "changed", omar.publish("moments/standard", 0, newMoments))
		omar.wantCode(428, "precondition_required", omar.json("POST", "/api/v1/learning-lists/moments/standard", map[string]any{"entries": []any{}}))
		for _, who := range everyone {
			other := s.as(who)
			body := string(other.want(200, other.get("/api/v1/learning-lists")).body)
			for _, says := range []string{
				`{"code":"flow","current":true,"label":{"en":"Het loopt","nl":"Het loopt"}}`,
				`{"code":"frustratie","current":false,"label":{"en":"Frustration","nl":"Frustratie"}}`,
			} {
				if !strings.Contains(body, says) {
					t.Errorf("%s does not read %s", who, says)
				}
			}
		}
		versions := string(omar.want(200, omar.get(published.Header.Get("Location"))).body)
		if strings.Count(versions, `"version":`) != 2 || strings.Contains(versions, "omar") {
			t.Errorf("the versions: %s", versions)
		}
		omar.wantCode(404, "not_found", omar.get("/api/v1/learning-lists/moments/other/versions"))
	})
}

func TestEveryScreenIsToldOfANewList(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		omar := s.as("omar")
		var ears []*ear
		for _, who := range []string{"noor", "ingrid", "omar"} {
			ears = append(ears, s.as(who).listen())
		}
		omar.want(201, omar.publish("moments/standard", 0, newMoments))
		first := ears[0]
		first.wait("the new list", 5*time.Second, func() bool { return len(first.heard()) > 0 })
		told := first.heard()[0]
		if !strings.HasPrefix(told, "learning_lists ") {
			t.Errorf("heard %s", told)
		}
		for _, ear := range ears[1:] {
			ear.hears(told)
		}
	})
}

func TestNoFormCanAskForANumber(t *testing.T) {
	s := start(t, sqlitePair(t))
	omar := s.as("omar")
	for name, body := range map[string]string{
		"a scale":            `{"title":{"nl":"T"},"entries":[{"code":"a","kind":"scale","label":{"nl":"A"}}]}`,
		"a score":            `{"title":{"nl":"T"},"entries":[{"code":"a","kind":"question","score":5,"label":{"nl":"A"}}]}`,
		"a number for label": `{"title":{"nl":"T"},"entries":[{"code":"a","kind":"question","label":{"nl":5}}]}`,
		"a maximum":          `{"title":{"nl":"T"},"max":10,"entries":[{"code":"a","kind":"question","label":{"nl":"A"}}]}`,
		"no kind":            `{"title":{"nl":"T"},"entries":[{"code":"a","label":{"nl":"A"}}]}`,
	} {
		if a := omar.publish("form/cijfers", 0, body); a.StatusCode != 400 {
			t.Errorf("%s: %d %s", name, a.StatusCode, a.body)
		}
	}
	a := omar.want(400, omar.publish("form/cijfers", 0, `{"title":{"nl":""},"entries":[{"code":"A","kind":"question","label":{"nl":" x"}}]}`))
	for _, field := range []string{"title.nl", "entries[0].code", "entries[0].label.nl"} {
		if !strings.Contains(string(a.body), `"field":"`+field+`"`) {
			t.Errorf("%s is not named: %s", field, a.body)
		}
	}
	if s.count("learning_lists") != 0 {
		t.Error("something was stored")
	}
}
