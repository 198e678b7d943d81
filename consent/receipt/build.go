package receipt

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Facts are what a receipt is made from: a record's events up to and including
// the one that the receipt is about.
type Facts struct {
	RecordID   uuid.UUID
	Role       string
	Capacity   string // of a representative and of whom they represent: parent, curator, mentor, administrator
	Told       bool   // the represented person was told
	Controller Controller
	Site       string // the installation's public address, without a slash at the end
	Events     []Event
}

// Controller is who is responsible, as organisation.yaml said at the time. Only
// Name is required.
type Controller struct {
	Name      string
	Address   []string // line by line
	Telephone string
	// Who answers questions about privacy.
	PrivacyName, PrivacyTelephone, PrivacyEmail string
}

// Event is one of a record. Times in UTC.
type Event struct {
	ID        uuid.UUID
	Kind      string // a key of states
	At        time.Time
	ByWhom    string    // participant, klantmanager, privacy_manager, system
	Until     time.Time // when what it says ends by itself; zero: not known
	KeptUntil time.Time // until when everyone agreed to keep it longer; zero: RetentionDays counts
	Scopes    []string  // beside the yes itself
	Lookback  bool      // wishes to look back
	Method    string    // own_device, shared_screen, spoken, paper, …

	TextVersion, TextHash, Language string
	OrganisationHash                string // "": there was no organisation.yaml
	LegalBasis                      string // "": not recorded
	RetentionDays                   int    // 0: not recorded
}

// NewReceipt makes the document. There is at least one event.
func NewReceipt(f Facts) Receipt {
	now := f.Events[len(f.Events)-1]
	return Receipt{
		Context: context(), ID: urn(now.ID), Type: typeReceipt, ConformsTo: SchemaReceipt, Identifier: now.ID,
		Created: now.At.UTC(), Publisher: f.Controller.Name, Recipient: dataSubject, Record: record(f, now),
	}
}

func record(f Facts, now Event) Record {
	r := Record{
		ID: urn(f.RecordID), Type: typeRecord, ConformsTo: SchemaRecord, Identifier: f.RecordID, Created: f.Events[0].At.UTC(),
		DataSubject: DataSubject{ID: urn(f.RecordID), Type: dataSubject, Role: f.Role, Capacity: f.Capacity, Told: f.Told},
		Controller:  controller(f), Jurisdiction: jurisdiction, ApplicableLaw: "eu-gdpr:GDPR",
		LegalBasis: slices.Clone(bases[now.LegalBasis]), Notice: notice(now), Processes: processes(now),
		Prohibition:    Prohibition{Type: "dpv:Prohibition", Description: neverFor},
		ConsentControl: control(f.Site+"/code", withdrawWords, "dpv:WithdrawConsent"),
		Rights:         rights(f.Site), Authority: authority,
	}
	for _, event := range f.Events {
		r.Status = append(r.Status, status(event))
	}
	return r
}

func controller(f Facts) Party {
	c := f.Controller
	party := Party{ID: f.Site, Type: "dpv:DataController", Identifier: f.Site, Name: c.Name}
	if len(c.Address) > 0 {
		party.Contacts = append(party.Contacts, Contact{Type: "schema:PostalAddress", Street: strings.Join(c.Address, ", ")})
	}
	if c.Telephone != "" {
		party.Contacts = append(party.Contacts, Contact{Type: "schema:ContactPoint", Telephone: c.Telephone})
	}
	if c.PrivacyName != "" {
		party.Contacts = append(party.Contacts, Contact{
			Type: "schema:ContactPoint", Kind: "privacy", Name: c.PrivacyName, Telephone: c.PrivacyTelephone, Email: c.PrivacyEmail,
		})
	}
	return party
}

func notice(e Event) Notice {
	n := Notice{Type: "dpv:ConsentNotice", Version: e.TextVersion, Language: e.Language, Hash: e.TextHash}
	if e.OrganisationHash != "" {
		n.Organisation = &Part{Title: "organisation.yaml", Hash: e.OrganisationHash}
	}
	return n
}

func processes(e Event) []Process {
	var all []Process
	for _, p := range purposes {
		if p.name != "self" && !slices.Contains(e.Scopes, p.name) {
			continue
		}
		all = append(all, Process{
			Type:         "dpv:Process",
			Purpose:      Concept{ID: purposeID(p.name), Broader: learning, Label: p.purpose},
			PersonalData: personalData, DataSource: "dpv:DataSubjectDataSource", Processing: processing,
			Recipient: Concept{ID: "vakspiegel:recipient-" + p.name, Broader: "dpv:Recipient", Label: p.recipient},
			Location:  jurisdiction, Storage: storage(e),
		})
	}
	return all
}

func purposeID(name string) string { return "vakspiegel:purpose-" + name }

func storage(e Event) []Storage {
	duration := Duration{Type: "dpv:TemporalDuration", Value: days(e.RetentionDays)}
	switch {
	case !e.KeptUntil.IsZero():
		duration = Duration{Type: "dpv:UntilTimeDuration", Value: stamp(e.KeptUntil)}
	case !e.Until.IsZero() && e.Kind != "paused":
		duration = Duration{Type: "dpv:UntilTimeDuration", Value: stamp(e.Until)}
	case e.RetentionDays <= 0:
		duration = Duration{Type: "dpv:UntilEventDuration", Value: "erasure"}
	}
	return []Storage{
		{Type: "dpv:StorageLocation", Location: jurisdiction},
		{Type: "dpv:StorageDuration", Duration: &duration},
		{Type: "dpv:StorageDeletion", Description: deletion},
	}
}

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }

var withdrawWords = words("met de link of de code op uw kaart, zonder reden; of bij de gemeente", "with the link or the code on your card, without a reason; or at the municipality")

func control(at string, says []Said, types ...string) Control {
	return Control{Type: types, ExercisedAt: at, Description: says}
}

func rights(site string) []Control {
	const right = "dpv:DataSubjectRight"
	privacy := site + "/privacy"
	return []Control{
		control(site+"/code", words("uw ja intrekken: alles wordt gewist", "withdraw your yes: everything is erased"), right, "eu-gdpr:A7-3"),
		control(privacy, words("inzien wat er over u is", "see what there is about you"), right, "eu-gdpr:A15"),
		control(privacy, words("laten verbeteren wat niet klopt", "have corrected what is wrong"), right, "eu-gdpr:A16"),
		control(site+"/code", words("laten wissen", "have it erased"), right, "eu-gdpr:A17"),
		control(site+"/code", words("stilzetten: niemand kijkt", "pause: nobody looks"), right, "eu-gdpr:A18"),
		control(authority.ID, words("een klacht indienen bij de Autoriteit Persoonsgegevens", "complain to the Dutch data protection authority"), right, "eu-gdpr:A77"),
	}
}

func status(e Event) Status {
	types := []string{states[e.Kind]}
	if !ended[e.Kind] {
		types = append(types, "dpv:ExplicitlyExpressedConsent")
	}
	allowed := []string{purposeID("self")}
	for _, p := range purposes[1:] {
		if slices.Contains(e.Scopes, p.name) {
			allowed = append(allowed, purposeID(p.name))
		}
	}
	return Status{
		Type: types, Identifier: e.ID, Kind: e.Kind, At: e.At.UTC(), Validity: validity(e), IndicatedBy: indicatedBy(e.Kind, e.ByWhom, e.Method),
		By: e.ByWhom, Method: e.Method, Language: e.Language, Purposes: allowed, Lookback: e.Lookback,
	}
}

func validity(e Event) Duration {
	switch {
	case ended[e.Kind]:
		return Duration{Type: "dpv:EndlessDuration"}
	case !e.Until.IsZero():
		return Duration{Type: "dpv:UntilTimeDuration", Value: stamp(e.Until)}
	}
	return Duration{Type: "dpv:UntilEventDuration", Value: "withdrawal or erasure"}
}
