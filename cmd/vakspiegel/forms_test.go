package main

import (
	"fmt"
	"strings"
	"testing"
)

// fill changes a form that was read at a version.
func (b *browser) fill(form string, version int, body string) answer {
	return b.send("PATCH", form, map[string]string{
		"Content-Type": "application/json", "If-Match": fmt.Sprintf("%q", fmt.Sprint(version)),
	}, strings.NewReader(body))
}

func TestAFormIsFilledInOnItsOwnVersionAndGoesWithTheRecording(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor, omar := s.as("noor"), s.as("omar")
		c, citizen := s.given(noor)
		forms := "/api/v1/recordings/" + noor.upload(c.ID, sampleFilm) + "/forms"
		begun := noor.want(201, noor.json("POST", forms, map[string]any{"code": "drie-leidvragen"}))
		form := begun.Header.Get("Location")
		newer := `{"title":{"nl":"Drie leidvragen"},"entries":[{"code":"echtheid","kind":"question","label":{"nl":"Anders gevraagd"}}]}`
		omar.want(201, omar.publish("form/drie-leidvragen", 0, newer))

		noor.want(200, noor.fill(form, 1, `{"answers":[{"code":"aansluiting","text":"`+noteWords+`","moments":[]}]}`))
		noor.wantCode(412, "changed", noor.fill(form, 1, `{"answers":[{"code":"aansluiting","text":"toen","moments":[]}]}`))
		noor.wantCode(400, "invalid", noor.fill(form, 2, `{"answers":[{"code":"aansluiting","text":"","moments":[{"startMs":0}]}]}`))
		noor.wantCode(400, "invalid", noor.fill(form, 2, `{"answers":[{"code":"aansluiting","text":"","moments":[],"score":7}]}`))
		noor.wantCode(428, "precondition_required", noor.json("PATCH", form, map[string]any{"visibility": "session"}))
		again := string(noor.want(200, noor.json("POST", forms, map[string]any{"code": "drie-leidvragen"})).body)
		list := string(noor.want(200, noor.get(forms)).body)
		for _, body := range []string{again, list} {
			if !strings.Contains(body, noteWords) || strings.Contains(body, "Anders gevraagd") || !strings.Contains(body, `"perspective":"professional"`) {
				t.Errorf("the form: %s", body)
			}
		}
		for _, who := range []string{"bram", "ingrid", "omar"} {
			other := s.as(who)
			other.wantCode(404, "not_found", other.get(forms))
			other.wantCode(404, "not_found", other.fill(form, 2, `{"visibility":"session"}`))
		}
		citizen.want(303, citizen.withdraw(c.Participants[0].ConsentURL))
		noor.wantCode(404, "not_found", noor.get(forms))
		noor.until("the form is gone", func() bool { return s.count("observation_forms") == 0 })
	})
}
