package citizen

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"strconv"
	"time"

	"vakspiegel/consent/texts"
)

//go:embed templates
var templates embed.FS

// names of the pages, each a file in templates.
var names = []string{
	"consent", "answered", "mine", "refused", "erasing", "ended", "code",
	"unknown", "other", "blocked", "unavailable", "toomany", "article", "mail",
	"card", "returned", "receipt", "statement", "check",
	"lost", "letter",
}

// Pages renders the citizen's pages. It is safe for use by several goroutines.
type Pages struct {
	catalogue    *texts.Catalogue
	organisation string
	sheet        sheet
	byLanguage   map[string]map[string]*template.Template
	shared       bool
}

// OnSharedScreen are the same pages on a screen that staff handed over: each has
// the button that closes it (PathDone).
func (p *Pages) OnSharedScreen() *Pages {
	shared := *p
	shared.shared = true
	return &shared
}

// New parses every page in every language. organisation is the name that the
// pages give the municipality ("Gemeente Voorbeeld").
func New(cat *texts.Catalogue, organisation string) (*Pages, error) {
	sheet, err := loadSheet()
	if err != nil {
		return nil, err
	}
	p := &Pages{catalogue: cat, organisation: organisation, sheet: sheet,
		byLanguage: map[string]map[string]*template.Template{}}
	for _, l := range cat.Languages() {
		parsed, err := p.parse(l)
		if err != nil {
			return nil, fmt.Errorf("citizen: %s: %w", l.Tag, err)
		}
		p.byLanguage[l.Tag] = parsed
	}
	return p, nil
}

func (p *Pages) parse(l texts.Language) (map[string]*template.Template, error) {
	base, err := template.New("").Funcs(p.functions(l)).Option("missingkey=error").
		ParseFS(templates, "templates/layout.html", "templates/parts.html", "templates/own.html")
	if err != nil {
		return nil, err
	}
	parsed := map[string]*template.Template{}
	for _, name := range names {
		page, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if parsed[name], err = page.ParseFS(templates, "templates/"+name+".html"); err != nil {
			return nil, err
		}
	}
	return parsed, nil
}

// frame is what the layout needs beside the page itself.
type frame struct {
	Language     texts.Language
	Languages    []texts.Language
	Organisation string
	Telephone    texts.Telephone // "" when it is not known
	Sheet        string          // path of the style sheet, "" when it is not built
	LanguageBase string          // where the language links lead, "" for the page itself
	Query        template.URL    // goes along with them, with "&" at its end
	Shared       bool            // on a screen that staff handed over: "Klaar" closes it
	Bare         bool            // nothing on it says whose page it is
	Page         any
}

// render writes the page whole or not at all (invariant 6). lang is a tag of
// Catalogue.Negotiate; another one gives the authoritative language.
func (p *Pages) render(w io.Writer, name, lang, languageBase string, page any) error {
	return p.renderIn(w, name, lang, frame{LanguageBase: languageBase, Page: page})
}

// renderIn is render in a frame of which the page has filled in what is its own.
func (p *Pages) renderIn(w io.Writer, name, lang string, f frame) error {
	l := p.catalogue.Language(lang)
	f.Language, f.Languages, f.Organisation = l, p.catalogue.Languages(), p.organisation
	f.Telephone, f.Sheet, f.Shared = p.catalogue.Organisation().Telephone, p.sheet.path(), p.shared
	var whole bytes.Buffer
	err := p.byLanguage[l.Tag][name].ExecuteTemplate(&whole, "layout", f)
	if err != nil {
		return fmt.Errorf("citizen: page %s in %s: %w", name, l.Tag, err)
	}
	_, err = whole.WriteTo(w)
	return err
}

// Consent renders the page that asks.
func (p *Pages) Consent(w io.Writer, lang string, page ConsentPage) error {
	text, err := p.Text(lang, page)
	if err != nil {
		return err
	}
	return p.render(w, "consent", lang, "", struct {
		ConsentPage
		Text       texts.Text
		Controller controller
	}{page, text, p.asking()})
}

// asking is the controller with the legal basis, where something is asked.
func (p *Pages) asking() controller {
	asking := p.controller()
	asking.Basis = asking.LegalBasis
	return asking
}

// Letter renders the letter that asks ahead.
func (p *Pages) Letter(w io.Writer, lang string, page LetterPage) error {
	text, err := p.Text(lang, page.ConsentPage)
	if err != nil {
		return err
	}
	return p.render(w, "letter", lang, page.Path, struct {
		LetterPage
		Text       texts.Text
		Controller controller
	}{page, text, p.asking()})
}

// Answered renders what a yes gave, and what to keep, in DoneSize bytes.
func (p *Pages) Answered(w io.Writer, lang string, page AnsweredPage) error {
	return p.done(w, func(w io.Writer, lean bool) error {
		if lean {
			page.QR = "" // the code stays, and does the same
		}
		return p.render(w, "answered", lang, PathDone, page)
	})
}

// Card renders the card to hand over.
func (p *Pages) Card(w io.Writer, lang string, page CardPage) error {
	f := frame{LanguageBase: page.Path, Bare: page.Neutral, Page: page}
	if page.Neutral {
		f.Query = FieldNeutral + "=ja&"
	}
	return p.renderIn(w, "card", lang, f)
}

// Mine renders the citizen's own page.
func (p *Pages) Mine(w io.Writer, lang string, page MinePage) error {
	text, err := p.fill(p.catalogue.Consent(lang), ConsentPage{Conversation: page.Conversation, Scopes: page.Own.More})
	if err != nil {
		return err
	}
	return p.render(w, "mine", lang, PathConsent, struct {
		MinePage
		Text texts.Text // a yes to more is given on the words of the consent page
	}{page, text})
}

// Refused renders what follows a no, in DoneSize bytes. It is the same for everyone.
func (p *Pages) Refused(w io.Writer, lang string) error {
	return p.done(w, func(w io.Writer, _ bool) error { return p.render(w, "refused", lang, PathDone, nil) })
}

// Returned renders what follows "Klaar" on a screen that staff handed over.
func (p *Pages) Returned(w io.Writer, lang string) error {
	return p.render(w, "returned", lang, PathDone, nil)
}

// Erasing renders the stages of a withdrawal.
func (p *Pages) Erasing(w io.Writer, lang string, page ErasingPage) error {
	return p.render(w, "erasing", lang, PathConsent, page)
}

// Ended renders the one ending: what everyone but the one who withdrew reads,
// whatever the cause.
func (p *Pages) Ended(w io.Writer, lang string) error {
	return p.render(w, "ended", lang, PathConsent, nil)
}

// Code renders the page where the short code is typed.
func (p *Pages) Code(w io.Writer, lang string, page CodePage) error {
	return p.render(w, "code", lang, PathCode, page)
}

// UnknownLink renders the one answer to a link that is unknown, malformed or used.
func (p *Pages) UnknownLink(w io.Writer, lang string) error {
	return p.render(w, "unknown", lang, PathConsent, nil)
}

// Lost renders what to do without the link.
func (p *Pages) Lost(w io.Writer, lang string) error {
	return p.render(w, "lost", lang, PathLost, nil)
}

// OtherLink renders the answer to a form of another link than the cookie's.
func (p *Pages) OtherLink(w io.Writer, lang string) error {
	return p.render(w, "other", lang, PathConsent, nil)
}

// Blocked renders a withdrawal that waits for its confirmation.
func (p *Pages) Blocked(w io.Writer, lang string, page BlockedPage) error {
	return p.render(w, "blocked", lang, PathConsent, page)
}

// Unavailable (503) renders that it does not work right now.
func (p *Pages) Unavailable(w io.Writer, lang string) error {
	return p.render(w, "unavailable", lang, PathConsent, nil)
}

// TooMany (429) renders that there were too many tries.
func (p *Pages) TooMany(w io.Writer, lang string) error {
	return p.render(w, "toomany", lang, PathConsent, nil)
}

// Article renders a page of running text.
func (p *Pages) Article(w io.Writer, lang string, page ArticlePage) error {
	article, ok := p.catalogue.Article(lang, page.Name)
	if !ok {
		return fmt.Errorf("citizen: no article %q", page.Name)
	}
	basis, err := p.basis(lang)
	if err != nil {
		return err
	}
	values := isolated(p.catalogue.Language(lang), map[string]string{
		"organisation": p.organisation, "basis": basis,
		"days": strconv.Itoa(roundUp(page.Retention, 24*time.Hour)), "proof": strconv.Itoa(roundUp(page.Proof, 24*time.Hour)),
	})
	filled, err := p.fillArticle(article, values)
	if err != nil {
		return err
	}
	return p.render(w, "article", lang, "", struct {
		ArticlePage
		Article    texts.Article
		Controller controller
	}{page, filled, p.controller()})
}
