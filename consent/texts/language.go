package texts

import (
	"golang.org/x/text/language"
)

// Authoritative is the language that says which keys there are, and the one
// shown to whom asks for none that we have.
const Authoritative = "nl"

// Language is one language that the citizen can choose.
type Language struct {
	Tag       string // BCP 47, "nl"
	Name      string `yaml:"name"`      // in the language itself, "Nederlands"
	Direction string `yaml:"direction"` // "ltr" or "rtl"
	// ReviewedBy names who checked the translation; "" while nobody has.
	ReviewedBy string `yaml:"reviewedBy"`
	Dates      Dates  `yaml:"dates"`
}

// Dates is how a language writes a moment.
type Dates struct {
	Weekdays []string `yaml:"weekdays"` // from Sunday, as time.Weekday
	Months   []string `yaml:"months"`   // from January
	// Day holds the places {day}, {month} and {year}; Moment {weekday}, {day},
	// {month}, {hour} (0 to 23, no leading zero) and {minute} (two digits).
	Day    string `yaml:"day"`
	Moment string `yaml:"moment"`
}

// Languages lists the languages, the authoritative one first, then by tag.
func (c *Catalogue) Languages() []Language {
	return append([]Language(nil), c.languages...)
}

// Language returns the language with this tag, the authoritative one when there
// is none such.
func (c *Catalogue) Language(tag string) Language {
	return c.folder(tag).language
}

// Negotiate picks a language: the one that was chosen explicitly if we have it,
// else the best of the Accept-Language header, else the authoritative one.
func (c *Catalogue) Negotiate(explicit, acceptLanguage string) string {
	if folder, ok := c.folders[explicit]; ok {
		return folder.language.Tag
	}
	wished, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wished) == 0 {
		return Authoritative
	}
	_, index, confidence := c.matcher.Match(wished...)
	if confidence == language.No {
		return Authoritative
	}
	return c.languages[index].Tag
}
