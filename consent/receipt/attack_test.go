package receipt

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/uuid"
)

var b64 = base64.RawURLEncoding

// forge signs any header and payload with a real key: what an attacker with a
// key of their own, or a careless program, could make.
func (k Key) forge(protected, payload string) []byte {
	p, b := b64.EncodeToString([]byte(protected)), b64.EncodeToString([]byte(payload))
	signature := b64.EncodeToString(sign(k, p+"."+b))
	return fmt.Appendf(nil, `{"payload":"%s","protected":"%s","signature":"%s"}`, b, p, signature)
}

func given() Facts {
	return Facts{
		RecordID: uuid.MustParse("0198c0de-0000-7000-8000-000000000001"), Role: "citizen", Controller: Controller{Name: "B en W"},
		Site: "https://vakspiegel.example", Events: []Event{{
			ID: uuid.MustParse("0198c0de-0000-7000-8000-000000000002"), Kind: "given", At: began, ByWhom: "participant", Scopes: []string{"coach"},
			Method: "own_device", TextVersion: "v1", TextHash: hash, Language: "nl", OrganisationHash: hash, LegalBasis: "consent", RetentionDays: 60,
		}},
	}
}

// parts of a file that was made well, to be put together otherwise.
type parts struct{ payload, protected, signature, header, body string }

func partsOf(t *testing.T, text []byte) parts {
	t.Helper()
	var f file
	if err := json.Unmarshal(text, &f); err != nil {
		t.Fatal(err)
	}
	header, err := b64.DecodeString(f.Protected)
	if err != nil {
		t.Fatal(err)
	}
	body, err := b64.DecodeString(f.Payload)
	if err != nil {
		t.Fatal(err)
	}
	return parts{f.Payload, f.Protected, f.Signature, string(header), string(body)}
}

func flattened(payload, protected, signature string) []byte {
	return fmt.Appendf(nil, `{"payload":"%s","protected":"%s","signature":"%s"}`, payload, protected, signature)
}

func TestNoKnownAttackOnASignaturePasses(t *testing.T) {
	ours, theirs := key(t, 1), key(t, 2)
	set := NewKeys(ours.Public())
	text, err := ours.Sign(NewReceipt(given()))
	if err != nil {
		t.Fatal(err)
	}
	good := partsOf(t, text)
	kid := ours.Public().ID()
	header := func(alg string) string {
		return fmt.Sprintf(`{"alg":"%s","kid":"%s","typ":"%s"}`, alg, kid, TypeReceipt)
	}
	mac := func(secret []byte) []byte {
		p := b64.EncodeToString([]byte(header("HS256")))
		h := hmac.New(sha256.New, secret)
		h.Write([]byte(p + "." + good.payload))
		return flattened(good.payload, p, b64.EncodeToString(h.Sum(nil)))
	}
	published, err := Publish([]PublicKey{ours.Public()})
	if err != nil {
		t.Fatal(err)
	}
	more := func(member string) []byte {
		return bytes.Replace(text, []byte(`}`), []byte(`,`+member+`}`), 1)
	}
	edited := strings.Replace(good.body, "purpose-coach", "purpose-peers", 2)
	statement, err := ours.Sign(NewStatement(Erasure{ID: uuid.New(), RecordID: uuid.New(), Controller: "B en W", ClosedAt: began, PolicyHash: hash}))
	if err != nil {
		t.Fatal(err)
	}
	strange, err := theirs.Sign(NewReceipt(given()))
	if err != nil {
		t.Fatal(err)
	}
	for name, attack := range map[string]struct {
		text []byte
		want error
	}{
		"no algorithm":                         {flattened(good.payload, b64.EncodeToString([]byte(header("none"))), ""), ErrHeader},
		"no algorithm, its signature kept":     {flattened(good.payload, b64.EncodeToString([]byte(header("none"))), good.signature), ErrHeader},
		"HMAC with the public key":             {mac(ours.Public()), ErrHeader},
		"HMAC with the published set":          {mac(published), ErrHeader},
		"another algorithm":                    {ours.forge(header("Ed25519"), good.body), ErrHeader},
		"another installation's key":           {strange, ErrUnknownKey},
		"their signature under our number":     {theirs.forge(header("EdDSA"), good.body), ErrSignature},
		"a number swapped after signing":       {flattened(good.payload, b64.EncodeToString([]byte(strings.Replace(good.header, kid, theirs.Public().ID(), 1))), good.signature), ErrUnknownKey},
		"a key of their own in the header":     {theirs.forge(fmt.Sprintf(`{"alg":"EdDSA","jwk":{"kty":"OKP","crv":"Ed25519","x":"%s"},"kid":"%s","typ":"%s"}`, b64.EncodeToString(theirs.Public()), kid, TypeReceipt), good.body), ErrHeader},
		"an address of a key in the header":    {ours.forge(fmt.Sprintf(`{"alg":"EdDSA","jku":"https://evil.example","kid":"%s","typ":"%s"}`, kid, TypeReceipt), good.body), ErrHeader},
		"a critical extension":                 {ours.forge(fmt.Sprintf(`{"alg":"EdDSA","b64":false,"crit":["b64"],"kid":"%s","typ":"%s"}`, kid, TypeReceipt), good.body), ErrHeader},
		"two algorithms in the header":         {ours.forge(fmt.Sprintf(`{"alg":"none","alg":"EdDSA","kid":"%s","typ":"%s"}`, kid, TypeReceipt), good.body), ErrHeader},
		"an edited document":                   {flattened(b64.EncodeToString([]byte(edited)), good.protected, good.signature), ErrSignature},
		"the document left out (detached)":     {flattened("", good.protected, good.signature), ErrSignature},
		"no payload member (detached)":         {fmt.Appendf(nil, `{"protected":"%s","signature":"%s"}`, good.protected, good.signature), ErrForm},
		"a second payload before the first":    {bytes.Replace(text, []byte(`{`), []byte(`{"payload":"e30",`), 1), ErrForm},
		"a second payload after the first":     {more(`"payload":"e30"`), ErrForm},
		"an unprotected header":                {more(`"header":{"alg":"none"}`), ErrForm},
		"a new line in the payload":            {flattened(good.payload[:8]+`\n`+good.payload[8:], good.protected, good.signature), ErrForm},
		"a new line in the signature":          {flattened(good.payload, good.protected, good.signature[:8]+`\n`+good.signature[8:]), ErrForm},
		"a letter written as an escape":        {flattened(`\u0065`+good.payload[1:], good.protected, good.signature), ErrForm},
		"a member in capitals":                 {bytes.Replace(text, []byte(`"payload"`), []byte(`"Payload"`), 1), ErrForm},
		"many signatures":                      {fmt.Appendf(nil, `{"payload":"%s","signatures":[{"protected":"%s","signature":"%s"}]}`, good.payload, good.protected, good.signature), ErrForm},
		"the compact form":                     {[]byte(good.protected + "." + good.payload + "." + good.signature), ErrMalformed},
		"a new line at the end":                {append(bytes.Clone(text), '\n'), ErrForm},
		"something after the end":              {append(bytes.Clone(text), "{}"...), ErrForm},
		"a byte order mark":                    {append([]byte("\xef\xbb\xbf"), text...), ErrMalformed},
		"an empty file":                        {nil, ErrMalformed},
		"a page instead":                       {[]byte("<!doctype html>"), ErrMalformed},
		"null":                                 {[]byte("null"), ErrForm},
		"a document without its signature":     {[]byte(good.body), ErrForm},
		"a statement called a receipt":         {ours.forge(header("EdDSA"), partsOf(t, statement).body), ErrFields},
		"another kind of document":             {ours.forge(fmt.Sprintf(`{"alg":"EdDSA","kid":"%s","typ":"JWT"}`, kid), good.body), ErrHeader},
		"signed, with two of one member":       {ours.forge(header("EdDSA"), strings.Replace(good.body, `"dct:publisher"`, `"dct:publisher":"X","dct:publisher"`, 1)), ErrFields},
		"signed, with a member nobody knows":   {ours.forge(header("EdDSA"), strings.Replace(good.body, `"dct:publisher"`, `"x":1,"dct:publisher"`, 1)), ErrFields},
		"signed, for more than the event says": {ours.forge(header("EdDSA"), strings.Replace(good.body, `"vakspiegel:purpose-coach"]`, `"vakspiegel:purpose-peers"]`, 1)), ErrFields},
		"signed, without a controller":         {ours.forge(header("EdDSA"), strings.ReplaceAll(good.body, `"B en W"`, `""`)), ErrFields},
		"signed, of another event":             {ours.forge(header("EdDSA"), strings.Replace(good.body, `000000000002"`, `000000000003"`, 2)), ErrFields},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := Verify(attack.text, set); !errors.Is(err, attack.want) {
				t.Errorf("got %v, want %v", err, attack.want)
			}
		})
	}
	if _, err := Verify(text, set); err != nil {
		t.Errorf("the file itself: %v", err)
	}
}

func TestAKeySetIsOursOrNothing(t *testing.T) {
	ours, theirs := key(t, 1).Public(), key(t, 2).Public()
	good, err := Publish([]PublicKey{ours, theirs})
	if err != nil {
		t.Fatal(err)
	}
	if keys, err := ParseKeys(good); err != nil || len(keys) != 2 || keys[ours.ID()].ID() != ours.ID() {
		t.Fatalf("the set itself: %v, %v", keys, err)
	}
	jwk := func(members string) string { return `{"keys":[{` + members + `}]}` }
	x, kid := b64.EncodeToString(ours), ours.ID()
	for name, set := range map[string]string{
		"nothing":                 ``,
		"a page":                  `<!doctype html>`,
		"an empty set":            `{"keys":[]}`,
		"no set":                  `{}`,
		"numbers swapped":         strings.Replace(string(good), kid, theirs.ID(), 1),
		"without a number":        jwk(`"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","x":"` + x + `"`),
		"a shared secret":         jwk(`"kty":"oct","k":"` + x + `","alg":"HS256","use":"sig","kid":"` + kid + `"`),
		"a private key":           jwk(`"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","x":"` + x + `","d":"` + b64.EncodeToString(bytes.Repeat([]byte{1}, 32)) + `","kid":"` + kid + `"`),
		"for another use":         jwk(`"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"enc","x":"` + x + `","kid":"` + kid + `"`),
		"for another alg":         jwk(`"kty":"OKP","crv":"Ed25519","alg":"none","use":"sig","x":"` + x + `","kid":"` + kid + `"`),
		"a key that is too short": jwk(`"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","x":"` + x[:20] + `","kid":"` + kid + `"`),
	} {
		t.Run(name, func(t *testing.T) {
			if keys, err := ParseKeys([]byte(set)); !errors.Is(err, ErrKeys) {
				t.Errorf("got %v, %v", keys, err)
			}
		})
	}
}

// A former key goes on verifying what it signed (doc.go, Keys).
func TestAnOldReceiptVerifiesAfterTheKeyChanged(t *testing.T) {
	old, current := key(t, 1), key(t, 2)
	text, err := old.Sign(NewReceipt(given()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Verify(text, NewKeys(current.Public())); !errors.Is(err, ErrUnknownKey) {
		t.Errorf("without the former key: %v", err)
	}
	v, err := Verify(text, NewKeys(old.Public(), current.Public()))
	if err != nil || v.KeyID != old.Public().ID() {
		t.Errorf("with both: %v, %v", v.KeyID, err)
	}
}

// Invariant 5.
func TestAKeyIsNeverPrinted(t *testing.T) {
	secret := key(t, 'k')
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("key", "value", secret)
	for _, text := range []string{fmt.Sprint(secret), fmt.Sprintf("%v %+v %#v %s %x %q %d", secret, secret, secret, secret, secret, secret, secret), log.String()} {
		if strings.Contains(text, "kkkk") || strings.Contains(text, "6b6b") || strings.Contains(text, "107 107") {
			t.Errorf("it stands in %s", text)
		}
	}
	if _, err := NewKey([]byte("short")); err == nil {
		t.Error("a short secret makes a key")
	}
}

// What must not be in a receipt cannot get in: the facts have no place for it.
// What must be in it, is (ISO/IEC TS 27560; the guide's names).
func TestAReceiptHasTheFieldsOfTheStandard(t *testing.T) {
	payload, err := encode(NewReceipt(given()))
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{
		`"@type":"dpv:ConsentReceipt"`, `"dct:conformsTo":"https://w3id.org/dpv/schema/dpv-27560#receipt-eu-gdpr"`,
		`"dct:conformsTo":"https://w3id.org/dpv/schema/dpv-27560#record-eu-gdpr"`, `"dpv:hasDataSubject"`, `"dpv:hasDataController"`,
		`"dpv:hasLegalBasis":["eu-gdpr:A6-1-a","eu-gdpr:A9-2-a"]`, `"dpv:hasNotice"`, `"dpv:hasPurpose"`, `"dpv:hasPersonalData"`,
		`"dpv:hasProcessing"`, `"dpv:hasStorageCondition"`, `"rdf:value":"P60D"`, `"dpv:hasJurisdiction":"loc:NL"`, `"dpv:hasRecipient"`,
		`"dpv:WithdrawConsent"`, `"dpv:isExercisedAt":"https://vakspiegel.example/code"`, `"eu-gdpr:A15"`, `"eu-gdpr:A16"`, `"eu-gdpr:A77"`,
		`"dpv:hasConsentStatus"`, `"dpv:isIndicatedAtTime":"2026-11-03T09:15:00.123456Z"`, `"dpv:isIndicatedBy":"dpv:DataSubject"`, `"dpv:hasIndicationMethod":"own_device"`,
	} {
		if !bytes.Contains(payload, []byte(field)) {
			t.Errorf("%s is missing", field)
		}
	}
	task := given()
	task.Events[0].LegalBasis = "public_task"
	if got := NewReceipt(task).Record.LegalBasis; len(got) != 1 || got[0] != "eu-gdpr:A6-1-e" {
		t.Errorf("public task: %v", got)
	}
}

func sign(k Key, input string) []byte { return ed25519.Sign(k.private, []byte(input)) }
