package protocol

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/goccy/go-yaml/ast"
)

// Limits of a protocol, in characters, minutes, people, steps and bytes.
const (
	MaxName    = 60
	MaxText    = 240
	MaxMinutes = 240
	MaxPeople  = 12
	MaxSteps   = 20
	MaxVersion = 1_000_000
	MaxFile    = 64 << 10
)

var identifier = regexp.MustCompile(`^[a-z][a-z0-9-]{0,39}$`)

// Parse reads a protocol. The name is for the faults. Errors: ErrInvalid, joined
// of every Fault that was found, in the order of the lines.
func Parse(name string, raw []byte) (Protocol, error) {
	s := &source{name: name, lines: map[string]int{}}
	if len(raw) > MaxFile {
		s.fault(1, "", "is larger than %d bytes: a protocol is a page of text", MaxFile)
		return Protocol{}, joined(s.faults)
	}
	f := s.root(raw)
	if f == nil {
		return Protocol{}, joined(s.faults)
	}
	p := f.protocol()
	s.check(p)
	if s.faults != nil {
		return Protocol{}, joined(s.faults)
	}
	return p, nil
}

func (f *fields) protocol() Protocol {
	p := Protocol{
		ID: f.id("id"), Version: f.whole("version", 1, MaxVersion),
		Name: f.text("name", MaxName), About: f.text("about", MaxText),
		Minutes: f.whole("minutes", 1, MaxMinutes),
		People:  f.people("people"),
		Leader:  one(f, "leader", CoachLeads, PeerLeads, AnyLeads),
		Cases:   one(f, "cases", OneCase, SeveralCases),
	}
	if _, there := f.nodes["choose"]; there {
		p.Choose = f.id("choose")
	} else {
		f.optional("choose")
	}
	p.Prepare = f.prepare("prepare")
	nodes := f.items("steps")
	if there := len(nodes); nodes != nil && (there == 0 || there > MaxSteps) {
		f.at("steps", "must be 1 to %d steps", MaxSteps)
	}
	for i, node := range nodes {
		p.Steps = append(p.Steps, f.step(node, fmt.Sprintf("steps[%d]", i)))
	}
	f.end()
	return p
}

func (f *fields) id(key string) string {
	id := f.word(key, MaxText)
	if id != "" && !identifier.MatchString(id) {
		f.at(f.of(key), "must be 1 to 40 lower-case letters, digits and hyphens, and begin with a letter")
		return ""
	}
	return id
}

func (f *fields) text(key string, limit int) Text {
	inner := f.inner(key)
	if inner == nil {
		return Text{}
	}
	defer inner.end()
	return Text{NL: inner.word("nl", limit), EN: inner.word("en", limit)}
}

func (f *fields) people(key string) People {
	inner := f.inner(key)
	if inner == nil {
		return People{}
	}
	defer inner.end()
	return People{Min: inner.whole("min", 1, MaxPeople), Max: inner.whole("max", 1, MaxPeople)}
}

func (f *fields) prepare(key string) Prepare {
	inner := f.inner(key)
	if inner == nil {
		return Prepare{}
	}
	defer inner.end()
	return Prepare{
		Asks: inner.asks("asks"), May: inner.kinds("posts"), Blind: inner.yes("blind"),
		Refused: inner.text("refused", MaxText),
	}
}

func (f *fields) step(node ast.Node, path string) Step {
	inner := f.fields(node, path)
	if inner == nil {
		return Step{}
	}
	defer inner.end()
	step := Step{
		ID: inner.id("id"), Name: inner.text("name", MaxName), Minutes: inner.whole("minutes", 1, MaxMinutes),
		Asks: inner.asks("asks"), Film: one(inner, "film", FilmNone, FilmOwn, FilmAll, FilmChosen),
		Leads: NobodyLeads, May: inner.kinds("posts"), Blind: inner.yes("blind"),
		Gate: one(inner, "gate", GateReady, GateLeader), Reveal: inner.yes("reveal"), Rehearse: inner.yes("rehearse"),
		Refused: inner.text("refused", MaxText),
	}
	_, there := inner.nodes["leads"]
	switch {
	case there || step.Film == FilmAll || step.Film == FilmChosen:
		step.Leads = one(inner, "leads", LeaderLeads, OwnerLeads)
	default:
		inner.optional("leads")
	}
	return step
}

func (f *fields) asks(key string) Asks {
	inner := f.inner(key)
	if inner == nil {
		return Asks{}
	}
	defer inner.end()
	return Asks{
		Owner: inner.text("owner", MaxText), Participant: inner.text("participant", MaxText), Leader: inner.text("leader", MaxText),
	}
}

func (f *fields) kinds(key string) Kinds {
	inner := f.inner(key)
	if inner == nil {
		return Kinds{}
	}
	defer inner.end()
	return Kinds{Owner: inner.posts("owner"), Participant: inner.posts("participant"), Leader: inner.posts("leader")}
}

// posts takes a list of kinds, [] for who only looks or listens.
func (f *fields) posts(key string) []Kind {
	var posts []Kind
	for i, node := range f.items(key) {
		place := fmt.Sprintf("%s[%d]", f.of(key), i)
		text, _ := plain(node)
		kind := Kind(text)
		switch {
		case !slices.Contains(kinds, kind):
			f.fault(lineOfNode(node), place, "must be %s", list(kinds))
		case slices.Contains(posts, kind):
			f.fault(lineOfNode(node), place, "is there already: leave one out")
		default:
			posts = append(posts, kind)
		}
	}
	return posts
}
