package texts

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
)

const whole = `name: College van Voorbeeld
address: [Voorbeeldplein 1, 0000 AA Voorbeeld]
telephone: "14 000"
privacyContact: {name: de FG, email: fg@voorbeeld.example}
independentHelp: {name: Raadslieden, telephone: "+31 (0)14-001"}
`

func folderWith(organisation string) fstest.MapFS {
	return fstest.MapFS{OrganisationFile: {Data: []byte(organisation)}}
}

func TestTheOrganisationIsRead(t *testing.T) {
	catalogue, err := Load(folderWith(whole))
	if err != nil {
		t.Fatal(err)
	}
	o := catalogue.Organisation()
	if o.Name != "College van Voorbeeld" || len(o.Address) != 2 || o.PrivacyContact.Email != "fg@voorbeeld.example" {
		t.Errorf("organisation %+v", o)
	}
	if o.LegalBasis != BasisConsent {
		t.Errorf("legal basis %q, want consent where nothing is said", o.LegalBasis)
	}
	if got := o.Telephone.Dial() + " " + o.IndependentHelp.Telephone.Dial(); got != "14000 +31014001" {
		t.Errorf("to dial: %s", got)
	}
	other, err := Load(folderWith(whole + "legalBasis: public_task\n"))
	if err != nil || other.Organisation().LegalBasis != BasisPublicTask {
		t.Errorf("legal basis %q, %v", other.Organisation().LegalBasis, err)
	}
}

func TestWithoutAFileTheOrganisationHasNoNameButABasis(t *testing.T) { // invariant 5
	if o := load(t).Organisation(); o.Name != "" || o.LegalBasis != BasisConsent {
		t.Errorf("organisation %+v", o)
	}
}

func TestTheDemoHasAnOrganisation(t *testing.T) {
	catalogue, err := Load(Demo())
	if err != nil {
		t.Fatal(err)
	}
	if o := catalogue.Organisation(); o.Name == "" || !strings.HasSuffix(o.PrivacyContact.Email, ".example") {
		t.Errorf("organisation %+v", o)
	}
}

func TestAFaultyOrganisationIsNamedByFileAndField(t *testing.T) { // invariant 5
	for name, test := range map[string]struct{ old, new, field string }{
		"no name":                       {"name: College van Voorbeeld", "name: ''", "name"},
		"no address":                    {"[Voorbeeldplein 1, 0000 AA Voorbeeld]", "[]", "address"},
		"an empty line of the address":  {"Voorbeeldplein 1", "' '", "address[0]"},
		"no telephone":                  {`telephone: "14 000"`, "", "telephone"},
		"words for a telephone":         {`"14 000"`, "bel ons", "telephone"},
		"a telephone that is a script":  {`"14 000"`, `"1400 onclick"`, "telephone"},
		"a telephone that is too short": {`"14 000"`, `"14"`, "telephone"},
		"a telephone that is too long":  {`"14 000"`, `"1234567890123456"`, "telephone"},
		"no way to the privacy contact": {", email: fg@voorbeeld.example", "", "privacyContact"},
		"no name of the contact":        {"name: de FG, ", "", "privacyContact.name"},
		"not an address":                {"fg@voorbeeld.example", "fg at voorbeeld", "privacyContact.email"},
		"a name in the address":         {"fg@voorbeeld.example", "'FG <fg@voorbeeld.example>'", "privacyContact.email"},
		"no help to call":               {`, telephone: "+31 (0)14-001"`, "", "independentHelp.telephone"},
		"an unknown field":              {"name: College", "naam: x\nname: College", "naam"},
		"a field that stands there twice": {
			"name: College", "name: x\nname: College", "name",
		},
		"an unknown legal basis":  {"name: College", "legalBasis: contract\nname: College", "legalBasis"},
		"a turn of the direction": {"College van Voorbeeld", `"a\u202eb"`, "name"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(whole, test.old) {
				t.Fatalf("nothing to spoil: %s", test.old)
			}
			_, err := Load(folderWith(strings.Replace(whole, test.old, test.new, 1)))
			if !errors.Is(err, ErrInvalid) {
				t.Fatalf("Load = %v, want ErrInvalid", err)
			}
			for _, part := range []string{OrganisationFile, test.field} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("error %q does not name %s", err, part)
				}
			}
		})
	}
}

func TestEveryFaultOfAnOrganisationIsNamedAtOnce(t *testing.T) {
	_, err := Load(folderWith("legalBasis: x\n"))
	for _, field := range []string{"name is", "address is", "telephone must", "privacyContact.name", "independentHelp.telephone", "legalBasis"} {
		if err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%v does not name %s", err, field)
		}
	}
}

func TestAFolderOfProtocolsIsNoLanguage(t *testing.T) {
	own := folderWith(whole)
	own[ProtocolFolder+"/eigen.yaml"] = &fstest.MapFile{Data: []byte("id: eigen\n")}
	catalogue, err := Load(own)
	if err != nil {
		t.Fatal(err)
	}
	if mine, program := len(catalogue.Languages()), len(load(t).Languages()); mine != program {
		t.Errorf("%d languages, not %d", mine, program)
	}
}
