package review

import (
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
)

// The documents that a Web Annotation refers to (W3C Recommendations of 23
// February 2017, Web Annotation Data Model, and of 25 September 2012, Media
// Fragments URI 1.0).
const (
	annotationContext = "http://www.w3.org/ns/anno.jsonld"
	mediaFragments    = "http://www.w3.org/TR/media-frags/"
)

// motivations say why a note was made, in the words of the standard. None of
// them assesses.
var motivations = map[Kind]string{
	Observation: "describing", Question: "questioning", Strength: "commenting", Feeling: "commenting",
	Alternative: "commenting", Moment: "bookmarking",
}

type webCollection struct {
	Context string  `json:"@context"`
	ID      string  `json:"id"`
	Type    string  `json:"type"`
	Created string  `json:"created"`
	Total   int     `json:"total"`
	First   webPage `json:"first"`
}

type webPage struct {
	ID         string          `json:"id"`
	Type       string          `json:"type"`
	PartOf     string          `json:"partOf"`
	StartIndex int             `json:"startIndex"`
	Items      []webAnnotation `json:"items"`
}

type webAnnotation struct {
	ID         string      `json:"id"`
	Type       string      `json:"type"`
	Motivation string      `json:"motivation"`
	Creator    *webCreator `json:"creator,omitempty"`
	Created    string      `json:"created"`
	Modified   string      `json:"modified"`
	Body       []webBody   `json:"body,omitempty"`
	Target     any         `json:"target"`
}

type webCreator struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

type webBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Format  string `json:"format,omitempty"`
	Value   string `json:"value"`
}

type webTarget struct {
	Source   string      `json:"source"`
	Selector webSelector `json:"selector"`
}

type webSelector struct {
	Type       string `json:"type"`
	ConformsTo string `json:"conformsTo"`
	Value      string `json:"value"`
}

// WebAnnotation is the copy as an AnnotationCollection of one page, in JSON-LD.
// Its target is the recording by its number, not an address where it could be
// seen. A moment is 1 ms long: a media fragment without an end lasts to the end
// of the film.
func (c Copy) WebAnnotation() ([]byte, error) {
	items := make([]webAnnotation, 0, len(c.Notes)+len(c.Fragments))
	for _, n := range c.Notes {
		items = append(items, c.webNote(n))
	}
	for _, f := range c.Fragments {
		items = append(items, c.webFragment(f))
	}
	for _, a := range c.Answers {
		items = append(items, c.webAnswer(a))
	}
	collection := urn(c.RecordingID) + "#notes"
	return json.MarshalIndent(webCollection{
		Context: annotationContext, ID: collection, Type: "AnnotationCollection", Created: stamp(c.At), Total: len(items),
		First: webPage{ID: urn(c.RecordingID) + "#notes-1", Type: "AnnotationPage", PartOf: collection, Items: items},
	}, "", "  ")
}

func (c Copy) webNote(n Annotation) webAnnotation {
	motivation := motivations[n.Kind]
	var target any = c.target(n.StartMs, n.EndMs)
	if n.ParentID != nil {
		motivation, target = "replying", urn(*n.ParentID)
	}
	bodies := []webBody{{Type: "TextualBody", Purpose: "classifying", Value: string(n.Kind)}}
	if n.Body != "" {
		bodies = append(bodies, plainText(motivation, n.Body))
	}
	for _, tag := range n.Tags {
		bodies = append(bodies, plainText("tagging", tag))
	}
	if n.Marker != "" {
		bodies = append(bodies, plainText("tagging", n.Marker))
	}
	return webAnnotation{
		ID: urn(n.ID), Type: "Annotation", Motivation: motivation, Creator: c.creator(n.AuthorID),
		Created: stamp(n.CreatedAt), Modified: stamp(n.UpdatedAt), Body: bodies, Target: target,
	}
}

func (c Copy) webFragment(f Fragment) webAnnotation {
	bodies := []webBody{
		{Type: "TextualBody", Purpose: "classifying", Value: kindFragment},
		plainText("identifying", f.Title),
	}
	if f.Reason != "" {
		bodies = append(bodies, plainText("commenting", f.Reason))
	}
	return webAnnotation{
		ID: urn(f.ID), Type: "Annotation", Motivation: "highlighting", Creator: c.creator(c.OwnerID),
		Created: stamp(f.CreatedAt), Modified: stamp(f.UpdatedAt), Body: bodies, Target: c.target(f.StartMs, &f.EndMs),
	}
}

// webAnswer is an answer on every place where it was seen; on the whole film
// where it names none.
func (c Copy) webAnswer(a OwnAnswer) webAnnotation {
	bodies := []webBody{{Type: "TextualBody", Purpose: "classifying", Value: "form"}, plainText("identifying", a.Asked.NL)}
	if a.Text != "" {
		bodies = append(bodies, plainText("describing", a.Text))
	}
	var target any = urn(c.RecordingID)
	if len(a.Moments) > 0 {
		places := make([]webTarget, len(a.Moments))
		for i, seen := range a.Moments {
			places[i] = c.target(seen.StartMs, seen.EndMs)
		}
		target = places
	}
	return webAnnotation{
		ID: urn(a.FormID) + "#" + a.Code, Type: "Annotation", Motivation: "describing", Creator: c.creator(c.AnsweredBy),
		Created: stamp(a.CreatedAt), Modified: stamp(a.UpdatedAt), Body: bodies, Target: target,
	}
}

func (c Copy) creator(id uuid.UUID) *webCreator {
	if name := c.Names[id]; name != "" {
		return &webCreator{"Person", name}
	}
	return nil
}

func (c Copy) target(startMs int64, endMs *int64) webTarget {
	from, to := c.interval(startMs, endMs, 1)
	return webTarget{urn(c.RecordingID), webSelector{
		Type: "FragmentSelector", ConformsTo: mediaFragments, Value: "t=" + seconds(from) + "," + seconds(to),
	}}
}

func plainText(purpose, text string) webBody {
	return webBody{Type: "TextualBody", Purpose: purpose, Format: "text/plain", Value: text}
}

func urn(id uuid.UUID) string { return "urn:uuid:" + id.String() }

// seconds is a position in ms as Media Fragments write it: seconds with
// thousandths.
func seconds(ms int64) string { return fmt.Sprintf("%d.%03d", ms/1000, ms%1000) }
