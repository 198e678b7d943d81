package protocol_test

import (
	"slices"
	"testing"

	"vakspiegel/review/protocol"
)

func get(t *testing.T, id string) protocol.Protocol {
	t.Helper()
	catalogue, err := protocol.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	entry, there := catalogue.Get(id)
	if !there {
		t.Fatalf("there is no %s", id)
	}
	return entry.Protocol
}

func TestALeaderWhoOwnsTheCasePostsAsItsOwnerAndReadsBothSentences(t *testing.T) {
	p := get(t, "incidentmethode")
	advice := p.Steps[p.Index("advies")]
	if role := protocol.RoleOf(true, true); role != protocol.Owner || len(advice.Posts(role)) > 0 {
		t.Errorf("an owner who leads is %s and posts %v in the advice round", role, advice.Posts(role))
	}
	if asked := advice.Asked(true, true); !slices.Equal(asked, []protocol.Text{advice.Asks.Owner, advice.Asks.Leader}) {
		t.Errorf("asked: %v", asked)
	}
	if asked := advice.Asked(false, true); !slices.Equal(asked, []protocol.Text{advice.Asks.Leader}) {
		t.Errorf("of a leader alone: %v", asked)
	}
	if asked := advice.Asked(false, false); !slices.Equal(asked, []protocol.Text{advice.Asks.Participant}) {
		t.Errorf("of a participant: %v", asked)
	}
}

func TestASessionGoesOneStepOnOrBackAndNeverBackToPreparing(t *testing.T) {
	p := get(t, "incidentmethode")
	last := len(p.Steps) - 1
	for _, move := range []struct {
		from, to int
		can      bool
	}{
		{protocol.Preparing, 0, true}, {0, 1, true}, {1, 0, true}, {last, last - 1, true},
		{0, protocol.Preparing, false}, {0, 0, false}, {0, 2, false}, {3, 1, false}, {protocol.Preparing, 1, false},
		{last, last + 1, false}, {last + 1, last, false}, {-2, protocol.Preparing, false},
	} {
		if got := p.CanGo(move.from, move.to); got != move.can {
			t.Errorf("from %d to %d: %v", move.from, move.to, got)
		}
	}
}

func TestARevealShowsTheBlindStepsBeforeItAndNoOther(t *testing.T) {
	p := get(t, "incidentmethode")
	for i, want := range map[int][]int{
		protocol.Preparing: {protocol.Preparing}, // by the leader's word
		p.Index("kiezen"):  nil,
		p.Index("vragen"):  {protocol.Preparing},
		p.Index("analyse"): {p.Index("analyse")},
		p.Index("advies"):  nil,
		len(p.Steps):       nil,
	} {
		if got := p.RevealedBy(i); !slices.Equal(got, want) {
			t.Errorf("step %d: %v, not %v", i, got, want)
		}
	}
}

func TestOnlyAfterTheChoiceAStepIsAboutTheChosenCase(t *testing.T) {
	p := get(t, "incidentmethode")
	choose := p.Index("kiezen")
	for i := protocol.Preparing; i < len(p.Steps); i++ {
		if p.AboutChosen(i) != (i > choose) || p.Chooses(i) != (i == choose) {
			t.Errorf("step %d: about the chosen %v, chooses %v", i, p.AboutChosen(i), p.Chooses(i))
		}
	}
	if club := get(t, "videoclub"); club.AboutChosen(3) || club.Chooses(protocol.Preparing) {
		t.Error("in a protocol without a choice a step is about the chosen case")
	}
}

func TestTheFilmIsLedByWhomTheStepNames(t *testing.T) {
	p := get(t, "incidentmethode")
	for _, c := range []struct {
		step        string
		owns, leads bool
		want        bool
	}{
		{"vragen", true, false, true}, {"vragen", false, true, false}, {"vragen", false, false, false},
		{"analyse", false, true, true}, {"analyse", true, false, false}, {"analyse", true, true, true},
		{"terugblik", true, true, false}, // no film
	} {
		if got := p.Steps[p.Index(c.step)].LeadsFilm(c.owns, c.leads); got != c.want {
			t.Errorf("%s: owns %v, leads %v: %v", c.step, c.owns, c.leads, got)
		}
	}
	if preparing, _ := p.Step(protocol.Preparing); preparing.LeadsFilm(true, true) || !preparing.Shows(false, false) {
		t.Error("while preparing everyone looks, and nobody leads the film")
	}
	if questions := p.Steps[p.Index("vragen")]; questions.Shows(true, false) || !questions.Shows(false, true) {
		t.Error("in the question round a fragment is on that was not chosen")
	}
}

func TestACoachWhoLeadsIsNotCountedAndNobodyHasASessionAlone(t *testing.T) {
	for _, c := range []struct {
		people     protocol.People
		members    int
		coachLeads bool
		want       int
	}{
		{protocol.People{Min: 3, Max: 6}, 6, false, 0}, {protocol.People{Min: 3, Max: 6}, 7, true, 0},
		{protocol.People{Min: 3, Max: 6}, 7, false, +1}, {protocol.People{Min: 3, Max: 6}, 3, true, -1},
		{protocol.People{Min: 1, Max: 1}, 2, true, 0}, {protocol.People{Min: 1, Max: 1}, 1, false, -1},
		{protocol.People{Min: 1, Max: 3}, 1, false, -1},
	} {
		if got := c.people.Fit(c.members, c.coachLeads); got != c.want {
			t.Errorf("%+v: %d members, coach leads %v: %v", c.people, c.members, c.coachLeads, got)
		}
	}
}

func TestWhatAStepLetsPostCannotBeChangedFromOutside(t *testing.T) {
	p := get(t, "incidentmethode")
	questions := p.Steps[p.Index("vragen")]
	questions.Posts(protocol.Participant)[0] = protocol.Advice
	if slices.Contains(questions.Posts(protocol.Participant), protocol.Advice) {
		t.Error("a caller changed what the step allows")
	}
	if posts := questions.Posts("chair"); posts != nil {
		t.Errorf("an unknown role posts %v", posts)
	}
}
