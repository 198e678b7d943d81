package texts

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"regexp"
	"strings"
	"unicode"
)

// OrganisationFile stands beside the folders of the languages.
const OrganisationFile = "organisation.yaml"

// ProtocolFolder stands there too. It holds what a municipality's own sessions
// follow, and is not ours to read: review/protocol does.
const ProtocolFolder = "protocols"

// LegalBasis is why the municipality may ask at all (domain.md, "Consent").
type LegalBasis string

// Under both nothing is filmed without a yes.
const (
	BasisConsent    LegalBasis = "consent"     // AVG 6(1)(a): the yes is the basis
	BasisPublicTask LegalBasis = "public_task" // AVG 6(1)(e): the yes is a safeguard
)

// Organisation is who is responsible for the recordings, and whom to call. The
// zero value, without a name, is that of an installation that has no such file.
type Organisation struct {
	// Name is the controller as the law knows it, which may be longer than the
	// name on the pages: "College van burgemeester en wethouders van …".
	Name      string    `yaml:"name"`
	Address   []string  `yaml:"address"` // line by line
	Telephone Telephone `yaml:"telephone"`
	// PrivacyContact answers questions about privacy; by telephone, e-mail or both.
	PrivacyContact Contact `yaml:"privacyContact"`
	// IndependentHelp reads along and does not work for the municipality.
	IndependentHelp Contact    `yaml:"independentHelp"`
	LegalBasis      LegalBasis `yaml:"legalBasis"` // "" in the file means consent
	Hash            string     `yaml:"-"`          // SHA-256 of the file, lower-case hex; "" without one
	File            []byte     `yaml:"-"`          // the file itself, nil without one
}

// Contact is whom to ask.
type Contact struct {
	Name      string    `yaml:"name"`
	Telephone Telephone `yaml:"telephone"`
	Email     string    `yaml:"email"`
}

// Telephone is a number as it is written for people: "14 000", "+31 79 000 00 00".
type Telephone string

// Dial returns the number without what is only for the eye, "" when there is none.
func (t Telephone) Dial() string {
	return strings.Map(func(r rune) rune {
		if r == '+' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, string(t))
}

// Organisation returns what organisation.yaml says, the zero value but for the
// legal basis when there is none.
func (c *Catalogue) Organisation() Organisation { return c.organisation }

func loadOrganisation(fsys fs.FS) (Organisation, error) {
	raw, err := fs.ReadFile(fsys, OrganisationFile)
	if errors.Is(err, fs.ErrNotExist) {
		return Organisation{LegalBasis: BasisConsent}, nil
	}
	if err != nil {
		return Organisation{}, fmt.Errorf("%w: %s: %w", ErrInvalid, OrganisationFile, err)
	}
	return ParseOrganisation(raw)
}

// ParseOrganisation reads an organisation.yaml. Errors: ErrInvalid, with every
// fault.
func ParseOrganisation(raw []byte) (Organisation, error) {
	var o Organisation
	if err := decode(raw, OrganisationFile, &o); err != nil {
		return o, err
	}
	if o.LegalBasis == "" {
		o.LegalBasis = BasisConsent
	}
	sum := sha256.Sum256(raw)
	o.Hash, o.File = hex.EncodeToString(sum[:]), raw
	return o, o.validate()
}

// validate names every fault at once.
func (o Organisation) validate() error {
	var faults []error
	fault := func(field, what string) {
		faults = append(faults, fmt.Errorf("%w: %s: %s %s", ErrInvalid, OrganisationFile, field, what))
	}
	line := func(field, value string) {
		if strings.TrimSpace(value) == "" {
			fault(field, "is missing")
		} else if strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }) {
			fault(field, "must be one line of plain text")
		}
	}
	telephone := func(field string, number Telephone) {
		if digits := len(strings.TrimPrefix(number.Dial(), "+")); !written.MatchString(string(number)) || digits < 3 || digits > 15 {
			fault(field, `must be a telephone number, as in "14 000" or "+31 79 000 00 00"`)
		}
	}
	contact := func(field string, c Contact, needsTelephone bool) {
		line(field+".name", c.Name)
		if needsTelephone || c.Telephone != "" {
			telephone(field+".telephone", c.Telephone)
		} else if c.Email == "" {
			fault(field, "needs a telephone or an email")
		}
		if address, err := mail.ParseAddress(c.Email); c.Email != "" && (err != nil || address.Address != c.Email) {
			fault(field+".email", "must be an e-mail address")
		}
	}
	line("name", o.Name)
	if len(o.Address) == 0 {
		fault("address", "is missing: its lines, street first")
	}
	for i, l := range o.Address {
		line(fmt.Sprintf("address[%d]", i), l)
	}
	telephone("telephone", o.Telephone)
	contact("privacyContact", o.PrivacyContact, false)
	contact("independentHelp", o.IndependentHelp, true)
	if o.LegalBasis != BasisConsent && o.LegalBasis != BasisPublicTask {
		fault("legalBasis", "must be consent or public_task")
	}
	return errors.Join(faults...)
}

var written = regexp.MustCompile(`^\+?[0-9][0-9 ()-]*$`)
