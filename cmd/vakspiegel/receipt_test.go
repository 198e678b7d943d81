package main

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/consent/receipt"
	"vakspiegel/consent/texts"
	"vakspiegel/media/blob"
)

var (
	printedDigest = regexp.MustCompile(`(?:[0-9a-f]{8} ){7}[0-9a-f]{8}`)
	another       = regexp.MustCompile(`/toestemming/verklaring\?nr=[0-9]+`)
)

// saved is a folder with the published keys, as an officer keeps it.
func (b *browser) saved() (folder string) {
	b.t.Helper()
	a := b.want(200, b.get("/.well-known/vakspiegel-keys.json"))
	if a.Header.Get("Content-Type") != "application/jwk-set+json" || a.Header.Get("Cache-Control") != "public, max-age=3600" || a.Header.Get("Access-Control-Allow-Origin") != "*" {
		b.t.Errorf("the key set is sent with %v", a.Header)
	}
	folder = b.t.TempDir()
	must(b.t, os.WriteFile(filepath.Join(folder, "vakspiegel-keys.json"), a.body, 0o600))
	return folder
}

// download saves a signed file and verifies it as the command does.
func (b *browser) download(folder, path string) (receipt.Verified, string) {
	b.t.Helper()
	a := b.want(200, b.get(path))
	if a.Header.Get("Content-Type") != "application/jose+json" || !strings.Contains(a.Header.Get("Content-Disposition"), "attachment") || a.Header.Get("Cache-Control") != "no-store" {
		b.t.Errorf("%s is sent with %v", path, a.Header)
	}
	name := filepath.Join(folder, "verklaring.json")
	must(b.t, os.WriteFile(name, a.body, 0o600))
	must(b.t, receiptVerifyCommand{File: name}.Run(context.Background()))
	keys, err := os.ReadFile(filepath.Join(folder, "vakspiegel-keys.json"))
	must(b.t, err)
	set, err := receipt.ParseKeys(keys)
	must(b.t, err)
	v, err := receipt.Verify(a.body, set)
	must(b.t, err)
	return v, name
}

// A yes, every change and the end each give a receipt that the command checks
// without the server; paper and file have one digest; after erasing all are
// still there, with a statement, for everyone who was in the room.
func TestReceiptsOfAWholeHistoryCanBeCheckedElsewhere(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s, _ := launch(t, p, func(settings *Settings) { settings.Texts = texts.Demo() })
		noor := s.as("noor")
		c := noor.ask("citizen", "partner")
		early := s.browser()
		early.visit(c.Participants[0].ConsentURL)
		for _, path := range []string{"/toestemming/verklaring", "/toestemming/verklaring.json", "/toestemming/wisverklaring", "/toestemming/wisverklaring.json"} {
			if a := early.get(path); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/toestemming" {
				t.Errorf("%s before everyone answered: %d %s", path, a.StatusCode, a.Header.Get("Location"))
			}
			if a := s.browser().get(path); a.StatusCode != http.StatusNotFound {
				t.Errorf("%s without a link: %d", path, a.StatusCode)
			}
		}
		citizen, partner := s.sayYes(c.Participants[0].ConsentURL, "coach", "peers"), s.sayYes(c.Participants[1].ConsentURL, "coach", "peers")
		noor.upload(c.ID, sampleFilm)
		folder := citizen.saved()
		ref, _ := citizen.visit(c.Participants[0].ConsentURL)
		for _, choice := range []string{"minder", "stil", "verder"} {
			citizen.want(http.StatusSeeOther, citizen.choose(ref, choice, nil))
		}
		citizen.want(http.StatusSeeOther, citizen.choose(ref, "wis", map[string][]string{"bevestig": {"ja"}}))
		citizen.until("everything is erased", func() bool {
			return strings.Contains(string(citizen.want(200, citizen.get("/toestemming/wisverklaring?taal=nl")).body), "Alles is gewist en nagekeken.")
		})
		for i, kind := range []string{"given", "narrowed", "paused", "resumed", "withdrawn"} {
			page := string(citizen.want(200, citizen.get("/toestemming/verklaring?taal=nl&nr="+string(rune('1'+i)))).body)
			v, _ := citizen.download(folder, "/toestemming/verklaring.json?nr="+string(rune('1'+i)))
			status := v.Receipt.Record.Status
			if len(status) != i+1 || status[i].Kind != kind {
				t.Errorf("receipt %d is about %+v, want %s", i+1, status[len(status)-1], kind)
			}
			if printed := strings.ReplaceAll(printedDigest.FindString(page), " ", ""); printed != v.Digest {
				t.Errorf("receipt %d: %s on paper, %s in the file", i+1, printed, v.Digest)
			}
			s.wantChecked(t, "v="+v.Receipt.Identifier.String()+"&k="+v.Digest[:32])
			if got := v.Receipt.Record; got.Controller.Name == "" || len(got.Controller.Contacts) < 2 || got.Notice.Organisation == nil || len(got.LegalBasis) == 0 {
				t.Errorf("receipt %d lacks what was shown: %+v", i+1, got)
			}
			if strings.Contains(page, "Noor") || another.FindString(page) == "" {
				t.Errorf("receipt %d names the klantmanager, or does not lead to the others", i+1)
			}
		}
		s.statements(t, folder, citizen, partner)
	})
}

// statements are compared: one for each of the room, equal but for their number.
func (s *system) statements(t *testing.T, folder string, citizen, partner *browser) {
	t.Helper()
	var said [2]receipt.Statement
	for i, b := range []*browser{citizen, partner} {
		v, _ := b.download(folder, "/toestemming/wisverklaring.json")
		said[i] = *v.Statement
		if said[i].Stage != receipt.StageErased || len(said[i].Stages) != 4 || said[i].KeyHolders != 1 || said[i].PolicyHash != s.policy.Hash() || len(said[i].Verification) == 0 || len(said[i].Origin) == 0 {
			t.Errorf("statement %d says %+v", i, said[i])
		}
		record := strings.TrimPrefix(said[i].Record, "urn:uuid:")
		s.wantChecked(t, "soort=wis&v="+record+"&k="+v.Digest)
		said[i].Record = ""
	}
	if a, b := digestOf(t, said[0]), digestOf(t, said[1]); a != b {
		t.Error("who withdrew can be told from the statements")
	}
	if got := string(partner.want(200, partner.get("/toestemming")).body); !strings.Contains(got, "/toestemming/wisverklaring") {
		t.Error("the others are not led to the statement")
	}
}

func digestOf(t *testing.T, d receipt.Document) string {
	t.Helper()
	digest, err := receipt.Digest(d)
	must(t, err)
	return digest
}

// wantChecked asks the page that a QR code leads to: ours as it is, not ours
// when anything in it is different.
func (s *system) wantChecked(t *testing.T, query string) {
	t.Helper()
	b := s.browser()
	if got := string(b.want(200, b.get("/verklaring?taal=nl&"+query)).body); !strings.Contains(got, "Deze verklaring klopt.") {
		t.Errorf("%s is not known: %s", query, got)
	}
	last := query[len(query)-1]
	other := byte('0')
	if last == other {
		other = '1'
	}
	short := query[:strings.Index(query, "k=")+2+31]
	for _, wrong := range []string{query[:len(query)-1] + string(other), short, strings.Replace(query, "v=", "v=f", 1), query + "0000000000000000000000000000000000"} {
		if got := string(b.want(200, b.get("/verklaring?taal=nl&"+wrong)).body); strings.Contains(got, "Deze verklaring klopt.") {
			t.Errorf("%s passes for %s", wrong, query)
		}
	}
}

// Each reason not to trust a file ends the command with a sentence and an error.
func TestTheCommandRefusesWhatIsNotAsItWasGiven(t *testing.T) {
	t.Parallel()
	p := pair{"sqlite", databasetest.Migrated(t, database.SQLite), "dir:" + filepath.Join(t.TempDir(), "store"), blob.S3Credentials{}}
	s := start(t, p)
	c := s.as("noor").ask("citizen")
	citizen := s.sayYes(c.Participants[0].ConsentURL)
	folder := citizen.saved()
	_, name := citizen.download(folder, "/toestemming/verklaring.json")
	good, err := os.ReadFile(name)
	must(t, err)
	strange, err := receipt.NewKey(bytes.Repeat([]byte{9}, receipt.SeedSize))
	must(t, err)
	elsewhere, err := receipt.Publish([]receipt.PublicKey{strange.Public()})
	must(t, err)
	must(t, os.WriteFile(filepath.Join(folder, "elsewhere.json"), elsewhere, 0o600))
	run := func(text []byte, keys string) error {
		file := filepath.Join(folder, "try.json")
		must(t, os.WriteFile(file, text, 0o600))
		return receiptVerifyCommand{File: file, Keys: keys}.Run(context.Background())
	}
	for name, test := range map[string]struct {
		text []byte
		keys string
		want error
	}{
		"cut off":                {good[:len(good)-20], "", receipt.ErrMalformed},
		"bytes after the end":    {append(bytes.Clone(good), '\n'), "", receipt.ErrForm},
		"a letter changed":       {bytes.Replace(good, []byte(`{"payload":"eyJA`), []byte(`{"payload":"eyJB`), 1), "", receipt.ErrSignature},
		"another installation's": {good, filepath.Join(folder, "elsewhere.json"), receipt.ErrUnknownKey},
		"keys that are none":     {good, name, receipt.ErrKeys},
	} {
		t.Run(name, func(t *testing.T) {
			if err := run(test.text, test.keys); !errors.Is(err, test.want) || len(err.Error()) < 60 {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
	if err := run(good, s.URL()+"/.well-known/vakspiegel-keys.json"); err != nil {
		t.Errorf("with the keys from the server: %v", err)
	}
	if err := run(good, "http://vakspiegel.example/.well-known/vakspiegel-keys.json"); err == nil {
		t.Error("keys over plain http are taken")
	}
	empty := httptest.NewServer(http.NotFoundHandler())
	defer empty.Close()
	if err := run(good, empty.URL+"/keys"); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("from an address without keys: %v", err)
	}
	must(t, os.Remove(filepath.Join(folder, "vakspiegel-keys.json")))
	if err := run(good, ""); err == nil || !strings.Contains(err.Error(), "--keys") {
		t.Errorf("without keys: %v", err)
	}
}
