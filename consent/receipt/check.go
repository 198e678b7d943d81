package receipt

import (
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
)

// faults gathers what is wrong with a document.
type faults []string

func (f *faults) unless(holds bool, what string) {
	if !holds {
		*f = append(*f, what)
	}
}

func (f faults) err() error {
	if len(f) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %v", ErrFields, []string(f))
}

func isHash(text string) bool {
	raw, err := hex.DecodeString(text)
	return err == nil && len(raw) == 32 && hex.EncodeToString(raw) == text
}

// check holds a receipt against the mandatory fields of ISO/IEC TS 27560 and
// the order of its own events.
func (r Receipt) check() error {
	var f faults
	rec := r.Record
	f.unless(maps.Equal(r.Context, namespaces), "@context")
	f.unless(r.Type == typeReceipt && r.ConformsTo == SchemaReceipt && r.Recipient == dataSubject, "schema of the receipt")
	f.unless(rec.Type == typeRecord && rec.ConformsTo == SchemaRecord, "schema of the record")
	f.unless(r.Identifier != uuid.Nil && r.ID == urn(r.Identifier), "receipt id")
	f.unless(rec.Identifier != uuid.Nil && rec.ID == urn(rec.Identifier), "record id")
	f.unless(rec.DataSubject.ID == rec.ID && rec.DataSubject.Type == dataSubject && rec.DataSubject.Role != "", "data subject")
	f.unless(rec.Controller.Name != "" && rec.Controller.Name == r.Publisher && rec.Controller.ID != "", "controller")
	f.unless(rec.Jurisdiction != "" && rec.ApplicableLaw != "", "jurisdiction")
	f.unless(rec.read(), "notice")
	f.unless(rec.Notice.Organisation == nil || isHash(rec.Notice.Organisation.Hash), "organisation.yaml")
	f.unless(rec.ConsentControl.ExercisedAt != "" && len(rec.Rights) > 0 && rec.Authority.Name != "", "rights")
	f.processes(rec)
	f.events(r)
	return f.err()
}

// read tells whether the notice says which text was read. A klantmanager reads
// none: making the conversation is their yes.
func (r Record) read() bool {
	n := r.Notice
	if r.DataSubject.Role == roleKlantmanager && n.Version == "" {
		return n.Language == "" && n.Hash == ""
	}
	return n.Version != "" && n.Language != "" && n.Hash != ""
}

// roleKlantmanager is who held the conversation.
const roleKlantmanager = "klantmanager"

func (f *faults) processes(rec Record) {
	f.unless(len(rec.Processes) > 0 && rec.Processes[0].Purpose.ID == purposeID("self"), "purposes")
	for _, p := range rec.Processes {
		f.unless(len(p.PersonalData) > 0 && len(p.Processing) > 0 && len(p.Storage) == 3 && p.Recipient.ID != "", "process "+p.Purpose.ID)
	}
}

func (f *faults) events(r Receipt) {
	events := r.Record.Status
	if len(events) == 0 || len(r.Record.Processes) == 0 {
		f.unless(false, "events")
		return
	}
	last := events[len(events)-1]
	f.unless(last.Identifier == r.Identifier && last.At.Equal(r.Created), "the event that it is about")
	f.unless(events[0].At.Equal(r.Record.Created), "the first event")
	for i, e := range events {
		f.unless(states[e.Kind] != "" && len(e.Type) > 0 && e.Type[0] == states[e.Kind], "state of an event")
		f.unless(indicated[e.By] != "" && e.IndicatedBy == indicatedBy(e.Kind, e.By, e.Method) && e.Method != "" && e.Validity.Type != "", "who, how and how long of an event")
		f.unless(i == len(events)-1 || !ended[e.Kind], "an event after the end")
	}
	purposes := make([]string, len(r.Record.Processes))
	for i, p := range r.Record.Processes {
		purposes[i] = p.Purpose.ID
	}
	f.unless(slices.Equal(purposes, last.Purposes), "purposes of the last event")
}

// check holds a statement against its own stages.
func (s Statement) check() error {
	var f faults
	f.unless(maps.Equal(s.Context, namespaces), "@context")
	f.unless(slices.Equal(s.Type, statementTypes) && s.ConformsTo == SchemaStatement && s.Recipient == dataSubject, "schema")
	f.unless(s.Identifier != uuid.Nil && s.ID == urn(s.Identifier) && s.Record != "", "ids")
	f.unless(s.Publisher != "" && s.Right == "eu-gdpr:A17" && s.PolicyHash != "", "who and why")
	f.unless(len(s.Erased) > 0 && len(s.Remains) > 0, "what is erased and what remains")
	f.unless(len(s.Stages) > 0 && s.Stages[0].Stage == StageClosed && s.Stages[len(s.Stages)-1].Stage == s.Stage, "stages")
	var latest time.Time
	for _, stage := range s.Stages {
		f.unless(len(stageWords[stage.Stage]) > 0, "a stage")
		if stage.At.After(latest) {
			latest = stage.At
		}
	}
	f.unless(s.Created.Equal(latest), "its moment")
	f.unless((s.Stage == StageErased) == (len(s.Verification) > 0), "verification")
	return f.err()
}
