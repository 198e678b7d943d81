package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime/debug"

	"vakspiegel/api"
	"vakspiegel/cmd/config"
	"vakspiegel/cmd/database"
	"vakspiegel/cmd/mail"
	"vakspiegel/consent/texts"
	"vakspiegel/media"
	"vakspiegel/media/blob"
	"vakspiegel/media/cutter"
	"vakspiegel/policies"
	"vakspiegel/review/protocol"
)

// release is the version of the program; a build from git adds its commit.
const release = "0.1.0"

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
			return release + "+" + setting.Value[:12]
		}
	}
	return release
}

type versionCommand struct{}

func (versionCommand) Run() error {
	policy, err := policies.Load()
	if err != nil {
		return err
	}
	fmt.Printf("vakspiegel %s\npolicy %s\n", version(), policy.Hash())
	return nil
}

type serveCommand struct{}

// Run serves an installation until it is told to stop.
func (serveCommand) Run(ctx context.Context) error {
	c, err := config.Load()
	if err != nil {
		return err
	}
	settings, err := settingsOf(c)
	if err != nil {
		return err
	}
	if err := checkSwap(c.Swap); err != nil {
		return err
	}
	app, err := New(ctx, settings)
	if err != nil {
		return err
	}
	settings.Log.InfoContext(ctx, "serving", "addr", app.listener.Addr().String(), "url", app.URL(), "version", version(), "policy", app.policy.Hash())
	return errors.Join(app.Run(ctx), app.Close())
}

func settingsOf(c config.Config) (Settings, error) {
	level, err := c.Level()
	if err != nil {
		return Settings{}, err
	}
	proxies, err := c.Proxies()
	if err != nil {
		return Settings{}, err
	}
	return Settings{
		Learning: c.Learning, Texts: ownTexts(c), Mode: api.Serve, Addr: c.Addr, PublicURL: c.PublicURL, Organisation: c.Organisation,
		DatabaseURL: c.DatabaseURL, StoreURL: c.StoreURL, S3: credentials(c), KeyHolders: c.KeyHolders, TrustedProxies: proxies,
		OIDC: &api.OIDCConfig{
			Issuer: c.OIDCIssuer, ClientID: c.OIDCClientID, ClientSecret: c.OIDCSecret,
			RedirectURL: c.PublicURL + "/aanmelden/terug", LoginClaim: c.OIDCLoginClaim, FirstAdmin: c.FirstAdmin,
		},
		Log: slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})),
	}, nil
}

// ownTexts is the municipality's folder of texts, nil when there is none.
func ownTexts(c config.Config) fs.FS {
	if c.Texts == "" {
		return nil
	}
	return os.DirFS(c.Texts)
}

func credentials(c config.Config) blob.S3Credentials {
	return blob.S3Credentials{AccessKey: c.S3AccessKey, SecretKey: c.S3SecretKey}
}

type migrateCommand struct{}

// Run brings the database up to this version; several may run at once.
func (migrateCommand) Run(ctx context.Context) error {
	c, err := config.Load()
	if err != nil {
		return err
	}
	return migrate(ctx, c.DatabaseURL)
}

func migrate(ctx context.Context, dsn string) error {
	db, err := database.Open(ctx, dsn)
	if err != nil {
		return err
	}
	return errors.Join(database.Migrate(ctx, db), database.Close(db))
}

type checkCommand struct{}

// Run tells what of an installation answers, a line each, and fails if
// something does not.
func (checkCommand) Run(ctx context.Context) error {
	c, err := config.Load()
	if err != nil {
		return err
	}
	fmt.Println("settings  ok")
	failed := 0
	report := func(what string, err error) {
		if err != nil {
			failed++
			fmt.Printf("%-9s %v\n", what, err)
			return
		}
		fmt.Printf("%-9s ok\n", what)
	}
	report("swap", checkSwap(c.Swap))
	lacks, err := checkTexts(c)
	report("texts", err)
	for _, lack := range lacks {
		fmt.Printf("%-9s %s\n", "texts", lack)
	}
	_, err = protocol.Load(ownTexts(c))
	report("protocols", err)
	report("database", checkDatabase(ctx, c))
	report("keys", checkKeys(ctx, c))
	report("store", checkStore(ctx, c))
	if _, err := cutter.Find(c.FFmpeg); err != nil {
		fmt.Printf("%-9s %s\n", "ffmpeg", "not found, or older than 5: fragments cannot be cut, and sessions offer the whole film (VAKSPIEGEL_FFMPEG)")
	} else {
		report("ffmpeg", nil)
	}
	if c.SMTPURL == "" {
		fmt.Printf("%-9s %s\n", "mail", "not set: letters are printed and nobody is reminded (VAKSPIEGEL_SMTP_URL)")
	} else {
		report("mail", checkMail(ctx, c))
	}
	if failed > 0 {
		return fmt.Errorf("%d of the checks failed", failed)
	}
	return nil
}

// checkTexts tells what the citizen's pages can do without, but should not.
func checkTexts(c config.Config) (lacks []string, err error) {
	catalogue, err := texts.Load(ownTexts(c))
	if err != nil {
		return nil, err
	}
	if catalogue.Organisation().Name == "" {
		lacks = append(lacks, "without "+texts.OrganisationFile+" in VAKSPIEGEL_TEXTS the consent page names no address, telephone, privacy contact and independent help")
	}
	for _, l := range catalogue.Languages() {
		if l.ReviewedBy == "" {
			lacks = append(lacks, "nobody has reviewed "+l.Tag+" ("+l.Name+"): reviewedBy in its language.yaml is empty")
		}
	}
	return lacks, nil
}

func checkDatabase(ctx context.Context, c config.Config) error {
	db, err := database.Open(ctx, c.DatabaseURL)
	if err != nil {
		return err
	}
	defer func() { _ = database.Close(db) }()
	pending, err := database.Pending(ctx, db)
	if err != nil {
		return err
	}
	if pending > 0 {
		return fmt.Errorf("lacks %d migrations: run `vakspiegel migrate`", pending)
	}
	return nil
}

// checkKeys changes nothing: the first start makes the keys, as the account
// that will serve.
func checkKeys(ctx context.Context, c config.Config) error {
	db, err := database.Open(ctx, c.DatabaseURL)
	if err != nil {
		return err
	}
	defer func() { _ = database.Close(db) }()
	_, ring, err := findRing(ctx, db, c.KeyHolders)
	if err != nil || ring == nil {
		return err
	}
	epoch, _, _, err := media.NewKeys(db, ring, nil).Epochs(ctx)
	return errors.Join(err, ring.Check(ctx, epoch))
}

func checkStore(ctx context.Context, c config.Config) error {
	store, err := blob.Open(ctx, c.StoreURL, credentials(c))
	if err != nil {
		return err
	}
	return store.Ping(ctx)
}

// checkMail signs in to the mail server and sends nothing.
func checkMail(ctx context.Context, c config.Config) error {
	sender, err := mail.New(c.SMTPURL, c.MailFrom)
	if err != nil {
		return err
	}
	return sender.Check(ctx)
}
