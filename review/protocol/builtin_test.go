package protocol_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vakspiegel/review/protocol"
)

var roles = []protocol.Role{protocol.Owner, protocol.Participant, protocol.LeaderRole}

func builtin(t *testing.T) []protocol.Entry {
	t.Helper()
	catalogue, err := protocol.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue.All()
}

// eachStep asks of every step of every built-in, preparing too.
func eachStep(t *testing.T, ask func(t *testing.T, p protocol.Protocol, i int, step protocol.Step)) {
	t.Helper()
	for _, entry := range builtin(t) {
		for i := protocol.Preparing; i < len(entry.Steps); i++ {
			step, there := entry.Step(i)
			if !there {
				t.Fatalf("%s has no step %d", entry.ID, i)
			}
			t.Run(entry.ID+"/"+step.ID, func(t *testing.T) { ask(t, entry.Protocol, i, step) })
		}
	}
}

// adviceRound is a step in which someone can give advice.
func adviceRound(step protocol.Step) bool {
	return slices.ContainsFunc(roles, func(role protocol.Role) bool { return slices.Contains(step.Posts(role), protocol.Advice) })
}

func TestNoWayThroughABuiltInGivesAdviceBeforeItsAdviceRoundOrFromTheOwner(t *testing.T) {
	entries := builtin(t)
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(entries).Draw(t, "protocol")
		at := protocol.Preparing
		for range 40 {
			if to := rapid.IntRange(at-2, at+2).Draw(t, "to"); p.CanGo(at, to) {
				at = to
			}
			step, there := p.Step(at)
			if !there {
				t.Fatalf("%s: a session stands at step %d, which is none", p.ID, at)
			}
			role := protocol.RoleOf(rapid.Bool().Draw(t, "owns"), rapid.Bool().Draw(t, "leads"))
			posts := step.Posts(role)
			if slices.Contains(posts, protocol.Advice) && (step.ID != "advies" || role == protocol.Owner) {
				t.Fatalf("%s/%s: the %s can give advice", p.ID, step.ID, role)
			}
			if adviceRound(step) && role == protocol.Owner && len(posts) > 0 {
				t.Fatalf("%s/%s: the owner can post %v in the advice round", p.ID, step.ID, posts)
			}
		}
	})
}

func TestEveryRoleHasOneSentenceInEveryStepInBothLanguages(t *testing.T) {
	eachStep(t, func(t *testing.T, _ protocol.Protocol, _ int, step protocol.Step) {
		for _, role := range roles {
			asks := step.Asks.To(role)
			for _, sentence := range []string{asks.NL, asks.EN} {
				sentence = strings.ReplaceAll(sentence, `?"`, "?") // a question that is quoted
				if strings.Count(sentence, ".")+strings.Count(sentence, "?") != 1 || !strings.ContainsAny(sentence[len(sentence)-1:], ".?") {
					t.Errorf("%s: not one sentence: %q", role, sentence)
				}
				if n := len(strings.Fields(sentence)); n > 22 {
					t.Errorf("%s: %d words is too long for level B1: %q", role, n, sentence)
				}
			}
		}
		if step.Refused.NL == "" || step.Refused.EN == "" || step.Name.NL == "" || step.Name.EN == "" {
			t.Error("a name or the sentence of what is refused is missing")
		}
	})
}

func TestEveryBlindStepIsRevealedByItselfOrALaterOne(t *testing.T) {
	eachStep(t, func(t *testing.T, p protocol.Protocol, i int, step protocol.Step) {
		if !step.Blind {
			return
		}
		if i >= 0 && step.Gate == protocol.GateReady && slices.Equal(p.RevealedBy(i), []int{i}) {
			return
		}
		for later := i + 1; later < len(p.Steps); later++ {
			if slices.Contains(p.RevealedBy(later), i) {
				return
			}
		}
		t.Error("what is posted here is never shown")
	})
}

func TestTheMinutesOfTheStepsAddUp(t *testing.T) {
	for _, p := range builtin(t) {
		total := 0
		for _, step := range p.Steps {
			total += step.Minutes
		}
		if total != p.Minutes {
			t.Errorf("%s: %d minutes, and its steps %d", p.ID, p.Minutes, total)
		}
	}
}

func TestThereAreSixBuiltInsInTheOrderOfTheScreens(t *testing.T) {
	catalogue, err := protocol.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"incidentmethode", "videoclub", "samen-terugkijken", "reflectiegesprek", "sterke-momenten", "terugroepen"}
	if got := ids(catalogue); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
}

func TestWhileRecallingOnlyTheOwnerLeadsTheFilmAndTheOthersOnlyAsk(t *testing.T) {
	p := get(t, "terugroepen")
	filmed := 0
	for i := protocol.Preparing; i < len(p.Steps); i++ {
		step, _ := p.Step(i)
		if step.LeadsFilm(false, true) || step.LeadsFilm(false, false) {
			t.Errorf("%s: another one leads the film", step.ID)
		}
		if step.LeadsFilm(true, false) {
			filmed++
		}
		for _, role := range []protocol.Role{protocol.Participant, protocol.LeaderRole} {
			for _, kind := range step.Posts(role) {
				if kind != protocol.Question {
					t.Errorf("%s: the %s can post %s", step.ID, role, kind)
				}
			}
		}
	}
	if filmed == 0 {
		t.Error("there is no film to stop")
	}
}

func TestAReflectionTalkBeginsWithTheOwnersAgendaAndEndsWithRehearsing(t *testing.T) {
	p := get(t, "reflectiegesprek")
	if p.Steps[0].ID != "agenda" || len(p.Steps[0].Posts(protocol.Owner)) == 0 || p.Leader != protocol.CoachLeads || p.People.Fit(2, true) != 0 {
		t.Errorf("%+v", p.Steps[0])
	}
	if i := p.Index("oefenen"); i != len(p.Steps)-2 || !p.Steps[i].Rehearse {
		t.Errorf("rehearsing is step %d of %d", i, len(p.Steps))
	}
	for _, question := range []string{"echtheid", "doel", "aansluiting"} {
		if i := p.Index(question); i < 0 || !p.Steps[i].Blind || p.Steps[i].Gate != protocol.GateReady {
			t.Errorf("lead question %s is not answered apart first", question)
		}
	}
}

func TestStrongMomentsLeaveRoomForNothingButStrengthsFirst(t *testing.T) {
	p := get(t, "sterke-momenten")
	if p.Minutes > 60 {
		t.Errorf("a review takes at most an hour, not %d minutes", p.Minutes)
	}
	for _, role := range roles {
		preparing, _ := p.Step(protocol.Preparing)
		if !slices.Equal(preparing.Posts(role), []protocol.Kind{protocol.Strength}) {
			t.Errorf("while preparing the %s posts %v", role, preparing.Posts(role))
		}
	}
}

func TestTheIncidentMethodIsThatOfTheDesign(t *testing.T) {
	catalogue, err := protocol.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	p, there := catalogue.Get("incidentmethode")
	if !there || p.Minutes != 65 || p.Choose != "kiezen" || p.Cases != protocol.SeveralCases {
		t.Fatalf("%+v", p.Protocol)
	}
	var minutes []int
	for _, step := range p.Steps {
		minutes = append(minutes, step.Minutes)
	}
	if !slices.Equal(minutes, []int{5, 10, 5, 15, 10, 10, 10}) {
		t.Errorf("minutes %v", minutes)
	}
	questions, analysis, advice := p.Index("vragen"), p.Index("analyse"), p.Index("advies")
	for _, role := range roles {
		for _, kind := range []protocol.Kind{protocol.Advice, protocol.Analysis, protocol.Alternative} {
			if slices.Contains(p.Steps[questions].Posts(role), kind) {
				t.Errorf("in the question round the %s can post %s", role, kind)
			}
		}
	}
	for _, listening := range []int{analysis, advice} {
		if posts := p.Steps[listening].Posts(protocol.Owner); len(posts) > 0 {
			t.Errorf("in %s the owner can post %v", p.Steps[listening].ID, posts)
		}
	}
	if got := p.Steps[questions].Refused.NL; got != "Nu alleen vragen, nog geen adviezen." {
		t.Errorf("refused: %q", got)
	}
}
