package review

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// Limits of an answer to a search.
const (
	MaxHits    = 100
	searchTime = 5 * time.Second
)

// Readable is a recording of which someone may read the notes now.
type Readable struct {
	ID, ConversationID uuid.UUID
	StartedAt          time.Time
}

// What is found.
const (
	HitNote     = "note"
	HitReply    = "reply"
	HitFragment = "fragment"
	HitForm     = "form" // one answer of it
)

// Hit is one thing that someone wrote.
type Hit struct {
	Readable Readable
	What     string
	ID       uuid.UUID // of the note, the fragment or the form
	StartMs  *int64    // nil for an answer that names no moment
	Heading  Label     // a marker's name, a fragment's title, what the form asked; or nothing
	Body     string    // of a long text a part around what was looked for
}

// Found is what a search found, the newest recording first and by position
// within it. More tells that there may be more than is shown.
type Found struct {
	Hits []Hit
	More bool
}

// Search looks through everything that the actor wrote about the recordings of
// which they may read the notes now. Everything is opened in memory and
// forgotten; there is no index. Errors: *Invalid.
func (s *Service) Search(ctx context.Context, actor policies.Actor, text string) (Found, error) {
	words, err := parseQuery(text)
	if err != nil {
		return Found{}, err
	}
	labels, err := readLabels(s.DB.WithContext(ctx))
	if err != nil {
		return Found{}, err
	}
	search := searcher{actor: actor, query: words, labels: labels, now: s.now, end: s.now().Add(searchTime)}
	for cursor, more := "", true; more; {
		// A few at a time: whoever closes a recording meanwhile waits for one
		// page, not for the whole search.
		err := s.within(ctx, func(tx *gorm.DB) error {
			page, next, err := s.Shelf.Readable(ctx, tx, actor, cursor)
			if err != nil {
				return err
			}
			cursor, more = next, next != ""
			return search.page(ctx, tx, s.Recordings, page)
		})
		if err != nil {
			return Found{}, err
		}
		if search.enough() {
			break
		}
	}
	return search.found(), nil
}

type searcher struct {
	actor  policies.Actor
	query  query
	labels labelBook
	now    func() time.Time
	end    time.Time
	hits   []Hit
	late   bool
}

func (f *searcher) enough() bool { return f.late || len(f.hits) > MaxHits }

func (f *searcher) found() Found {
	if len(f.hits) > MaxHits {
		return Found{f.hits[:MaxHits], true}
	}
	return Found{f.hits, f.late}
}

func (f *searcher) page(ctx context.Context, tx *gorm.DB, recordings Recordings, page []Readable) error {
	for _, readable := range page {
		if f.late = f.now().After(f.end); f.enough() {
			return nil
		}
		texts, err := recordings.Texts(ctx, tx, readable.ID)
		if err != nil {
			return err
		}
		if err := f.recording(tx, texts, readable); err != nil {
			return err
		}
	}
	return nil
}

func (f *searcher) recording(tx *gorm.DB, texts Texts, in Readable) error {
	defer texts.Close()
	var hits []Hit
	for _, look := range []func(*gorm.DB, Texts, Readable) ([]Hit, error){f.notes, f.fragments, f.forms} {
		found, err := look(tx, texts, in)
		if err != nil {
			return err
		}
		hits = append(hits, found...)
	}
	slices.SortStableFunc(hits, func(a, b Hit) int { return cmp.Compare(a.at(), b.at()) })
	f.hits = append(f.hits, hits...)
	return nil
}

// at is where a hit stands among the others: without a place behind them.
func (h Hit) at() int64 {
	if h.StartMs == nil {
		return 1 << 62
	}
	return *h.StartMs
}

func (f *searcher) notes(tx *gorm.DB, texts Texts, in Readable) (hits []Hit, err error) {
	rows, err := readable(tx, in.ID, f.actor.ID)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row.AuthorID != f.actor.ID {
			continue
		}
		note, err := row.read(texts)
		if err != nil {
			return nil, err
		}
		heading := f.labels.markers[note.Marker]
		fields := []string{note.Body, note.Marker, heading.NL, heading.EN}
		for _, tag := range note.Tags {
			fields = append(fields, tag, f.labels.codes[tag].NL, f.labels.codes[tag].EN)
		}
		if !f.query.in(fields...) {
			continue
		}
		what := HitNote
		if note.ParentID != nil {
			what = HitReply
		}
		hits = append(hits, Hit{in, what, note.ID, &note.StartMs, heading, f.query.excerpt(note.Body)})
	}
	return hits, nil
}

func (f *searcher) fragments(tx *gorm.DB, texts Texts, in Readable) (hits []Hit, err error) {
	fragments, err := fragmentsOf(tx, in.ID, texts)
	for _, fragment := range fragments {
		if f.query.in(fragment.Title, fragment.Reason) {
			title := Label{NL: fragment.Title}.Whole()
			hits = append(hits, Hit{in, HitFragment, fragment.ID, &fragment.StartMs, title, f.query.excerpt(fragment.Reason)})
		}
	}
	return hits, err
}

func (f *searcher) forms(tx *gorm.DB, texts Texts, in Readable) (hits []Hit, err error) {
	answers, err := ownAnswers(tx, texts, in.ID, f.actor.ID, f.labels)
	for _, answer := range answers {
		if !f.query.in(answer.Text) {
			continue
		}
		hit := Hit{Readable: in, What: HitForm, ID: answer.FormID, Heading: answer.Asked, Body: f.query.excerpt(answer.Text)}
		if len(answer.Moments) > 0 {
			hit.StartMs = &answer.Moments[0].StartMs
		}
		hits = append(hits, hit)
	}
	return hits, err
}
