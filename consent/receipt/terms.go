package receipt

import (
	"fmt"
	"maps"

	"github.com/google/uuid"
)

// Schemas and types. The first two are of DPV's guide (namespace dpv-27560).
const (
	SchemaReceipt   = "https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr"
	SchemaRecord    = "https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr"
	SchemaStatement = "urn:vakspiegel:erasure-statement:1"

	typeReceipt = "dpv:ConsentReceipt"
	typeRecord  = "dpv:ConsentRecord"
	dataSubject = "dpv:DataSubject"
)

var statementTypes = []string{"dpv:RightFulfilmentNotice", "vakspiegel:ErasureStatement"}

var namespaces = map[string]string{
	"dct":        "http://purl.org/dc/terms/",
	"dpv":        "https://w3id.org/dpv#",
	"eu-gdpr":    "https://w3id.org/dpv/legal/eu/gdpr#",
	"loc":        "https://w3id.org/dpv/loc#",
	"pd":         "https://w3id.org/dpv/pd#",
	"rdf":        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
	"schema":     "https://schema.org/",
	"skos":       "http://www.w3.org/2004/02/skos/core#",
	"vakspiegel": "urn:vakspiegel:",
}

func context() map[string]string { return maps.Clone(namespaces) }

func urn(id uuid.UUID) string { return "urn:uuid:" + id.String() }

func days(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf("P%dD", n)
}

func words(nl, en string) []Said { return []Said{{"nl", nl}, {"en", en}} }

// states says which consent state of DPV an event leads to. DPV has none for a
// pause; its wider "not valid for processing" says what counts: nobody looks.
var states = map[string]string{
	"given":       "dpv:ConsentGiven",
	"narrowed":    "dpv:ConsentGiven",
	"resumed":     "dpv:ConsentGiven",
	"widened":     "dpv:RenewedConsentGiven",
	"confirmed":   "dpv:RenewedConsentGiven",
	"extended":    "dpv:RenewedConsentGiven",
	"paused":      "dpv:ConsentStatusInvalidForProcessing",
	"withdrawn":   "dpv:ConsentWithdrawn",
	"revoked":     "dpv:ConsentRevoked",
	"expired":     "dpv:ConsentExpired",
	"invalidated": "dpv:ConsentInvalidated",
}

// ended are the states after which nothing may be done any more.
var ended = map[string]bool{"withdrawn": true, "revoked": true, "expired": true, "invalidated": true}

// Ended tells whether nothing is allowed any more after an event of this kind.
func Ended(kind string) bool { return ended[kind] }

// bases are the legal bases of organisation.yaml (AVG 6 and 9).
var bases = map[string][]string{
	"consent":     {"eu-gdpr:A6-1-a", "eu-gdpr:A9-2-a"},
	"public_task": {"eu-gdpr:A6-1-e"},
}

// indicated says whose act an event is, in DPV's words: what a member of staff
// registered was still said by the person.
var indicated = map[string]string{
	"participant":     dataSubject,
	"klantmanager":    dataSubject,
	"privacy_manager": dataSubject,
	"system":          "dpv:DataController",
}

// indicatedBy says it of an event: a representative's yes is not the person's
// own, and that a consent was never valid is found, not said.
func indicatedBy(kind, by, method string) string {
	switch {
	case kind == "invalidated":
		return "dpv:DataController"
	case kind == "given" && method == methodRepresented:
		return "dpv:Representative"
	}
	return indicated[by]
}

const methodRepresented = "represented"

const learning = "dpv:ImprovePublicServices" // DPV has no narrower purpose for learning at work

// purposes in the order they are shown; self is the yes itself.
var purposes = []struct {
	name               string
	purpose, recipient []Said
}{
	{"self", words("de klantmanager kijkt de film terug, om van het eigen gesprek te leren", "the caseworker looks back at the film, to learn from their own conversation"),
		words("de klantmanager die het gesprek voerde", "the caseworker who held the conversation")},
	{"coach", words("een coach kijkt mee, om de klantmanager te helpen leren", "a coach looks along, to help the caseworker learn"),
		words("een coach van de gemeente", "a coach of the municipality")},
	{"peers", words("een paar collega's bekijken stukjes, om samen te leren (intervisie)", "a few colleagues look at fragments, to learn together (peer review)"),
		words("een paar collega's van de klantmanager", "a few colleagues of the caseworker")},
	{"training", words("andere collega's bekijken stukjes in een training", "other colleagues look at fragments in a training"),
		words("collega's van de gemeente in een training", "colleagues of the municipality in a training")},
}

// personalData are the categories. Special ones are not asked for, but may come
// up in a conversation; the yes names them.
var personalData = []PersonalData{
	{[]string{"pd:Picture"}, words("beeld van wie erbij was", "pictures of who was there")},
	{[]string{"pd:Communication"}, words("stem, en wat er in het gesprek gezegd is", "voices, and what was said in the conversation")},
	{[]string{"dpv:SpecialCategoryPersonalData", "pd:Health", "pd:ReligiousBelief"}, words("gezondheid of geloof, als het gesprek daarover gaat", "health or belief, if the conversation is about them")},
}

var processing = []string{"dpv:Record", "dpv:Store", "dpv:Display", "dpv:Erase"}

const jurisdiction = "loc:NL"

var deletion = words(
	"eerder als iemand die erbij was intrekt; de sleutel wordt vernietigd in elke sleutelhouder, daarna worden de versleutelde bestanden gewist en wordt nagekeken dat ze weg zijn",
	"earlier when anyone who was there withdraws; the key is destroyed in every key holder, then the sealed files are erased and it is checked that they are gone")

var neverFor = words("niet als bewijs, en niet om iemand te beoordelen", "not as evidence, and not to evaluate anyone")

// authority is the supervisory authority of the Netherlands.
var authority = Party{
	ID: "https://www.autoriteitpersoonsgegevens.nl", Type: "dpv:DataProtectionAuthority",
	Identifier: "https://www.autoriteitpersoonsgegevens.nl", Name: "Autoriteit Persoonsgegevens",
	Contacts: []Contact{
		{Type: "schema:PostalAddress", Street: "Postbus 93374, 2509 AJ Den Haag"},
		{Type: "schema:ContactPoint", URL: "https://www.autoriteitpersoonsgegevens.nl"},
	},
}

var stageWords = map[string][]Said{
	StageClosed:       words("Gesloten. Niemand mag nog kijken.", "Closed. Nobody may look any more."),
	StageStopped:      words("Gestopt, en op elke server bevestigd.", "Stopped, and confirmed on every server."),
	StageKeyDestroyed: words("De sleutel is vernietigd. Niemand kan de opname nog openen.", "The key is destroyed. Nobody can open the recording any more."),
	StageErased:       words("Alles is gewist en nagekeken.", "Everything is erased and checked."),
}

var verification = words(
	"na het wissen is de opslag opnieuw bekeken: er was niets meer van deze opname, ook geen oude versies en geen onaffe uploads; de sleutel is in elke sleutelhouder vernietigd",
	"after erasing, the store was listed again: nothing of this recording was left, no older versions and no unfinished uploads either; the key was destroyed in every key holder")

var stoodElsewhere = words(
	"de opname kwam uit een bestand dat eerst op een ander apparaat of in een ander programma stond; daar kan Vakspiegel niet bij",
	"the recording came from a file that first stood on another device or in another program; Vakspiegel cannot reach that")
