package citizen

import (
	"html/template"

	"vakspiegel/consent/texts"
)

// controller is what the consent page says of the municipality.
type controller struct {
	texts.Organisation
	Responsible string           // who is responsible: the name on the pages when there is no organisation.yaml
	Basis       texts.LegalBasis // "" where the page says it elsewhere
}

func (p *Pages) controller() controller {
	c := controller{Organisation: p.catalogue.Organisation(), Responsible: p.organisation}
	if c.Name != "" {
		c.Responsible = c.Name
	}
	return c
}

// basis is the sentence about the legal basis.
func (p *Pages) basis(lang string) (string, error) {
	return p.catalogue.Words(lang).Say("basis." + string(p.catalogue.Organisation().LegalBasis))
}

// dial returns the address that calls a number, as trusted: Dial leaves only
// digits and a plus, where html/template would distrust every "tel:".
func dial(number texts.Telephone) template.URL {
	return template.URL("tel:" + number.Dial())
}
