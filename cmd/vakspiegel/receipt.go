package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"vakspiegel/cmd/config"
	"vakspiegel/consent/receipt"
)

type receiptCommand struct {
	Verify receiptVerifyCommand `cmd:"" help:"Check a consent receipt or a statement of erasure, without the server that made it."`
}

type receiptVerifyCommand struct {
	File string `arg:"" type:"existingfile" help:"The file as it was downloaded: verklaring-1.json or wisverklaring.json."`
	Keys string `help:"The published keys: a saved file, or https://…/.well-known/vakspiegel-keys.json. Without it: vakspiegel-keys.json beside FILE." placeholder:"FILE-OR-URL"`
}

// Run says in plain words what the file is, or in one sentence why it is not to
// be trusted. It speaks Dutch: a citizen or a privacy officer reads it.
func (r receiptVerifyCommand) Run(ctx context.Context) error {
	text, err := os.ReadFile(r.File)
	if err != nil {
		return err
	}
	published, err := r.published(ctx)
	if err != nil {
		return err
	}
	keys, err := receipt.ParseKeys(published)
	if err != nil {
		return plainly(err)
	}
	v, err := receipt.Verify(text, keys)
	if err != nil {
		return plainly(err)
	}
	describe(os.Stdout, v)
	return nil
}

// published reads the key set. It never follows an address that stands in the
// file that is to be checked.
func (r receiptVerifyCommand) published(ctx context.Context) ([]byte, error) {
	if strings.Contains(r.Keys, "://") {
		return fetchKeys(ctx, r.Keys)
	}
	name := r.Keys
	if name == "" {
		name = filepath.Join(filepath.Dir(r.File), "vakspiegel-keys.json")
	}
	set, err := os.ReadFile(name)
	if err != nil && r.Keys == "" {
		return nil, fmt.Errorf("de sleutels om mee te controleren ontbreken: bewaar /.well-known/vakspiegel-keys.json van de gemeente naast het bestand, of noem ze met --keys (%w)", err)
	}
	return set, err
}

// maxKeys is more than a key set of a lifetime; bytes.
const maxKeys = 1 << 20

func fetchKeys(ctx context.Context, address string) ([]byte, error) {
	at, err := url.Parse(address)
	if err != nil || at.Scheme != "https" && (at.Scheme != "http" || !config.Loopback(at.Host)) {
		return nil, fmt.Errorf("haal de sleutels alleen van een https-adres")
	}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("op dat adres staan geen sleutels: %s", answer.Status)
	}
	return io.ReadAll(io.LimitReader(answer.Body, maxKeys))
}

// plainly is the sentence for each reason; the reason itself stays in the chain.
func plainly(err error) error {
	for _, reason := range []struct {
		err  error
		says string
	}{
		{receipt.ErrMalformed, "NIET GOED: dit is geen ondertekende verklaring. Het bestand is afgebroken, of het is iets anders"},
		{receipt.ErrForm, "NIET GOED: dit is niet byte voor byte het bestand dat is uitgegeven. Het is opnieuw opgeslagen, of er is iets in of achter gezet"},
		{receipt.ErrHeader, "NIET GOED: het bestand is niet ondertekend zoals een verklaring van Vakspiegel, of het is een andere soort"},
		{receipt.ErrUnknownKey, "NIET GOED: het bestand is ondertekend met een sleutel die deze gemeente niet heeft gepubliceerd"},
		{receipt.ErrSignature, "NIET GOED: de handtekening klopt niet. Er is iets veranderd nadat het bestand is uitgegeven"},
		{receipt.ErrFields, "NIET GOED: de handtekening klopt, maar de verklaring is niet heel of spreekt zichzelf tegen"},
		{receipt.ErrKeys, "de sleutels zijn niet te gebruiken: dit is geen sleutelbestand van Vakspiegel"},
	} {
		if errors.Is(err, reason.err) {
			return fmt.Errorf("%s (%w)", reason.says, err)
		}
	}
	return err
}

func describe(w io.Writer, v receipt.Verified) {
	line := func(what, value string) { _, _ = fmt.Fprintf(w, "%-17s %s\n", what, printable(value)) }
	if v.Receipt != nil {
		describeReceipt(line, *v.Receipt)
	} else {
		describeStatement(line, *v.Statement)
	}
	line("controlegetal", v.Digest)
	line("handtekening", "KLOPT, met sleutel "+v.KeyID)
}

func describeReceipt(line func(what, value string), r receipt.Receipt) {
	record := r.Record
	last := record.Status[len(record.Status)-1]
	line("GOED", "dit is een verklaring van toestemming, en er is niets in veranderd")
	line("nummer", r.Identifier.String())
	line("toestemming", record.Identifier.String()+" ("+record.DataSubject.Role+")")
	line("verantwoordelijk", record.Controller.Name)
	if len(record.LegalBasis) > 0 {
		line("grondslag", strings.Join(record.LegalBasis, ", "))
	}
	if record.Notice.Version == "" {
		line("tekst", "geen: wie het gesprek voert, zegt ja door het te maken")
	} else {
		line("tekst", record.Notice.Version+", "+record.Notice.Language+", SHA-256 "+record.Notice.Hash)
	}
	if record.Notice.Organisation != nil {
		line("organisatie", "SHA-256 "+record.Notice.Organisation.Hash)
	}
	for _, event := range record.Status {
		line("gebeurtenis", clock(event.At)+"  "+eventWords[event.Kind]+" ("+event.By+", "+event.Method+")")
	}
	if receipt.Ended(last.Kind) {
		line("mag", "niets meer")
		return
	}
	for _, process := range record.Processes {
		line("mag", dutch(process.Purpose.Label))
	}
}

var eventWords = map[string]string{
	"given": "ja gezegd", "narrowed": "minder toegestaan", "widened": "meer toegestaan", "paused": "stilgezet", "resumed": "weer aangezet",
	"confirmed": "opnieuw bevestigd", "extended": "verlengd", "withdrawn": "ingetrokken", "revoked": "namens de persoon ingetrokken",
	"expired": "verlopen", "invalidated": "ongeldig verklaard",
}

func describeStatement(line func(what, value string), s receipt.Statement) {
	line("GOED", "dit is een wisverklaring, en er is niets in veranderd")
	line("nummer", s.Identifier.String())
	line("toestemming", strings.TrimPrefix(s.Record, "urn:uuid:"))
	line("verantwoordelijk", s.Publisher)
	for _, stage := range s.Stages {
		line("stap", clock(stage.At)+"  "+dutch(stage.Label))
	}
	if s.Stage != receipt.StageErased {
		line("let op", "dit is een tussenstand: nog niet alles was gewist en nagekeken")
	}
	for _, thing := range s.Erased {
		line("gewist", dutch(thing.Label))
	}
	line("nagekeken", dutch(s.Verification))
	line("eerst elders", dutch(s.Origin))
	for _, thing := range s.Remains {
		until := ""
		if thing.Until != nil {
			until = ", tot " + clock(*thing.Until)
		}
		line("blijft", dutch(thing.Label)+until)
	}
	line("regels", "SHA-256 "+s.PolicyHash)
}

func dutch(says []receipt.Said) string {
	for _, sentence := range says {
		if sentence.Language == "nl" {
			return sentence.Value
		}
	}
	return "-"
}

func clock(at time.Time) string {
	if amsterdam, err := time.LoadLocation("Europe/Amsterdam"); err == nil {
		at = at.In(amsterdam)
	}
	return at.Format("2-1-2006 15:04:05 MST")
}

// printable keeps a document from writing anything but text to a terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, text)
}
