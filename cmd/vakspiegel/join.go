package main

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/media"
	"vakspiegel/media/cutter"
	"vakspiegel/policies"
	"vakspiegel/review"
	"vakspiegel/review/session"
	"vakspiegel/review/signal"
	"vakspiegel/review/words"
)

// findCutter is what cuts fragments out of films, or nil: then sessions offer
// the whole film.
func findCutter(s Settings) *cutter.Cutter {
	found, err := cutter.Find(s.FFmpeg)
	if err != nil {
		s.Log.Warn("fragments cannot be cut", "error", err)
		return nil
	}
	return found
}

// colleagues is consent.Colleagues over policies: the guard, asked about someone
// who would be in the room.
type colleagues struct{ people *policies.People }

func (c colleagues) Stand(ctx context.Context, tx *gorm.DB, personID uuid.UUID, ownerIDs []uuid.UUID) (map[uuid.UUID]consent.Stand, error) {
	pairs := make([]policies.Pair, len(ownerIDs))
	for i, owner := range ownerIDs {
		pairs[i] = policies.Pair{ActorID: personID, OwnerID: owner}
	}
	live, err := c.people.Live(ctx, tx, pairs)
	if err != nil {
		return nil, err
	}
	stands := make(map[uuid.UUID]consent.Stand, len(pairs))
	for _, pair := range pairs {
		stands[pair.OwnerID] = consent.Stand{Evaluates: live[pair].Evaluates, Disabled: live[pair].Disabled}
	}
	return stands, nil
}

// textsOf seals what is written about a subject under its key. A key that is gone
// left nothing to open: that is notFound, of the room that asks.
func textsOf(ctx context.Context, tx *gorm.DB, keys *media.Keys, subject uuid.UUID, notFound error) (words.Texts, error) {
	sealer, err := keys.Sealer(ctx, tx, subject)
	if errors.Is(err, media.ErrKeyGone) {
		return nil, errors.Join(notFound, err)
	}
	return sealer, err
}

// textsOfEach are those of several, with one query.
func textsOfEach(ctx context.Context, tx *gorm.DB, keys *media.Keys, subjects []uuid.UUID) (map[uuid.UUID]words.Texts, error) {
	sealers, err := keys.Sealers(ctx, tx, subjects)
	return words.Each(sealers), err
}

// recordings is review.Recordings over media: what review may know of a
// recording, in review's own words.
type recordings struct {
	media *media.Media
	keys  *media.Keys
}

func (r recordings) Allow(ctx context.Context, tx *gorm.DB, actor policies.Actor, action policies.Action, recordingID, authorID uuid.UUID) (review.Subject, error) {
	subject, err := r.media.Allow(ctx, tx, actor, action, recordingID, authorID)
	if errors.Is(err, media.ErrNotFound) {
		return review.Subject{}, errors.Join(review.ErrNotFound, err)
	}
	return review.Subject{OwnerID: subject.Recording.OwnerID, DurationMs: subject.Recording.DurationMs, Rule: subject.Rule}, err
}

// searchPage is how many recordings are locked together while they are searched.
const searchPage = 10

func (r recordings) Readable(ctx context.Context, tx *gorm.DB, actor policies.Actor, cursor string) ([]review.Readable, string, error) {
	allowed, next, err := r.media.Allowed(ctx, tx, actor, policies.AnnotationRead, cursor, searchPage)
	page := make([]review.Readable, len(allowed))
	for i, recording := range allowed {
		page[i] = review.Readable{ID: recording.ID, ConversationID: recording.ConversationID, StartedAt: recording.StartedAt}
	}
	return page, next, err
}

func (r recordings) Conclude(ctx context.Context, err error) error { return r.media.Conclude(ctx, err) }

func (r recordings) Texts(ctx context.Context, tx *gorm.DB, recordingID uuid.UUID) (review.Texts, error) {
	return textsOf(ctx, tx, r.keys, recordingID, review.ErrNotFound)
}

func (r recordings) Raise(ctx context.Context, tx *gorm.DB, recordingID uuid.UUID) error {
	return r.media.Raise(ctx, tx, recordingID)
}

// nextStepKeys is review.NextStepKeys over media.
type nextStepKeys struct{ keys *media.Keys }

func (n nextStepKeys) Create(ctx context.Context, tx *gorm.DB, id uuid.UUID) error {
	return n.keys.CreateForNextStep(ctx, tx, id)
}

func (n nextStepKeys) Texts(ctx context.Context, tx *gorm.DB, id uuid.UUID) (review.Texts, error) {
	return textsOf(ctx, tx, n.keys, id, review.ErrNotFound)
}

func (n nextStepKeys) Forget(ctx context.Context, tx *gorm.DB, id uuid.UUID) error {
	return n.keys.Forget(ctx, tx, id)
}

// sessionKeys is session.Keys over media.
type sessionKeys struct{ *media.Keys }

func (k sessionKeys) Texts(ctx context.Context, tx *gorm.DB, subject uuid.UUID) (words.Texts, error) {
	return textsOf(ctx, tx, k.Keys, subject, session.ErrNotFound)
}

func (k sessionKeys) TextsOfEach(ctx context.Context, tx *gorm.DB, subjects []uuid.UUID) (map[uuid.UUID]words.Texts, error) {
	return textsOfEach(ctx, tx, k.Keys, subjects)
}

// signalKeys is signal.Keys over media.
type signalKeys struct{ *media.Keys }

func (k signalKeys) Texts(ctx context.Context, tx *gorm.DB, id uuid.UUID) (words.Texts, error) {
	return textsOf(ctx, tx, k.Keys, id, signal.ErrNotFound)
}

func (k signalKeys) TextsOfEach(ctx context.Context, tx *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]words.Texts, error) {
	return textsOfEach(ctx, tx, k.Keys, ids)
}
