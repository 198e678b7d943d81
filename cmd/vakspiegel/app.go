package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/api"
	"vakspiegel/cmd/config"
	"vakspiegel/cmd/database"
	"vakspiegel/cmd/mail"
	"vakspiegel/consent"
	"vakspiegel/consent/texts"
	"vakspiegel/media"
	"vakspiegel/media/blob"
	"vakspiegel/media/ledger"
	"vakspiegel/policies"
	"vakspiegel/policies/audit"
	"vakspiegel/review"
	"vakspiegel/review/protocol"
	"vakspiegel/review/session"
	"vakspiegel/review/signal"
	"vakspiegel/web"
	"vakspiegel/web/citizen"
)

// Settings is everything an App is made of.
type Settings struct {
	config.Learning
	Mode           api.Mode
	Addr           string // HOST:PORT; port 0 takes a free one
	PublicURL      string // "" means http:// and the address it listens on
	Organisation   string
	DatabaseURL    string
	StoreURL       string
	S3             blob.S3Credentials
	KeyHolders     []string
	TrustedProxies []netip.Prefix
	Texts          fs.FS           // nil: those in the program
	OIDC           *api.OIDCConfig // nil in demo
	Log            *slog.Logger
}

// App is the one place that knows every room: it joins them, listens, and
// ends them in order.
type App struct {
	settings  Settings
	db        *gorm.DB
	clock     databaseClock
	store     blob.Store
	keys      *media.Keys
	people    *policies.People
	sessions  *policies.Sessions
	audit     *audit.Log
	consent   *consent.Service
	media     *media.Media
	review    *review.Service
	together  *session.Service
	signals   *signal.Service
	policy    *policies.Policy
	texts     *texts.Catalogue
	protocols *protocol.Catalogue
	api       *api.Server
	mailer    consent.Mailer // nil: no mail
	listener  net.Listener
	server    *http.Server
	requests  sync.RWMutex // read-locked by each running request
}

// New opens database, store and keys, joins the rooms and takes its address.
// The database must be migrated. The caller Runs it, and Closes it in any case.
func New(ctx context.Context, settings Settings) (app *App, err error) {
	app = &App{settings: settings}
	defer func() {
		if err != nil {
			err = errors.Join(err, app.Close())
		}
	}()
	if err := app.open(ctx); err != nil {
		return app, err
	}
	if err := app.join(); err != nil {
		return app, err
	}
	if err := app.consent.Announce(ctx); err != nil {
		return app, fmt.Errorf("receipts: %w", err)
	}
	// What was closed stays closed, also on a restored database (trust.md 2).
	if err := app.media.ReplayClosings(ctx, time.Time{}); err != nil {
		return app, fmt.Errorf("ledger of closings: %w", err)
	}
	return app, app.listen(ctx)
}

// open reaches what lies outside the program.
func (a *App) open(ctx context.Context) (err error) {
	if a.db, err = database.Open(ctx, a.settings.DatabaseURL); err != nil {
		return err
	}
	if pending, err := database.Pending(ctx, a.db); err != nil || pending > 0 {
		return errors.Join(err, fmt.Errorf("the database lacks %d migrations: run `vakspiegel migrate` first", pending))
	}
	if err := a.clock.ask(ctx, a.db); err != nil {
		return err
	}
	if a.store, err = blob.Open(ctx, a.settings.StoreURL, a.settings.S3); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	ring, err := openRing(ctx, a.db, a.settings.KeyHolders)
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	a.keys = media.NewKeys(a.db, ring, a.settings.Log)
	return a.keys.Start(ctx)
}

// logTerm is how long the audit log is kept: as long as the proof it belongs to.
func (a *App) logTerm() time.Duration { return a.settings.Proof + config.MaxRetention }

// join makes the rooms and gives each what it needs of the others.
func (a *App) join() (err error) {
	s := a.settings
	a.people, a.sessions = policies.NewPeople(a.db, policies.WithClock(a.clock.Now)), policies.NewSessions(a.db, policies.WithClock(a.clock.Now))
	a.audit = audit.New(a.db, a.logTerm())
	if a.policy, err = policies.Load(); err != nil {
		return err
	}
	if a.texts, err = texts.Load(s.Texts); err != nil {
		return err
	}
	if a.protocols, err = protocol.Load(s.Texts); err != nil {
		return err
	}
	organisation := a.texts.Organisation()
	closings := media.NewClosings(ledger.New(a.store))
	compact := func(ctx context.Context) error { return database.Compact(ctx, a.db) }
	a.consent = consent.New(consent.Config{
		DB: a.db, Vault: a.keys, Ledger: closings, Leases: media.LeaseExpiry{}, Audit: a.audit,
		Recordings: media.Shelf{}, Colleagues: colleagues{a.people}, CoolingOff: s.CoolingOff, Retention: s.Retention, Proof: s.Proof,
		SMSGateway: s.SMSGateway, Compact: compact, Clock: a.clock.Now, Log: s.Log,
		OrganisationFile: organisation.File, LegalBasis: string(organisation.LegalBasis),
		KeyHolders: a.keys.Holders(), PolicyHash: a.policy.Hash(),
	})
	a.media, err = media.New(media.Config{
		DB: a.db, Store: a.store, Keys: a.keys, Consent: a.consent, Closings: closings, Policy: a.policy,
		People: a.people, Audit: a.audit, MaxUpload: s.MaxUpload, Retention: s.Retention, Proof: s.Proof, AskAfter: s.AskAfter,
		CoolingOff: s.CoolingOff, SecondYes: s.SecondYes, Compact: compact, Clock: a.clock.Now, Log: s.Log,
		Gatherings: session.Roster{People: a.people}, Cutter: findCutter(s),
		CutSettled: func(ctx context.Context, cut uuid.UUID) error { return a.together.CutSettled(ctx, cut) },
	})
	if err != nil {
		return err
	}
	a.review = review.New(review.Config{
		DB: a.db, Clock: a.clock.Now, Recordings: recordings{a.media, a.keys}, Shelf: recordings{a.media, a.keys}, NextStepKeys: nextStepKeys{a.keys}, Audit: a.audit,
		MaxFragments: s.Fragments,
	})
	a.signals = signal.New(signal.Config{DB: a.db, Clock: a.clock.Now, Keys: signalKeys{a.keys}, Audit: a.audit})
	a.together = session.New(session.Config{
		DB: a.db, Clock: a.clock.Now, Looks: a.media, Keys: sessionKeys{a.keys}, Audit: a.audit, People: a.people, Policy: a.policy, Signals: a.signals, Protocols: a.protocols,
	})
	return nil
}

// listen takes the address and builds the front door, whose links carry it.
func (a *App) listen(ctx context.Context) error {
	s := a.settings
	var err error
	if a.listener, err = (&net.ListenConfig{}).Listen(ctx, "tcp", s.Addr); err != nil {
		return fmt.Errorf("cannot listen on %s: %w; end the other program or choose another address", s.Addr, err)
	}
	public := s.PublicURL
	if public == "" {
		public = "http://" + a.listener.Addr().String()
	}
	publicURL, err := url.Parse(public)
	if err != nil {
		return err
	}
	pages, err := citizen.New(a.texts, s.Organisation)
	if err != nil {
		return err
	}
	var organiser string
	if s.SMTPURL != "" {
		sender, err := mail.New(s.SMTPURL, s.MailFrom)
		if err != nil {
			return fmt.Errorf("mail: %w", err)
		}
		a.mailer, organiser = sender, sender.Address()
	}
	var oidc *api.OIDC
	if s.OIDC != nil {
		if oidc, err = api.NewOIDC(ctx, *s.OIDC); err != nil {
			return err
		}
	}
	a.api, err = api.New(api.Config{
		Mode: s.Mode, PublicURL: publicURL, Organisation: s.Organisation, Version: version(), MaxUpload: s.MaxUpload,
		Retention: s.Retention, CoolingOff: s.CoolingOff, Training: s.Training, SecondYes: s.SecondYes, LogTerm: a.logTerm(), Clock: a.clock.Now, TrustedProxies: s.TrustedProxies,
		Consent: a.consent, Media: a.media, Review: a.review, Together: a.together, Signals: a.signals, Policy: a.policy, People: a.people, Sessions: a.sessions,
		Texts: a.texts, Protocols: a.protocols, Pages: pages, App: web.Static(), OIDC: oidc, Mailer: a.mailer, Organiser: organiser, Ready: a.Ready, Unavailable: unavailable, Log: s.Log,
		Settings: listed(s.Learning), Health: a.health, Elsewhere: a.elsewhere(),
	})
	if err != nil {
		return err
	}
	a.server = newServer(a.counted(a.api), s.Log)
	return nil
}

// elsewhere listens to what other processes change of sessions. With SQLite there
// are none.
func (a *App) elsewhere() func(ctx context.Context, heard func(payload string)) {
	if a.db.Name() != database.Postgres {
		return nil
	}
	return func(ctx context.Context, heard func(payload string)) {
		database.Listen(ctx, a.settings.DatabaseURL, session.Channel, heard, func(err error) {
			a.settings.Log.WarnContext(ctx, "changes of other servers are heard a little later", "error", err)
		})
	}
}

// counted lets a shutdown wait for requests whose connection it has cut.
func (a *App) counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.requests.RLock()
		defer a.requests.RUnlock()
		next.ServeHTTP(w, r)
	})
}

// newServer has no overall time-outs: every route has its own (api/routes.go).
func newServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug), ConnContext: api.WithConn,
	}
}

// URL is where browsers reach it.
func (a *App) URL() string {
	if a.settings.PublicURL != "" {
		return a.settings.PublicURL
	}
	return "http://" + a.listener.Addr().String()
}

// Ready answers nil when database, store and key holders do.
func (a *App) Ready(ctx context.Context) error {
	return errors.Join(database.Ping(ctx, a.db), a.store.Ping(ctx), a.keys.Ping(ctx))
}

func unavailable(err error) bool {
	return errors.Is(err, blob.ErrUnavailable) || database.Unavailable(err)
}

// Close lets go of what New opened.
func (a *App) Close() error {
	var errs []error
	if a.listener != nil {
		if err := a.listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	if a.db != nil {
		errs = append(errs, database.Close(a.db))
	}
	return errors.Join(errs...)
}
