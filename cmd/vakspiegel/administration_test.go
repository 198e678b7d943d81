package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vakspiegel/consent/texts"
)

var administration = []string{"texts", "texts/documents?language=ar", "organisation", "settings", "health"}

func TestAnAdministratorReadsTheInstallationAndNobodyElseDoes(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, _ := launch(t, p, func(settings *Settings) { settings.Texts = texts.Demo() })
		omar := s.as("omar")
		for _, who := range []string{"noor", "daan", "bram", "ingrid", "henk", "petra", "femke", "olga"} {
			other := s.as(who)
			for _, page := range administration {
				other.wantCode(403, "forbidden", other.get("/api/v1/administration/"+page))
			}
		}
		for page, says := range map[string]string{
			"texts":                       `"authoritative":true`,
			"texts/documents?language=nl": `"Mogen we ons gesprek filmen?"`,
			"organisation":                `"file":true`,
			"settings":                    `{"seconds":5184000,"variable":"VAKSPIEGEL_RETENTION"}`,
			"health":                      `{"database":true,"keyHolders":[true],"keys":true,"store":true}`,
		} {
			if body := string(omar.want(200, omar.get("/api/v1/administration/"+page)).body); !strings.Contains(body, says) {
				t.Errorf("%s: %.300s", page, body)
			}
		}
		omar.wantCode(404, "not_found", omar.get("/api/v1/administration/texts/documents?language=xx"))
	})
}

// The administrator's view is the same with and without people's doings in it.
func TestNothingOnTheAdministratorsScreensMovesWithOnePerson(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		omar, noor := s.as("omar"), s.as("noor")
		look := func() (pages string) {
			for _, page := range administration {
				pages += string(omar.want(200, omar.get("/api/v1/administration/"+page)).body)
			}
			return pages
		}
		before := look()
		c, citizen := s.given(noor)
		id := noor.upload(c.ID, sampleFilm)
		noor.want(200, noor.get("/api/v1/recordings/"+id+"/video"))
		if look() != before {
			t.Error("it moves with a recording")
		}
		must(t, s.db.Exec("UPDATE erasures SET claimed_until = ?", time.Now().Add(time.Hour)).Error)
		citizen.want(http.StatusSeeOther, citizen.withdraw(c.Participants[0].ConsentURL))
		if look() != before {
			t.Error("it moves with a withdrawal")
		}
	})
}

func TestAKeyHolderThatIsDownIsToldByItsPlaceAndNothingElseOfIt(t *testing.T) {
	t.Parallel()
	holders := []string{filepath.Join(t.TempDir(), "east", "keys.json"), filepath.Join(t.TempDir(), "west", "keys.json")}
	s, _ := launch(t, sqlitePair(t), func(settings *Settings) { settings.KeyHolders = []string{"file:" + holders[0], "file:" + holders[1]} })
	omar := s.as("omar")
	health := func() string { return string(omar.want(200, omar.get("/api/v1/administration/health")).body) }
	if got := health(); !strings.Contains(got, `"keyHolders":[true,true]`) {
		t.Errorf("with both: %s", got)
	}
	must(t, os.Rename(holders[1], holders[1]+".away"))
	got := health()
	if !strings.Contains(got, `"keyHolders":[true,false],"keys":true`) {
		t.Errorf("with the second away: %s", got)
	}
	for _, secret := range []string{"east", "west", "keys.json", t.TempDir(), "file:"} {
		if strings.Contains(got, secret) {
			t.Errorf("it says where a holder is: %s", got)
		}
	}
	must(t, os.Rename(holders[1]+".away", holders[1]))
	if got := health(); !strings.Contains(got, `"keyHolders":[true,true]`) {
		t.Errorf("when it is back: %s", got)
	}
}

func TestAnErasureThatWaitsForTooLongIsTold(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		omar, noor := s.as("omar"), s.as("noor")
		c, _ := s.given(noor)
		long := time.Now().Add(-61 * time.Minute).UTC()
		must(t, s.db.Exec(`INSERT INTO erasures (id, conversation_id, recording_id, owner_id, requested_at, claimed_until, purge_after)
			SELECT id, id, id, owner_id, ?, ?, ? FROM conversations WHERE id = ?`, long, long.Add(24*time.Hour), long.Add(24*time.Hour), c.ID).Error)
		body := string(omar.want(200, omar.get("/api/v1/administration/health")).body)
		if !strings.Contains(body, `"erasureWaitsSeconds":36`) {
			t.Errorf("after an hour it says %s", body)
		}
	})
}
