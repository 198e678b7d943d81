package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/api"
	"vakspiegel/cmd/database"
	"vakspiegel/consent"
	"vakspiegel/consent/texts"
	"vakspiegel/media"
	"vakspiegel/media/blob"
	"vakspiegel/media/cutter"
	"vakspiegel/media/keyring"
	"vakspiegel/media/ledger"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
	"vakspiegel/review"
	"vakspiegel/review/protocol"
	"vakspiegel/review/session"
	"vakspiegel/review/words"
	"vakspiegel/web"
	"vakspiegel/web/citizen"
)

// rooms are the program's rooms on a database of either dialect, joined as
// cmd/vakspiegel does, behind a server on the loopback address. Nothing runs in
// the background.
type rooms struct {
	dsn      string
	db       *gorm.DB
	holder   keyring.Holder
	consent  *consent.Service
	media    *media.Media
	review   *review.Service
	together *session.Service
	front    *api.Server
	server   *httptest.Server
}

// joinRooms opens the database at dsn, which is empty, and keeps keys and store
// in dir.
func joinRooms(ctx context.Context, dsn, dir string) (r *rooms, err error) {
	r = &rooms{dsn: dsn}
	if r.db, err = database.Open(ctx, dsn); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.close())
		}
	}()
	if err := errors.Join(database.Migrate(ctx, r.db), policies.SeedDemo(ctx, r.db)); err != nil {
		return r, err
	}
	if r.holder, err = keyring.OpenHolder("file:" + filepath.Join(dir, "keys", "keys.json")); err != nil {
		return r, err
	}
	holders := []keyring.Holder{r.holder}
	if err := keyring.Init(ctx, holders); err != nil && !errors.Is(err, keyring.ErrExists) {
		return r, err
	}
	ring, err := keyring.Open(ctx, holders)
	if err != nil {
		return r, err
	}
	keys := media.NewKeys(r.db, ring, nil)
	if err := keys.Start(ctx); err != nil {
		return r, err
	}
	store, err := blob.Open(ctx, "dir:"+filepath.Join(dir, "store"), blob.S3Credentials{})
	if err != nil {
		return r, err
	}
	return r, r.join(keys, store)
}

// join makes the rooms with their defaults.
func (r *rooms) join(keys *media.Keys, store blob.Store) error {
	policy, err := policies.Load()
	if err != nil {
		return err
	}
	catalogue, err := texts.Load(texts.Demo())
	if err != nil {
		return err
	}
	pages, err := citizen.New(catalogue, "Gemeente Voorbeeld")
	if err != nil {
		return err
	}
	people, log := policies.NewPeople(r.db), audit.New(r.db, media.MaxRetention)
	closings := media.NewClosings(ledger.New(store))
	r.consent = consent.New(consent.Config{
		DB: r.db, Vault: keys, Ledger: closings, Leases: media.LeaseExpiry{}, Audit: log, Recordings: media.Shelf{}, Log: quiet,
		Compact: func(ctx context.Context) error { return database.Compact(ctx, r.db) },
	})
	r.media, err = media.New(media.Config{
		DB: r.db, Store: store, Keys: keys, Consent: r.consent, Closings: closings, Policy: policy, People: people, Audit: log, Log: quiet,
		Gatherings: session.Roster{People: people}, Cutter: findCutter(),
	})
	if err != nil {
		return err
	}
	r.review = review.New(review.Config{DB: r.db, Recordings: port{r.media, keys}})
	protocols, err := protocol.Load(nil)
	if err != nil {
		return err
	}
	r.together = session.New(session.Config{
		DB: r.db, Looks: r.media, Keys: sessionKeys{keys}, Audit: log, People: people, Policy: policy, Protocols: protocols,
	})
	r.front, err = api.New(api.Config{
		Mode: api.Demo, PublicURL: &url.URL{Scheme: "http", Host: "localhost"}, Organisation: "Gemeente Voorbeeld", Version: "bench",
		MaxUpload: media.DefaultMaxUpload, Retention: media.DefaultRetention, LogTerm: media.MaxRetention,
		Consent: r.consent, Media: r.media, Review: r.review, Together: r.together, Policy: policy, People: people, Sessions: policies.NewSessions(r.db),
		Texts: catalogue, Protocols: protocols, Pages: pages, App: web.Static(), Ready: func(context.Context) error { return nil },
		Unavailable: database.Unavailable, Health: func(context.Context) api.Health { return api.Health{} }, Log: quiet,
		Elsewhere: r.elsewhere(),
	})
	if err != nil {
		return err
	}
	r.server = httptest.NewServer(r.front)
	return nil
}

// findCutter is the FFmpeg on the PATH, or nil.
func findCutter() *cutter.Cutter {
	found, err := cutter.Find("ffmpeg")
	if err != nil {
		return nil
	}
	return found
}

// elsewhere listens to other servers, as cmd/vakspiegel does.
func (r *rooms) elsewhere() func(ctx context.Context, heard func(payload string)) {
	if r.db.Name() != database.Postgres {
		return nil
	}
	return func(ctx context.Context, heard func(payload string)) {
		database.Listen(ctx, r.dsn, session.Channel, heard, func(error) {})
	}
}

// sessionKeys is session.Keys over media.
type sessionKeys struct{ *media.Keys }

func (k sessionKeys) Texts(ctx context.Context, tx *gorm.DB, subject uuid.UUID) (words.Texts, error) {
	return k.Sealer(ctx, tx, subject)
}

func (k sessionKeys) TextsOfEach(ctx context.Context, tx *gorm.DB, subjects []uuid.UUID) (map[uuid.UUID]words.Texts, error) {
	sealers, err := k.Sealers(ctx, tx, subjects)
	return words.Each(sealers), err
}

var quiet = slog.New(slog.DiscardHandler)

func (r *rooms) close() error {
	if r.server != nil {
		r.server.Close()
	}
	return database.Close(r.db)
}

// as signs a person in.
func (r *rooms) as(ctx context.Context, login string) (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Jar: jar}
	body, err := json.Marshal(map[string]string{"person": login})
	if err != nil {
		return nil, err
	}
	header := http.Header{"Content-Type": {"application/json"}}
	_, err = fetch(ctx, client, http.MethodPost, r.server.URL+"/api/v1/login", header, strings.NewReader(string(body)), http.StatusNoContent)
	return client, err
}

// port is review.Recordings over media.
type port struct {
	media *media.Media
	keys  *media.Keys
}

func (p port) Allow(ctx context.Context, tx *gorm.DB, actor policies.Actor, action policies.Action, recordingID, authorID uuid.UUID) (review.Subject, error) {
	subject, err := p.media.Allow(ctx, tx, actor, action, recordingID, authorID)
	if err != nil {
		return review.Subject{}, fmt.Errorf("%w: %w", review.ErrNotFound, err)
	}
	return review.Subject{OwnerID: subject.Recording.OwnerID, DurationMs: subject.Recording.DurationMs}, nil
}

func (p port) Conclude(ctx context.Context, err error) error { return p.media.Conclude(ctx, err) }

func (p port) Texts(ctx context.Context, tx *gorm.DB, recordingID uuid.UUID) (review.Texts, error) {
	return p.keys.Sealer(ctx, tx, recordingID)
}

func (p port) Raise(ctx context.Context, tx *gorm.DB, recordingID uuid.UUID) error {
	return p.media.Raise(ctx, tx, recordingID)
}
