package config_test

import (
	"strings"
	"testing"

	"vakspiegel/cmd/config"
)

// good are settings that start.
var good = map[string]string{
	"PUBLIC_URL": "https://vakspiegel.gemeente.example", "ORGANISATION": "Gemeente Voorbeeld",
	"DATABASE_URL": "postgres://v@db/v", "STORE_URL": "s3://films?endpoint=store:9000&tls=true",
	"S3_ACCESS_KEY": "a", "S3_SECRET_KEY": "b", "KEY_HOLDERS": "file:/var/lib/keys/vakspiegel.json",
	"OIDC_ISSUER": "https://id.gemeente.example", "OIDC_CLIENT_ID": "vakspiegel",
}

func load(t *testing.T, change map[string]string) error {
	t.Helper()
	for _, settings := range []map[string]string{good, change} {
		for name, value := range settings {
			t.Setenv(config.Prefix+name, value)
		}
	}
	_, err := config.Load()
	return err
}

func TestGoodSettingsStart(t *testing.T) {
	for name, change := range map[string]map[string]string{
		"production": nil,
		"one server": {"DATABASE_URL": "sqlite:/data/v.db", "STORE_URL": "dir:/data/films"},
		"loopback":   {"PUBLIC_URL": "http://127.0.0.1:9000", "OIDC_ISSUER": "http://127.0.0.1:9001"},
		"proxies":    {"TRUSTED_PROXIES": "10.0.0.0/8,192.0.2.7,::1"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := load(t, change); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestUnsafeSettingsAreRefusedWithAWayOut(t *testing.T) {
	for name, c := range map[string]struct {
		change map[string]string
		names  string
		says   string
	}{
		"plain http":                  {map[string]string{"PUBLIC_URL": "http://vakspiegel.gemeente.example"}, "PUBLIC_URL", "https://"},
		"a path":                      {map[string]string{"PUBLIC_URL": "https://gemeente.example/v"}, "PUBLIC_URL", "host only"},
		"no database":                 {map[string]string{"DATABASE_URL": " "}, "DATABASE_URL", "is missing"},
		"no keys":                     {map[string]string{"KEY_HOLDERS": ""}, "KEY_HOLDERS", "outside"},
		"keys in the store":           {map[string]string{"STORE_URL": "dir:/data", "KEY_HOLDERS": "file:/data/keys.json"}, "KEY_HOLDERS", "inside the store"},
		"no S3 secret":                {map[string]string{"S3_SECRET_KEY": ""}, "S3_ACCESS_KEY", "S3_SECRET_KEY"},
		"everyone is a trusted proxy": {map[string]string{"TRUSTED_PROXIES": "0.0.0.0/0"}, "TRUSTED_PROXIES", "everyone"},
		"a proxy by name":             {map[string]string{"TRUSTED_PROXIES": "proxy"}, "TRUSTED_PROXIES", "addresses"},
		"kept for ever":               {map[string]string{"RETENTION": "87600h"}, "RETENTION", "180 days"},
		"proof for a week":            {map[string]string{"PROOF": "168h"}, "PROOF", "30 days"},
		"proof for ever":              {map[string]string{"PROOF": "87600h"}, "PROOF", "7 years"},
		"no fragments":                {map[string]string{"FRAGMENTS": "0"}, "FRAGMENTS", "from 1 to 12"},
		"fragments without end":       {map[string]string{"FRAGMENTS": "13"}, "FRAGMENTS", "from 1 to 12"},
		"mail that is no mail":        {map[string]string{"SMTP_URL": "https://mail.example", "MAIL_FROM": "a@b.example"}, "SMTP_URL", "STARTTLS"},
		"text messages without mail":  {map[string]string{"SMS_GATEWAY": "sms.example"}, "SMS_GATEWAY", "needs"},
		"a gateway that is no domain": {map[string]string{"SMS_GATEWAY": "0612@sms.example", "SMTP_URL": "smtps://mail.example", "MAIL_FROM": "a@b.example"}, "SMS_GATEWAY", "domain"},
		"mail from nobody":            {map[string]string{"SMTP_URL": "smtps://mail.example"}, "MAIL_FROM", "belong together"},
		"a negative cooling-off":      {map[string]string{"COOLING_OFF": "-1h"}, "COOLING_OFF", "from 0s"},
		"a provider in plain":         {map[string]string{"OIDC_ISSUER": "http://id.gemeente.example"}, "OIDC_ISSUER", "https://"},
		"an unknown level":            {map[string]string{"LOG_LEVEL": "loud"}, "LOG_LEVEL", "debug"},
		"an address without a port":   {map[string]string{"ADDR": "127.0.0.1"}, "ADDR", "HOST:PORT"},
	} {
		t.Run(name, func(t *testing.T) {
			err := load(t, c.change)
			if err == nil || !strings.Contains(err.Error(), config.Prefix+c.names) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v; want a sentence about %s with %q", err, c.names, c.says)
			}
		})
	}
}

func TestAllFaultsAtOnceAndNoSecretInThem(t *testing.T) {
	err := load(t, map[string]string{
		"PUBLIC_URL": "ftp://x", "RETENTION": "1s", "MAX_UPLOAD": "1", "KEY_HOLDERS": "https://holder", "S3_SECRET_KEY": "geheim",
	})
	if err == nil {
		t.Fatal("started")
	}
	for _, name := range []string{"PUBLIC_URL", "RETENTION", "MAX_UPLOAD", "KEY_HOLDERS"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%q does not name %s", err, name)
		}
	}
	if strings.Contains(err.Error(), "geheim") {
		t.Error("a secret is in the error")
	}
}

func TestNumbersThatAreNoneAreRefused(t *testing.T) {
	t.Setenv(config.Prefix+"MAX_UPLOAD", "much")
	t.Setenv(config.Prefix+"RETENTION", "sixty days")
	_, err := config.LoadLearning()
	if err == nil {
		t.Fatal("started")
	}
	for _, says := range []string{config.Prefix + "MAX_UPLOAD", "12884901888", config.Prefix + "RETENTION", "1440h"} {
		if !strings.Contains(err.Error(), says) {
			t.Errorf("%q does not say %s", err, says)
		}
	}
}
