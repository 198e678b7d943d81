package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
)

// Prefix begins every variable's name.
const Prefix = "VAKSPIEGEL_"

// Limits and defaults of domain.md, "Consent", and contract.md.
const (
	DefaultMaxUpload = 12 << 30 // bytes
	MinProof         = 30 * 24 * time.Hour
	MaxProof         = 7 * 365 * 24 * time.Hour
	MaxRetention     = 180 * 24 * time.Hour
	MaxFragments     = 12
)

// Learning is what `demo` reads from the environment too.
type Learning struct {
	CoolingOff time.Duration `env:"COOLING_OFF" envDefault:"72h"`
	SecondYes  bool          `env:"SECOND_YES" envDefault:"false"`
	Retention  time.Duration `env:"RETENTION" envDefault:"1440h"`
	AskAfter   time.Duration `env:"ASK_AFTER" envDefault:"336h"` // unwatched: "Nog nodig?"
	Training   bool          `env:"TRAINING" envDefault:"false"` // the box for colleagues outside the group
	Proof      time.Duration `env:"PROOF" envDefault:"8760h"`
	MaxUpload  int64         `env:"MAX_UPLOAD" envDefault:"12884901888"` // bytes
	Fragments  int           `env:"FRAGMENTS" envDefault:"3"`            // of a recording, at most
	FFmpeg     string        `env:"FFMPEG" envDefault:"ffmpeg"`          // a path, or a name on the PATH; cuts fragments
	SMTPURL    string        `env:"SMTP_URL"`                            // "": nothing offers mail
	MailFrom   string        `env:"MAIL_FROM"`
	SMSGateway string        `env:"SMS_GATEWAY"` // domain that makes a text message of mail to NUMBER@domain
}

// Config is every setting of `serve`.
type Config struct {
	Learning
	Addr           string   `env:"ADDR" envDefault:"127.0.0.1:8080"`
	PublicURL      string   `env:"PUBLIC_URL"`
	Organisation   string   `env:"ORGANISATION"`
	DatabaseURL    string   `env:"DATABASE_URL"`
	StoreURL       string   `env:"STORE_URL"`
	S3AccessKey    string   `env:"S3_ACCESS_KEY"`
	S3SecretKey    string   `env:"S3_SECRET_KEY"`
	KeyHolders     []string `env:"KEY_HOLDERS"`
	TrustedProxies []string `env:"TRUSTED_PROXIES"`
	FirstAdmin     string   `env:"FIRST_ADMIN"`
	OIDCIssuer     string   `env:"OIDC_ISSUER"`
	OIDCClientID   string   `env:"OIDC_CLIENT_ID"`
	OIDCSecret     string   `env:"OIDC_CLIENT_SECRET"`
	OIDCLoginClaim string   `env:"OIDC_LOGIN_CLAIM" envDefault:"email"`
	Texts          string   `env:"TEXTS"`
	Swap           string   `env:"SWAP"` // "encrypted": the operator's word that swap is
	LogLevel       string   `env:"LOG_LEVEL" envDefault:"info"`
}

// Load reads the environment and checks it whole: every fault at once.
func Load() (Config, error) {
	var c Config
	if err := env.ParseWithOptions(&c, env.Options{Prefix: Prefix}); err != nil {
		return c, named(err)
	}
	return c, c.check()
}

// LoadLearning reads only what `demo` reads.
func LoadLearning() (Learning, error) {
	var l Learning
	if err := env.ParseWithOptions(&l, env.Options{Prefix: Prefix}); err != nil {
		return l, named(err)
	}
	return l, errors.Join(l.faults()...)
}

// named says which variables cannot be read: the library names our fields.
func named(err error) error {
	var all env.AggregateError
	if !errors.As(err, &all) {
		return fmt.Errorf("settings: %w", err)
	}
	var faults []error
	for _, err := range all.Errors {
		var unread env.ParseError
		if errors.As(err, &unread) {
			field, _ := reflect.TypeFor[Config]().FieldByName(unread.Name)
			err = fault(field.Tag.Get("env"), "cannot be read, %w; it must be as in %s", unread.Err, field.Tag.Get("envDefault"))
		}
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

func fault(name, format string, args ...any) error {
	return fmt.Errorf(Prefix+name+" "+format, args...)
}

func (c Config) check() error {
	faults := c.faults()
	faults = append(faults, c.required()...)
	faults = append(faults, c.addresses()...)
	faults = append(faults, c.stores()...)
	return errors.Join(faults...)
}

func (l Learning) faults() (faults []error) {
	if l.CoolingOff < 0 || l.CoolingOff > MaxRetention {
		faults = append(faults, fault("COOLING_OFF", "must be from 0s to 4320h: how long only the klantmanager looks, as in 72h"))
	}
	if l.Retention < time.Hour || l.Retention > MaxRetention {
		faults = append(faults, fault("RETENTION", "must be from 1h to 4320h (180 days): longer needs a new consent, as in 1440h"))
	}
	if l.AskAfter < time.Second || l.AskAfter > MaxRetention {
		faults = append(faults, fault("ASK_AFTER", "must be from 1s to 4320h: how long a recording lies unwatched before its klantmanager is asked whether it is still needed, as in 336h"))
	}
	if l.Proof < MinProof || l.Proof > MaxProof {
		faults = append(faults, fault("PROOF", "must be from 720h (30 days) to 61320h (7 years): how long the proof of consent outlives the data, as in 8760h"))
	}
	if l.MaxUpload < 1<<20 {
		faults = append(faults, fault("MAX_UPLOAD", "must be at least 1048576: the largest film in bytes"))
	}
	if l.Fragments < 1 || l.Fragments > MaxFragments {
		faults = append(faults, fault("FRAGMENTS", "must be from 1 to 12: how many fragments are chosen of a recording at most, as in 3"))
	}
	return append(faults, l.mail()...)
}

func (l Learning) mail() (faults []error) {
	if u, err := url.Parse(l.SMTPURL); l.SMTPURL != "" && (err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps") {
		faults = append(faults, fault("SMTP_URL", "must be smtp://USER:PASS@HOST:587 (STARTTLS) or smtps://USER:PASS@HOST:465"))
	}
	if (l.SMTPURL == "") != (l.MailFrom == "") {
		faults = append(faults, fault("MAIL_FROM", "and %sSMTP_URL belong together: who the e-mail is from, and the server that takes it", Prefix))
	}
	if l.SMSGateway != "" && (l.SMTPURL == "" || strings.ContainsAny(l.SMSGateway, "@:/ ") || !strings.Contains(l.SMSGateway, ".")) {
		faults = append(faults, fault("SMS_GATEWAY", "must be a domain, as in sms.voorbeeld.nl, and needs %sSMTP_URL: mail to NUMBER@domain becomes a text message", Prefix))
	}
	return faults
}

func (c Config) required() (faults []error) {
	need := func(name, value, why string) {
		if strings.TrimSpace(value) == "" {
			faults = append(faults, fault(name, "is missing: %s", why))
		}
	}
	need("PUBLIC_URL", c.PublicURL, "the address that browsers use, as in https://vakspiegel.gemeente.nl")
	need("ORGANISATION", c.Organisation, "the municipality's name, as it stands on the citizen's pages")
	need("DATABASE_URL", c.DatabaseURL, "postgres://USER@HOST/NAME, or sqlite:PATH on one server")
	need("STORE_URL", c.StoreURL, "s3://BUCKET?endpoint=HOST:PORT&tls=true, or dir:PATH on one server")
	need("KEY_HOLDERS", strings.Join(c.KeyHolders, ","), "file:PATH, outside the data folder and outside every backup")
	need("OIDC_ISSUER", c.OIDCIssuer, "the sign-in provider's address")
	need("OIDC_CLIENT_ID", c.OIDCClientID, "the name under which the provider knows Vakspiegel")
	return faults
}

func (c Config) addresses() (faults []error) {
	if u, err := url.Parse(c.PublicURL); c.PublicURL != "" {
		switch {
		case err != nil || u.Host == "" || u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.User != nil:
			faults = append(faults, fault("PUBLIC_URL", "must be a scheme and a host only, as in https://vakspiegel.gemeente.nl"))
		case u.Scheme != "https" && (u.Scheme != "http" || !Loopback(u.Host)):
			faults = append(faults, fault("PUBLIC_URL", "must begin with https://: cookies and films may not travel in plain"))
		}
	}
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		faults = append(faults, fault("ADDR", "must be HOST:PORT, as in 127.0.0.1:8080"))
	}
	if u, err := url.Parse(c.OIDCIssuer); c.OIDCIssuer != "" && (err != nil || u.Scheme != "https" && !Loopback(u.Host)) {
		faults = append(faults, fault("OIDC_ISSUER", "must begin with https://"))
	}
	if _, err := c.Proxies(); err != nil {
		faults = append(faults, err)
	}
	return faults
}

func (c Config) stores() (faults []error) {
	s3 := strings.HasPrefix(c.StoreURL, "s3://")
	if s3 && (c.S3AccessKey == "" || c.S3SecretKey == "") {
		faults = append(faults, fault("S3_ACCESS_KEY", "and %sS3_SECRET_KEY are needed for an s3:// store", Prefix))
	}
	for _, holder := range c.KeyHolders {
		path, ok := strings.CutPrefix(holder, "file:")
		if !ok {
			faults = append(faults, fault("KEY_HOLDERS", "takes file:PATH; other holders come in a later version"))
			continue
		}
		if store, isDir := strings.CutPrefix(c.StoreURL, "dir:"); isDir && within(path, store) {
			faults = append(faults, fault("KEY_HOLDERS", "lies inside the store: a copy of the store would carry its own keys. Put it in a folder of its own"))
		}
	}
	if _, err := c.Level(); err != nil {
		faults = append(faults, fault("LOG_LEVEL", "must be debug, info, warn or error"))
	}
	return faults
}

// Proxies are the proxies that may say who the client is.
func (c Config) Proxies() ([]netip.Prefix, error) {
	var proxies []netip.Prefix
	for _, typed := range c.TrustedProxies {
		prefix, err := netip.ParsePrefix(typed)
		if err != nil {
			addr, bad := netip.ParseAddr(typed)
			if bad != nil {
				return nil, fault("TRUSTED_PROXIES", "takes addresses and networks, as in 10.0.0.0/8,192.0.2.7")
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		if prefix.Bits() == 0 {
			return nil, fault("TRUSTED_PROXIES", "may not be everyone: then anybody chooses who they seem to be")
		}
		proxies = append(proxies, prefix)
	}
	return proxies, nil
}

// Level is from which level on lines are logged.
func (c Config) Level() (slog.Level, error) {
	var level slog.Level
	err := level.UnmarshalText([]byte(c.LogLevel))
	return level, err
}

// Loopback reports whether host (with or without a port) is this machine.
func Loopback(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	if name == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err == nil && addr.IsLoopback()
}

// within reports whether path lies in dir.
func within(path, dir string) bool {
	separator := string(os.PathSeparator)
	return strings.HasPrefix(strings.TrimRight(path, separator)+separator, strings.TrimRight(dir, separator)+separator)
}
