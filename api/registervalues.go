package api

import (
	"regexp"
	"slices"
	"time"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
)

// wordsOf are the values that the contract gives a schema.
func (s *Server) wordsOf(schema string) []string {
	var words []string
	for _, value := range s.contract.document.Components.Schemas[schema].Value.Enum {
		words = append(words, value.(string))
	}
	return words
}

var (
	plainWord = regexp.MustCompile(`^[A-Za-z_-]{1,35}$`)
	pseudonym = regexp.MustCompile(`^ *[Kk][Mm]-[0-9A-Fa-f]{6} *$`)
)

// registerFilter reads the query: all its faults at once. Whom the reader
// evaluates is hidden.
func (s *Server) registerFilter(c *call) (filter consent.RegisterFilter, err error) {
	var faults []contract.Fault
	take := func(name, asks string, holds func(string) bool) string {
		value := c.Query(name)
		if value != "" && !holds(value) {
			faults = append(faults, contract.Fault{Field: name, Code: "format", Detail: asks})
			return ""
		}
		return value
	}
	oneOf := func(words []string) func(string) bool {
		return func(value string) bool { return slices.Contains(words, value) }
	}
	const word = "One word, as the register shows it."
	filter.State = consent.State(take("state", "A state of the contract.", oneOf(s.wordsOf("RecordState"))))
	filter.Role = consent.Role(take("role", "A role of the contract.", oneOf(s.wordsOf("RecordRole"))))
	filter.Method = take("method", word, plainWord.MatchString)
	filter.Language = take("language", word, plainWord.MatchString)
	filter.Pseudonym = take("pseudonym", "As in KM-7F3A9C.", pseudonym.MatchString)
	filter.AwaitErasure = take("awaitingErasure", "true or false.", oneOf([]string{"true", "false"})) == "true"
	isDay := func(value string) bool { _, err := time.Parse(time.DateOnly, value); return err == nil }
	filter.From = dayInNL(take("from", "A day, as in 2026-11-03.", isDay), 0)
	filter.Until = dayInNL(take("until", "A day, as in 2026-11-03.", isDay), 1)
	if len(faults) > 0 {
		return filter, &fault{faults}
	}
	filter.Hidden, err = s.People.Evaluated(c.ctx(), nil, c.actor.ID)
	return filter, err
}

// dayInNL is the beginning of a day in the Netherlands, days later; zero for "".
func dayInNL(day string, days int) time.Time {
	at, err := time.ParseInLocation(time.DateOnly, day, consent.Netherlands)
	if err != nil {
		return time.Time{}
	}
	return at.AddDate(0, 0, days)
}

func registerRecord(from consent.RegisterRecord) contract.RegisterRecord {
	out := contract.RegisterRecord{
		ID: from.ID, ConversationID: from.ConversationID, Klantmanager: from.Klantmanager, Role: contract.RecordRole(from.Role),
		State: contract.RecordState(from.State), Scopes: scopes(from.Scopes), Method: from.Method, Language: from.Language,
		TextVersion: from.TextVersion, TextHash: from.TextHash, GivenAt: from.GivenAt, ChangedAt: from.ChangedAt,
	}
	if from.Erasure != nil {
		erasure := registerErasure(*from.Erasure)
		out.Erasure = &erasure
	}
	return out
}

func registerErasure(from consent.Erasure) contract.RegisterErasure {
	out := contract.RegisterErasure{
		What: contract.RegisterErasureWhatConversation, RequestedAt: from.RequestedAt, StoppedAt: from.StoppedAt,
		KeyDestroyedAt: from.KeyDestroyedAt, ErasedAt: from.ErasedAt,
	}
	if from.RecordingID != nil {
		out.What = contract.RegisterErasureWhatRecording
	}
	if from.ErasedAt != nil {
		out.Objects = &from.Objects
	}
	return out
}

func registerEvents(from []consent.RegisterEvent) []contract.RegisterEvent {
	out := make([]contract.RegisterEvent, len(from))
	for i, e := range from {
		out[i] = contract.RegisterEvent{
			Kind: contract.RegisterEventKind(e.Kind), At: e.At, ByWhom: contract.RegisterEventByWhom(e.ByWhom), Scopes: scopes(e.Scopes),
			Method: e.Method, Language: e.Language, TextVersion: e.TextVersion, TextHash: e.TextHash,
		}
		if e.Reason != "" {
			reason := contract.InvalidationReason(e.Reason)
			out[i].Reason = &reason
		}
		if e.Capacity != "" {
			capacity, told := string(e.Capacity), e.Told
			out[i].Capacity, out[i].Told = &capacity, &told
		}
	}
	return out
}

// ledgerState says whether the ledger has everything that closed a record.
func ledgerState(line consent.Timeline) contract.RegisterTimelineLedger {
	closed := len(line.Erasures) > 0 || slices.ContainsFunc(line.Events, func(e consent.RegisterEvent) bool {
		return slices.Contains([]string{"narrowed", "paused", "withdrawn", "revoked", "expired", "invalidated"}, e.Kind)
	})
	switch {
	case line.LedgerOwed:
		return contract.RegisterTimelineLedgerWaiting
	case closed:
		return contract.RegisterTimelineLedgerWritten
	}
	return contract.RegisterTimelineLedgerEmpty
}
