package review

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

// Part is where in the conversation a memory belongs, as well as memory knows.
type Part string

// The parts.
const (
	PartBegin  Part = "begin"
	PartMiddle Part = "middle"
	PartEnd    Part = "end"
)

// Begin is what someone wants to look at first: the viewer's choice.
type Begin string

// What to begin with.
const (
	BeginTouched Begin = "touched" // "wat raakte"
	BeginWell    Begin = "well"    // "wat ging goed"
)

// Phase keeps recall apart from reflection.
type Phase string

// The phases.
const (
	Recall     Phase = "recall"     // "Wat dacht je op dat moment?"
	Reflection Phase = "reflection" // "Wat zou je een volgende keer anders doen?"
)

// Step is where someone is in "Tien minuten".
type Step string

// The steps.
const (
	StepMemory   Step = "memory"    // before any picture
	StepFilm     Step = "film"      // at what stayed with them
	StepNextStep Step = "next_step" // one line to try
	StepDone     Step = "done"
)

// Limits of a look-back.
const (
	MaxMemories = 3
	MaxMemory   = 300 // characters
)

// Memory is a line that stayed with someone, written before the picture; it
// may still be empty.
type Memory struct {
	Text string
	Part Part
}

// LookBack is where one person is in looking back on one recording. "" is what
// was not chosen yet.
type LookBack struct {
	PositionMs  int64 // from the film's start, never after its end
	Memories    []Memory
	MemoryIndex int // the memory that the film is at, from 0
	Begin       Begin
	Phase       Phase
	Step        Step
	NextStep    string // one line to try, while it is typed; kept apart once it is done
}

// LookBackChange is what is kept of a look-back; nil leaves it as it is, a
// pointer to "" takes the choice back.
type LookBackChange struct {
	PositionMs  *int64
	Memories    *[]Memory
	MemoryIndex *int
	Begin       *Begin
	Phase       *Phase
	Step        *Step
	NextStep    *string
}

// apply puts the named fields over what there was. A position after the end is
// the end: a player rounds, and where someone was is not to be lost for it.
func (c LookBackChange) apply(l LookBack, durationMs *int64) LookBack {
	if c.PositionMs != nil {
		l.PositionMs = *c.PositionMs
		if durationMs != nil {
			l.PositionMs = min(l.PositionMs, *durationMs)
		}
	}
	put(&l.Memories, c.Memories)
	put(&l.MemoryIndex, c.MemoryIndex)
	put(&l.Begin, c.Begin)
	put(&l.Phase, c.Phase)
	put(&l.Step, c.Step)
	put(&l.NextStep, c.NextStep)
	return l
}

func put[T any](into, from *T) {
	if from != nil {
		*into = *from
	}
}

// check finds every fault of what would be kept.
func (c LookBackChange) check() error {
	var faults []Fault
	add := func(field, code, detail string) { faults = append(faults, Fault{field, code, detail}) }
	if c.PositionMs != nil && *c.PositionMs < 0 {
		add("positionMs", "negative", "A position counts from the film's start: 0 or more.")
	}
	if c.MemoryIndex != nil && (*c.MemoryIndex < 0 || *c.MemoryIndex >= MaxMemories) {
		add("memoryIndex", "range", fmt.Sprintf("A memory is 0 to %d.", MaxMemories-1))
	}
	if c.Memories != nil {
		faults = append(faults, checkMemories(*c.Memories)...)
	}
	if c.NextStep != nil {
		faults = append(faults, checkLine("nextStep", *c.NextStep, MaxNextStep)...)
	}
	if !chosen(c.Begin, BeginTouched, BeginWell) {
		add("begin", "unknown", "Choose touched or well.")
	}
	if !chosen(c.Phase, Recall, Reflection) {
		add("phase", "unknown", "Choose recall or reflection.")
	}
	if !chosen(c.Step, StepMemory, StepFilm, StepNextStep, StepDone) {
		add("step", "unknown", "Choose one of the steps of the contract.")
	}
	if faults != nil {
		return &Invalid{faults}
	}
	return nil
}

// chosen reports whether a choice is untouched, taken back, or one of those there are.
func chosen[T ~string](choice *T, from ...T) bool {
	return choice == nil || *choice == "" || slices.Contains(from, *choice)
}

func checkMemories(memories []Memory) (faults []Fault) {
	if len(memories) > MaxMemories {
		faults = append(faults, Fault{"memories", "too_many", fmt.Sprintf("Keep at most %d.", MaxMemories)})
	}
	for i, m := range memories {
		field := fmt.Sprintf("memories[%d].", i)
		faults = append(faults, checkLine(field+"text", m.Text, MaxMemory)...)
		if !slices.Contains([]Part{PartBegin, PartMiddle, PartEnd}, m.Part) {
			faults = append(faults, Fault{field + "part", "unknown", "Choose begin, middle or end."})
		}
	}
	return faults
}

func checkLine(field, text string, most int) (faults []Fault) {
	if utf8.RuneCountInString(text) > most {
		faults = append(faults, Fault{field, "too_long", fmt.Sprintf("It is at most %d characters.", most)})
	}
	if !utf8.ValidString(text) {
		faults = append(faults, Fault{field, "not_text", "It is text in UTF-8."})
	}
	return faults
}
