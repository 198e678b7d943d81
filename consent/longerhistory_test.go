package consent_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"vakspiegel/consent"
)

// question is what the model knows of "Mag het langer?": who said yes so far, and
// what counted when it was asked. Whatever closes changes that, and ends it.
type question struct {
	until, lapses time.Time
	counted       string
	said          map[*person]bool
}

// counts is everything whose change ends a question.
func (m *model) counts() string {
	out := fmt.Sprint(m.gone, m.closed, len(m.people))
	for _, p := range m.people {
		out += fmt.Sprint(p.record, p.paused, p.allows)
	}
	return out
}

func (h *history) askLonger(t *rapid.T) {
	m, _, ok := h.someone(t)
	if !ok {
		return
	}
	h.shelf.ends = consent.Ends{Last: h.clock.Add(30 * day), Latest: h.clock.Add(90 * day)}
	until := h.clock.Add(60 * day)
	err := h.AskLonger(ctx, h.owner, m.id, until)
	playable, _ := m.playable()
	switch {
	case !playable:
		is(t, err, consent.ErrNotFound, consent.ErrWaiting, consent.ErrClosed)
	case m.question != nil:
		is(t, err, consent.ErrLongerAsked)
	default:
		expect(t, err)
		m.question = &question{until: until, lapses: h.clock.Add(consent.LongerLapse), counted: m.counts(), said: map[*person]bool{}}
	}
}

func (h *history) longerYes(t *rapid.T) {
	m, p, ok := h.someone(t)
	if !ok {
		return
	}
	until := h.clock
	if m.question != nil {
		until = m.question.until
	}
	h.shelf.moved = time.Time{}
	err := h.RegisterLongerYes(ctx, h.owner, m.id, p.id, until, yes())
	if m.question == nil {
		is(t, err, consent.ErrNotFound, consent.ErrClosed)
		return
	}
	expect(t, err)
	m.question.said[p] = true
	all := len(m.question.said) == len(m.people)
	if h.shelf.moved.Equal(until) != all {
		t.Fatalf("%d of %d said yes, and the end moved to %v", len(m.question.said), len(m.people), h.shelf.moved)
	}
	if all {
		m.extended++
		m.question = nil
	}
}

func (h *history) longerNo(t *rapid.T) {
	m, p, ok := h.someone(t)
	if !ok {
		return
	}
	err := h.LongerNo(ctx, p.id)
	if m.gone || m.closed || !p.record {
		is(t, err, consent.ErrUnknownLink, consent.ErrClosed)
		return
	}
	expect(t, err)
	m.question = nil
}

// compareLonger holds a question and what came of it against the model: nothing
// of one that is over, and an event in every record of each that all said yes to.
func (h *history) compareLonger(t *rapid.T, m *model) {
	if q := m.question; q != nil && (q.counted != m.counts() || !h.clock.Before(q.lapses)) {
		m.question = nil
	}
	var questions, answers int64
	expect(t, h.db.Table("consent_extensions").Where("conversation_id = ?", m.id.String()).Count(&questions).Error)
	expect(t, h.db.Table("consent_extension_answers").Where("conversation_id = ?", m.id.String()).Count(&answers).Error)
	wantQuestions, wantAnswers := int64(0), int64(0)
	if m.question != nil {
		wantQuestions, wantAnswers = 1, int64(len(m.question.said))
	}
	if questions != wantQuestions || answers != wantAnswers {
		t.Fatalf("%d questions, %d answers; the model says %d, %d", questions, answers, wantQuestions, wantAnswers)
	}
	if m.extended == 0 {
		var events int64
		expect(t, h.db.Table("consent_events").Where("conversation_id = ? AND kind = 'extended'", m.id.String()).Count(&events).Error)
		if events != 0 {
			t.Fatalf("%d records are extended, and not everyone said yes", events)
		}
	}
}
