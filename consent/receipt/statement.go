package receipt

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// Statement is the document of a statement of erasure. It is the same whatever
// the cause, and for everyone who was in the room but for their own number.
type Statement struct {
	Context      map[string]string `json:"@context"`
	ID           string            `json:"@id"`
	Type         []string          `json:"@type"`
	ConformsTo   string            `json:"dct:conformsTo"`
	Identifier   uuid.UUID         `json:"dct:identifier"` // of the erasure
	Created      time.Time         `json:"dct:created"`    // of the last stage that is done
	Publisher    string            `json:"dct:publisher"`
	Recipient    string            `json:"schema:recipient"`
	Record       string            `json:"dct:references"` // the consent record it belongs to
	Right        string            `json:"dpv:hasRight"`
	Stage        string            `json:"vakspiegel:stage"`
	Stages       []Stage           `json:"vakspiegel:stages"`
	Erased       []Thing           `json:"vakspiegel:erased"` // what is erased when every stage is done
	Verification []Said            `json:"vakspiegel:verification,omitempty"`
	KeyHolders   int               `json:"vakspiegel:keyHolders,omitempty"` // in how many the key was destroyed
	Origin       []Said            `json:"vakspiegel:firstStoodElsewhere,omitempty"`
	Remains      []Thing           `json:"vakspiegel:remains"`
	PolicyHash   string            `json:"vakspiegel:policySha256"`
}

// Stage is one that is done.
type Stage struct {
	Stage string    `json:"vakspiegel:stage"`
	At    time.Time `json:"dct:date"`
	Label []Said    `json:"dct:description"`
}

// Thing is something that was erased, or that remains until a moment.
type Thing struct {
	ID    string     `json:"@id"`
	Label []Said     `json:"dct:description"`
	Until *time.Time `json:"dct:valid,omitempty"`
	For   string     `json:"dpv:hasDuration,omitempty"` // ISO 8601, when each part has its own end
}

// The stages, in order.
const (
	StageClosed       = "closed"        // nobody may look; being confirmed everywhere
	StageStopped      = "stopped"       // confirmed: no server hands out any more of it
	StageKeyDestroyed = "key_destroyed" // nobody can open it
	StageErased       = "erased"        // bytes gone, looked after
)

// Erasure is what a statement is made from. Times in UTC.
type Erasure struct {
	ID         uuid.UUID
	RecordID   uuid.UUID
	Controller string // name
	// When each stage was reached; nil: not yet.
	ClosedAt                            time.Time
	StoppedAt, KeyDestroyedAt, ErasedAt *time.Time
	HadRecording                        bool
	FromFile                            bool // the recording first stood somewhere else
	KeyHolders                          int  // 0: not recorded
	ProofUntil                          time.Time
	LogDays                             int // how long each line of the log is kept
	PolicyHash                          string
}

// NewStatement makes the document: what stands now, and what will.
func NewStatement(e Erasure) Statement {
	s := Statement{
		Context: context(), ID: urn(e.ID), Type: slices.Clone(statementTypes), ConformsTo: SchemaStatement, Identifier: e.ID,
		Publisher: e.Controller, Recipient: dataSubject, Record: urn(e.RecordID), Right: "eu-gdpr:A17",
		Erased: erasedThings(e), Remains: remains(e), PolicyHash: e.PolicyHash,
	}
	for _, stage := range []struct {
		name string
		at   *time.Time
	}{{StageClosed, &e.ClosedAt}, {StageStopped, e.StoppedAt}, {StageKeyDestroyed, e.KeyDestroyedAt}, {StageErased, e.ErasedAt}} {
		if stage.at == nil {
			continue
		}
		s.Stage = stage.name
		s.Stages = append(s.Stages, Stage{Stage: stage.name, At: stage.at.UTC(), Label: stageWords[stage.name]})
		if stage.at.After(s.Created) {
			s.Created = stage.at.UTC()
		}
	}
	if e.KeyDestroyedAt != nil {
		s.KeyHolders = e.KeyHolders
	}
	if e.ErasedAt != nil {
		s.Verification = verification
	}
	if e.FromFile {
		s.Origin = stoodElsewhere
	}
	return s
}

func erasedThings(e Erasure) []Thing {
	things := []Thing{{ID: "vakspiegel:label", Label: words("het label van het gesprek", "the label of the conversation")},
		{ID: "vakspiegel:link", Label: words("link en code, zoals medewerkers die konden tonen", "link and code, as staff could show them")}}
	if e.HadRecording {
		things = append([]Thing{
			{ID: "vakspiegel:film", Label: words("de film, met beeld en geluid, en alles wat ervan gemaakt is", "the film, picture and sound, and all that was made from it")},
			{ID: "vakspiegel:notes", Label: words("notities bij de film", "notes on the film")},
		}, things...)
	}
	return append(things, Thing{ID: "vakspiegel:keys", Label: words("de sleutels waarmee dit te openen was", "the keys that could open this")})
}

func remains(e Erasure) []Thing {
	until := e.ProofUntil.UTC()
	things := []Thing{{
		ID: "vakspiegel:proof", Until: &until,
		Label: words("bewijs van ja, van elke verandering en van het wissen, zonder inhoud", "proof of the yes, of every change and of the erasing, without content"),
	}, {
		ID: "vakspiegel:log", For: days(e.LogDays),
		Label: words("het logboek van wie wanneer keek of iets deed, zonder inhoud; elke regel heeft een eigen einde", "the log of who looked or acted and when, without content; every line has its own end"),
	}}
	if e.HadRecording {
		things = append(things, Thing{ID: "vakspiegel:nextStep", Label: words(
			"een voornemen dat de medewerker in eigen woorden opschreef, als dat er is", "a next step the member of staff wrote down in their own words, if there is one")})
	}
	return things
}
