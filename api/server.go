package api

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"vakspiegel/consent"
	"vakspiegel/consent/texts"
	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/review"
	"vakspiegel/review/protocol"
	"vakspiegel/review/session"
	"vakspiegel/review/signal"
	"vakspiegel/web/citizen"
)

// Config is what the front door is built from. All fields are required but
// OIDC (nil in demo), TrustedProxies and Clock.
type Config struct {
	Mode         Mode
	PublicURL    *url.URL // as browsers see it; its scheme decides on Secure cookies and HSTS
	Organisation string
	Version      string
	MaxUpload    int64 // bytes
	Retention    time.Duration
	CoolingOff   time.Duration
	Training     bool          // whether citizens are asked about colleagues outside the group
	LogTerm      time.Duration // how long each line of the audit log is kept
	SecondYes    bool          // sharing waits for everyone's second yes
	// TrustedProxies may say who the client is; none by default.
	TrustedProxies []netip.Prefix

	Consent   *consent.Service
	Media     *media.Media
	Review    *review.Service
	Together  *session.Service
	Signals   *signal.Service
	Policy    *policies.Policy
	People    *policies.People
	Sessions  *policies.Sessions
	Texts     *texts.Catalogue
	Protocols *protocol.Catalogue
	Pages     *citizen.Pages
	App       fs.FS // the built staff app
	OIDC      *OIDC
	Mailer    consent.Mailer // nil: nothing offers mail
	Organiser string         // the address that letters come from; "" without mail

	// Settings are what an administrator reads of this installation's.
	Settings []Setting
	// Elsewhere calls heard with what processes tell each other of sessions
	// (session.Service.Overheard), and with "" when some of it may have been lost, until ctx
	// ends; nil: there is no other process.
	Elsewhere func(ctx context.Context, heard func(payload string))
	// Health asks what it depends on.
	Health func(ctx context.Context) Health
	// Ready answers nil when database, store and keys do.
	Ready func(ctx context.Context) error
	// Unavailable tells an error of a database or store that is down.
	Unavailable func(error) bool
	Clock       func() time.Time
	Log         *slog.Logger
}

// Mode is how people sign in.
type Mode string

// The modes.
const (
	Demo  Mode = "demo"  // by choosing a person
	Serve Mode = "serve" // by OIDC
)

// Server answers requests; Run keeps its listeners to changes informed.
type Server struct {
	Config
	handler   http.Handler
	contract  *contractSchemas
	hub       *hub
	onlookers *onlookers
	followers *followers
	guesses   *attempts // links and codes that found nothing
	signIns   *attempts // each one is a row until it is used
	uploads   http.Handler
}

// New builds the server. It errors on a contract that does not load.
func New(config Config) (*Server, error) {
	if config.Clock == nil {
		config.Clock = time.Now
	}
	schemas, err := loadContract()
	if err != nil {
		return nil, err
	}
	s := &Server{Config: config, contract: schemas, guesses: newAttempts(config.Clock), signIns: newAttempts(config.Clock)}
	s.hub = newHub(s.marks, s.snapshot, config.Log)
	s.onlookers = newOnlookers(s.Sessions.Open, config.Log)
	s.followers = newFollowers(s.Together, s.Sessions.Open, config.Log)
	s.Together.Changed = s.followers.hear
	if s.uploads, err = s.newTus(); err != nil {
		return nil, err
	}
	s.handler = s.build(s.routes())
	return s, nil
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Run polls for changes until ctx ends.
func (s *Server) Run(ctx context.Context) {
	var group sync.WaitGroup
	group.Go(func() { s.onlookers.run(ctx) })
	group.Go(func() { s.followers.run(ctx) })
	if s.Elsewhere != nil {
		group.Go(func() { s.Elsewhere(ctx, s.followers.overhear) })
	}
	s.hub.run(ctx)
	group.Wait()
}

// build puts the layers around the routes.
func (s *Server) build(routes []route) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.RedirectTrailingSlash = false
	engine.RedirectFixedPath = false
	engine.HandleMethodNotAllowed = true
	engine.ContextWithFallback = true
	proxies := make([]string, len(s.TrustedProxies))
	for i, proxy := range s.TrustedProxies {
		proxies[i] = proxy.String()
	}
	if err := engine.SetTrustedProxies(proxies); err != nil {
		panic(err) // netip.Prefix is always well formed
	}
	engine.Use(s.logged, s.recovered, s.bounded, s.headers, s.sameOrigin())
	for _, r := range routes {
		engine.Handle(r.method, r.path, s.serve(r))
	}
	engine.NoRoute(s.fallback)
	engine.NoMethod(func(c *gin.Context) { s.fail(c, errMethod) })
	return engine
}
