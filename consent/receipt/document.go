package receipt

import (
	"time"

	"github.com/google/uuid"
)

// Receipt is the document of a consent receipt. The names of its members are
// those of DPV 2 and its guide to ISO/IEC TS 27560; where they have no word,
// "vakspiegel:" does.
type Receipt struct {
	Context    map[string]string `json:"@context"`
	ID         string            `json:"@id"`
	Type       string            `json:"@type"`
	ConformsTo string            `json:"dct:conformsTo"` // schema version
	Identifier uuid.UUID         `json:"dct:identifier"` // of the event it is about
	Created    time.Time         `json:"dct:created"`    // as of when it holds: the event's time
	Publisher  string            `json:"dct:publisher"`
	Recipient  string            `json:"schema:recipient"`
	Record     Record            `json:"dpv:hasRecordOfActivity"`
}

// Record is the consent record as of the event.
type Record struct {
	ID             string      `json:"@id"`
	Type           string      `json:"@type"`
	ConformsTo     string      `json:"dct:conformsTo"`
	Identifier     uuid.UUID   `json:"dct:identifier"`
	Created        time.Time   `json:"dct:created"`
	DataSubject    DataSubject `json:"dpv:hasDataSubject"`
	Controller     Party       `json:"dpv:hasDataController"`
	Jurisdiction   string      `json:"dpv:hasJurisdiction"`
	ApplicableLaw  string      `json:"dpv:hasApplicableLaw"`
	LegalBasis     []string    `json:"dpv:hasLegalBasis,omitempty"`
	Notice         Notice      `json:"dpv:hasNotice"`
	Processes      []Process   `json:"dpv:hasProcess"`
	Prohibition    Prohibition `json:"dpv:hasProhibition"`
	ConsentControl Control     `json:"dpv:hasConsentControl"`
	Rights         []Control   `json:"dpv:hasRight"`
	Authority      Party       `json:"dpv:hasAuthority"`
	Status         []Status    `json:"dpv:hasConsentStatus"`
}

// DataSubject is a pseudonym: the record's own number.
type DataSubject struct {
	ID   string `json:"@id"`
	Type string `json:"@type"`
	Role string `json:"schema:roleName"` // citizen, partner, representative, …
	// Of a representative and of whom they represent: in what capacity, and that
	// the represented person was told.
	Capacity string `json:"vakspiegel:capacity,omitempty"`
	Told     bool   `json:"vakspiegel:representedPersonWasTold,omitempty"`
}

// Party is the controller or the supervisory authority.
type Party struct {
	ID         string    `json:"@id"`
	Type       string    `json:"@type"`
	Identifier string    `json:"dpv:hasIdentifier"`
	Name       string    `json:"dpv:hasName"`
	Contacts   []Contact `json:"schema:contactPoint,omitempty"`
}

// Contact is one way to reach a party.
type Contact struct {
	Type      string `json:"@type"`
	Kind      string `json:"schema:contactType,omitempty"`
	Name      string `json:"schema:name,omitempty"`
	Street    string `json:"schema:streetAddress,omitempty"`
	Telephone string `json:"schema:telephone,omitempty"`
	Email     string `json:"schema:email,omitempty"`
	URL       string `json:"schema:url,omitempty"`
}

// Notice is the text that was read, and organisation.yaml as it was shown.
type Notice struct {
	Type         string `json:"@type"`
	Version      string `json:"schema:version"`
	Language     string `json:"dct:language"`
	Hash         string `json:"schema:sha256"`
	Organisation *Part  `json:"dct:hasPart,omitempty"`
}

// Part is a file that was part of a notice.
type Part struct {
	Title string `json:"dct:title"`
	Hash  string `json:"schema:sha256"`
}

// Process is one purpose with everything that belongs to it.
type Process struct {
	Type         string         `json:"@type"`
	Purpose      Concept        `json:"dpv:hasPurpose"`
	PersonalData []PersonalData `json:"dpv:hasPersonalData"`
	DataSource   string         `json:"dpv:hasDataSource"`
	Processing   []string       `json:"dpv:hasProcessing"`
	Recipient    Concept        `json:"dpv:hasRecipient"`
	Location     string         `json:"dpv:hasLocation"`
	Storage      []Storage      `json:"dpv:hasStorageCondition"`
}

// Concept is a thing of ours under a wider one of DPV's, in plain words.
type Concept struct {
	ID      string `json:"@id"`
	Broader string `json:"skos:broader"`
	Label   []Said `json:"skos:prefLabel"`
}

// Said is a sentence in a language.
type Said struct {
	Language string `json:"@language"`
	Value    string `json:"@value"`
}

// PersonalData is a category of it.
type PersonalData struct {
	Type        []string `json:"@type"`
	Description []Said   `json:"dct:description"`
}

// Storage is a condition: where, how long, how it ends.
type Storage struct {
	Type        string    `json:"@type"`
	Location    string    `json:"dpv:hasLocation,omitempty"`
	Duration    *Duration `json:"dpv:hasDuration,omitempty"`
	Description []Said    `json:"dct:description,omitempty"`
}

// Duration is how long something holds.
type Duration struct {
	Type  string `json:"@type"`
	Value string `json:"rdf:value,omitempty"` // ISO 8601 duration, moment, or the name of an event
}

// Prohibition is what the recording is never used for.
type Prohibition struct {
	Type        string `json:"@type"`
	Description []Said `json:"dct:description"`
}

// Control is a right or a way to withdraw, and where it is exercised.
type Control struct {
	Type        []string `json:"@type"`
	ExercisedAt string   `json:"dpv:isExercisedAt"`
	Description []Said   `json:"dct:description"`
}

// Status is one event.
type Status struct {
	Type        []string  `json:"@type"` // state and kind of consent
	Identifier  uuid.UUID `json:"dct:identifier"`
	Kind        string    `json:"vakspiegel:event"` // given, narrowed, paused, …
	At          time.Time `json:"dpv:isIndicatedAtTime"`
	Validity    Duration  `json:"dpv:hasDuration"`
	IndicatedBy string    `json:"dpv:isIndicatedBy"`
	By          string    `json:"vakspiegel:registeredBy"` // participant, klantmanager, privacy_manager, system
	Method      string    `json:"dpv:hasIndicationMethod"`
	Language    string    `json:"dct:language"`
	Purposes    []string  `json:"dpv:hasPurpose"`
	// A wish, no purpose: it opens nothing.
	Lookback bool `json:"vakspiegel:wishesToLookBack,omitempty"`
}
