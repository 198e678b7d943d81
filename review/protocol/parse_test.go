package protocol_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vakspiegel/review/protocol"
)

const good = `id: eigen
version: 2
name: { nl: Onze werkvorm, en: Our way }
about: { nl: "Kort en goed.", en: "Short and good." }
minutes: 30
people: { min: 2, max: 4 }
leader: peer
cases: several
choose: kiezen
prepare:
  asks: { owner: { nl: a, en: b }, participant: { nl: a, en: b }, leader: { nl: a, en: b } }
  posts: { owner: [], participant: [observation], leader: [] }
  blind: true
  refused: { nl: Later., en: Later. }
steps:
  - id: kiezen
    name: { nl: Kiezen, en: Choose }
    minutes: 10
    asks: { owner: { nl: a, en: b }, participant: { nl: a, en: b }, leader: { nl: a, en: b } }
    film: none
    posts: { owner: [line], participant: [line], leader: [line] }
    gate: leader
    refused: { nl: Later., en: Later. }
  - id: kijken
    name: { nl: Kijken, en: Look }
    minutes: 20
    asks: { owner: { nl: a, en: b }, participant: { nl: a, en: b }, leader: { nl: a, en: b } }
    film: chosen
    leads: owner
    posts: { owner: [answer], participant: [question], leader: [question] }
    reveal: true
    gate: ready
    refused: { nl: Later., en: Later. }
`

func TestAProtocolIsReadWhole(t *testing.T) {
	p, err := protocol.Parse("eigen.yaml", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	look := p.Steps[1]
	if p.ID != "eigen" || p.Version != 2 || p.Name.EN != "Our way" || p.People != (protocol.People{Min: 2, Max: 4}) || p.Leader != protocol.PeerLeads ||
		look.ID != "kijken" || look.Minutes != 20 || look.Film != protocol.FilmChosen || look.Leads != protocol.OwnerLeads || !look.Reveal || look.Blind ||
		look.Gate != protocol.GateReady || !slices.Equal(look.Posts(protocol.Owner), []protocol.Kind{protocol.Answer}) {
		t.Errorf("%+v", p)
	}
}

// wrong is a file with one thing changed, and what is said of it.
var wrong = map[string]struct {
	from, to string
	says     []string
}{
	"an unknown key":                         {"    gate: ready\n", "    gate: ready\n    colour: red\n", []string{`eigen.yaml:33: steps[1].colour is unknown; known here are id, name,`}},
	"an unknown key of a text":               {"{ nl: Kijken, en: Look }", "{ nl: Kijken, en: Look, de: Sehen }", []string{`eigen.yaml:25: steps[1].name.de is unknown; known here are nl, en`}},
	"a missing language":                     {"{ nl: Kijken, en: Look }", "{ nl: Kijken }", []string{`eigen.yaml:25: steps[1].name.en is missing`}},
	"a missing sentence of a role":           {"  asks: { owner: { nl: a, en: b }, participant", "  asks: { participant", []string{`eigen.yaml:11: prepare.asks.owner is missing`}},
	"an empty text":                          {`nl: "Kort en goed."`, `nl: " "`, []string{`eigen.yaml:4: about.nl is empty: write it`}},
	"a text that is a number":                {"nl: Kijken", "nl: 12", []string{`eigen.yaml:25: steps[1].name.nl must be text; put it between quotes`}},
	"a text of several lines":                {`nl: "Kort en goed."`, `nl: "Kort\nen goed."`, []string{`eigen.yaml:4: about.nl must be one line`}},
	"a text that is too long":                {"nl: Kijken", "nl: " + strings.Repeat("k", 61), []string{`eigen.yaml:25: steps[1].name.nl has 61 characters: write 60 at most`}},
	"an unknown role":                        {"participant: [question], leader: [question]", "participant: [question], leader: [question], guest: [line]", []string{`eigen.yaml:30: steps[1].posts.guest is unknown; known here are owner, participant, leader`}},
	"an unknown kind":                        {"owner: [answer]", "owner: [answer, score]", []string{`eigen.yaml:30: steps[1].posts.owner[1] must be observation, question,`}},
	"a kind that stands there twice":         {"owner: [answer]", "owner: [answer, answer]", []string{`eigen.yaml:30: steps[1].posts.owner[1] is there already`}},
	"kinds that are no list":                 {"owner: [answer]", "owner: answer", []string{`eigen.yaml:30: steps[1].posts.owner must be a list`}},
	"a number that is none":                  {"minutes: 20", "minutes: twenty", []string{`eigen.yaml:26: steps[1].minutes must be a whole number from 1 to 240`}},
	"a number below zero":                    {"minutes: 20", "minutes: -20", []string{`eigen.yaml:26: steps[1].minutes must be a whole number`}},
	"a broken number":                        {"version: 2", "version: 1.5", []string{`eigen.yaml:2: version must be a whole number`}},
	"minutes that do not add up":             {"minutes: 30", "minutes: 45", []string{`eigen.yaml:5: minutes must be 30, the minutes of the steps together`}},
	"an unknown gate":                        {"gate: ready", "gate: vote", []string{`eigen.yaml:32: steps[1].gate must be ready or leader`}},
	"no gate":                                {"    gate: ready\n", "", []string{`eigen.yaml:24: steps[1].gate is missing`}},
	"more people at least than at most":      {"min: 2, max: 4", "min: 4, max: 2", []string{`eigen.yaml:6: people.min is more than people.max, so no session could open`}},
	"one person and a leader among them":     {"min: 2, max: 4", "min: 1, max: 1", []string{`eigen.yaml:6: people.max is 1 and no coach comes on top`}},
	"nobody":                                 {"min: 2, max: 4", "min: 0, max: 4", []string{`eigen.yaml:6: people.min must be a whole number from 1 to 12`}},
	"a choice in no step":                    {"choose: kiezen", "choose: stemmen", []string{`eigen.yaml:9: choose must be the id of a step, and no step is "stemmen"`}},
	"a choice at the very end":               {"choose: kiezen", "choose: kijken", []string{`eigen.yaml:9: choose is the last step`, `eigen.yaml:28: steps[1].film is chosen, but no case is chosen before`}},
	"a choice from one":                      {"cases: several", "cases: one", []string{`eigen.yaml:9: choose is only for cases: several`}},
	"a chosen film and no choice":            {"choose: kiezen\n", "", []string{`eigen.yaml:27: steps[1].film is chosen, but no case is chosen before`}},
	"blind that nothing reveals":             {"    reveal: true\n", "", []string{`eigen.yaml:13: prepare.blind is never revealed: write reveal: true at a step`}},
	"a blind step that nothing reveals":      {"    reveal: true\n    gate: ready\n", "    blind: true\n    gate: leader\n", []string{`eigen.yaml:31: steps[1].blind is never revealed: write gate: ready here, or reveal: true at a later step`}},
	"blind and revealing at once":            {"    reveal: true\n", "    reveal: true\n    blind: true\n", []string{`steps[1].reveal and blind do not go together`}},
	"a reveal of nothing":                    {"  blind: true\n", "", []string{`eigen.yaml:30: steps[1].reveal has nothing to show`}},
	"blind that is no yes or no":             {"  blind: true", "  blind: sometimes", []string{`eigen.yaml:13: prepare.blind must be true or false`}},
	"two steps with one id":                  {"  - id: kijken", "  - id: kiezen", []string{`eigen.yaml:24: steps[1].id is that of steps[0] too`}},
	"a step that is called like preparing":   {"  - id: kijken", "  - id: prepare", []string{`eigen.yaml:24: steps[1].id is kept for preparing`}},
	"an id with capitals":                    {"id: eigen", "id: Eigen", []string{`eigen.yaml:1: id must be 1 to 40 lower-case letters`}},
	"an unknown leader":                      {"leader: peer", "leader: boss", []string{`eigen.yaml:7: leader must be coach, peer or any`}},
	"film that nobody leads":                 {"    leads: owner\n", "", []string{`eigen.yaml:24: steps[1].leads is missing`}},
	"who leads the film where there is none": {"    film: none\n", "    film: none\n    leads: leader\n", []string{`eigen.yaml:21: steps[0].leads is for a step with film`}},
	"who leads the film that each sees":      {"    film: none\n", "    film: own\n    leads: leader\n", []string{`eigen.yaml:21: steps[0].leads is for film that all see together`}},
	"no steps":                               {good[strings.Index(good, "steps:"):], "steps: []\n", []string{`eigen.yaml:15: steps must be 1 to 20 steps`}},
	"steps that are no list":                 {good[strings.Index(good, "steps:"):], "steps: three\n", []string{`eigen.yaml:15: steps must be a list`}},
	"a step that is a word":                  {good[strings.Index(good, "  - id: kijken"):], "  - kijken\n", []string{`eigen.yaml:24: steps[1] must have fields of its own`}},
	"an alias":                               {"nl: Kijken", "nl: *a", []string{`eigen.yaml:`}},
	"a key that stands there twice":          {"version: 2\n", "version: 2\nversion: 3\n", []string{`eigen.yaml:3: is not YAML: `}},
	"what is no YAML":                        {"name: { nl: Onze", "name: { nl: [Onze", []string{`eigen.yaml:3: is not YAML: `}},
	"nothing":                                {good, "# later\n", []string{`eigen.yaml:1: must hold one protocol`}},
	"two documents":                          {good, good + "---\n" + good, []string{`eigen.yaml:1: must hold one protocol`}},
	"a list":                                 {good, "- a\n- b\n", []string{`eigen.yaml:1: must have fields of its own`}},
	"a book":                                 {good, good + "#" + strings.Repeat("x", protocol.MaxFile), []string{`eigen.yaml:1: is larger than 65536 bytes`}},
}

func TestAWrongProtocolIsRefusedWithItsLineAndWhatToWrite(t *testing.T) {
	for name, c := range wrong {
		t.Run(name, func(t *testing.T) {
			if strings.Count(good, c.from) == 0 {
				t.Fatalf("the good file has no %q", c.from)
			}
			_, err := protocol.Parse("eigen.yaml", []byte(strings.Replace(good, c.from, c.to, 1)))
			if !errors.Is(err, protocol.ErrInvalid) {
				t.Fatalf("not refused: %v", err)
			}
			for _, says := range c.says {
				if !strings.Contains(err.Error(), says) {
					t.Errorf("says\n%v\nwithout\n%s", err, says)
				}
			}
		})
	}
}

func TestAllFaultsAreNamedAtOnceInTheOrderOfTheLines(t *testing.T) {
	text := strings.NewReplacer("version: 2", "version: x", "gate: ready", "gate: vote", "min: 2", "minimum: 2", "en: Choose", "fr: Choisir").Replace(good)
	_, err := protocol.Parse("eigen.yaml", []byte(text))
	var lines []string
	for _, line := range strings.Split(fmt.Sprint(err), "\n") {
		lines = append(lines, strings.Join(strings.SplitN(line, " ", 3)[:2], " "))
	}
	want := []string{
		"eigen.yaml:2: version", "eigen.yaml:6: people.min", "eigen.yaml:6: people.minimum",
		"eigen.yaml:17: steps[0].name.en", "eigen.yaml:17: steps[0].name.fr", "eigen.yaml:32: steps[1].gate",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("%v", err)
	}
}

func TestNoFileMakesTheReaderFailAndEveryFaultHasALineOfTheFile(t *testing.T) {
	entries := builtin(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(entries).Draw(t, "protocol").Source
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			at := rapid.IntRange(0, len(text)).Draw(t, "at")
			end := min(len(text), at+rapid.IntRange(0, 40).Draw(t, "cut"))
			text = text[:at] + rapid.SampledFrom([]string{"", "\n", ": ", "- ", "[", "}", "&a ", "*a", "!!int ", "|\n", "? ", "<<: ", "é", "\x00", "'", "\t"}).Draw(t, "in") + text[end:]
		}
		p, err := protocol.Parse("x.yaml", []byte(text))
		if err == nil {
			if p.ID == "" || len(p.Steps) == 0 {
				t.Fatalf("half a protocol: %+v", p)
			}
			return
		}
		checkFaults(t, err, strings.Count(text, "\n")+1)
	})
}

func checkFaults(t *rapid.T, err error, lines int) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("not joined: %v", err)
	}
	for _, one := range joined.Unwrap() {
		var fault protocol.Fault
		if !errors.As(one, &fault) || fault.Line < 1 || fault.Line > lines || fault.Says == "" {
			t.Fatalf("of %d lines: %+v", lines, one)
		}
	}
}
