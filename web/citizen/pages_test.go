package citizen

import (
	"bytes"
	"io/fs"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vakspiegel/consent/texts"
)

// maximum weight of a page with its style sheet, in bytes (invariant 4).
const maximum = 60_000

// onEveryPage runs a check on every page, in every state and language.
func onEveryPage(t *testing.T, check func(t *testing.T, name, lang string, page []byte, d document)) {
	t.Helper()
	pages := newPages(t)
	for _, page := range everyPage() {
		for _, l := range pages.catalogue.Languages() {
			t.Run(page.name+" in "+l.Tag, func(t *testing.T) {
				var w bytes.Buffer
				if err := page.render(pages, &w, l.Tag); err != nil {
					t.Fatal(err)
				}
				check(t, page.name, l.Tag, w.Bytes(), parse(t, w.Bytes()))
			})
		}
	}
}

func TestNoPageNeedsAnExceptionFromTheContentSecurityPolicy(t *testing.T) { // invariant 1
	onEveryPage(t, func(t *testing.T, _, _ string, _ []byte, d document) {
		for _, n := range d.all("") {
			if slices.Contains([]string{"script", "style", "iframe", "object", "embed", "base", "noscript"}, n.Data) {
				t.Errorf("<%s> on the page", n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || a.Key == "formaction" || a.Key == "http-equiv" {
					t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
				}
				if a.Key == "href" || a.Key == "src" || a.Key == "action" {
					u, err := url.Parse(a.Val)
					calls := n.Data == "a" && (u.Scheme == "tel" || u.Scheme == "mailto")
					own := a.Val == "data:," || n.Data == "img" && strings.HasPrefix(a.Val, "data:image/svg+xml;base64,")
					if err != nil || u.Host != "" || (u.Scheme != "" && !own && !calls) {
						t.Errorf("<%s %s=%q> leads away", n.Data, a.Key, a.Val)
					}
				}
			}
		}
	})
}

func TestEveryPageSaysWhatItIs(t *testing.T) {
	onEveryPage(t, func(t *testing.T, name, lang string, _ []byte, d document) {
		root := d.only("html")
		if attribute(root, "lang") != lang || attribute(root, "dir") != map[bool]string{true: "rtl", false: "ltr"}[lang == "ar"] {
			t.Errorf("<html lang=%q dir=%q>", attribute(root, "lang"), attribute(root, "dir"))
		}
		heading, title := words(d.only("h1")), words(d.only("title"))
		if !strings.HasSuffix(title, " · Gemeente Voorbeeld") && name != "card-neutral" || len(heading) < 5 {
			t.Errorf("title %q, heading %q", title, heading)
		}
		d.only("main")
		skip := d.all("a")[0]
		if attribute(skip, "href") != "#main" || attribute(d.only("main"), "id") != "main" {
			t.Error("the first link does not skip to the text")
		}
		ids := map[string]bool{}
		for _, n := range d.all("") {
			if id := attribute(n, "id"); id != "" && ids[id] {
				t.Errorf("id %q twice", id)
			} else {
				ids[id] = true
			}
		}
	})
}

func TestEveryPageOffersEveryLanguageAndTheWayOn(t *testing.T) {
	onEveryPage(t, func(t *testing.T, name, lang string, _ []byte, d document) {
		offered, current := map[string]bool{}, ""
		footer := map[string]bool{}
		for _, a := range d.all("a") {
			u, err := url.Parse(attribute(a, "href"))
			if err != nil {
				t.Fatal(err)
			}
			if tag := attribute(a, "hreflang"); tag != "" {
				offered[tag] = u.Query().Get(FieldLanguage) == tag && attribute(a, "lang") == tag
				if !strings.Contains("Nederlands العربية English Polski Türkçe Українська", words(a)) {
					t.Errorf("%s is called %q, not by its own name", tag, words(a))
				}
				if hasAttribute(a, "aria-current") {
					current = tag
				}
			}
			footer[u.Path] = true
			if u.Path != "" && !strings.HasPrefix(u.Path, "/.well-known/") && !u.Query().Has(FieldLanguage) {
				t.Errorf("%s loses the language", attribute(a, "href"))
			}
		}
		for _, tag := range []string{"nl", "ar", "en", "pl", "tr", "uk"} {
			if !offered[tag] {
				t.Errorf("%s is not offered", tag)
			}
		}
		if len(offered) != 6 || current != lang {
			t.Errorf("languages %v, current %q", offered, current)
		}
		for _, path := range []string{PathLimits, PathPrivacy, PathAccessibility, PathCode, PathLost} {
			if !footer[path] && name != "card-neutral" {
				t.Errorf("no link to %s", path)
			}
		}
	})
}

func TestEveryFormNamesItsRecord(t *testing.T) { // invariant 3
	onEveryPage(t, func(t *testing.T, name, lang string, _ []byte, d document) {
		for _, form := range d.all("form") {
			fields := inputs(form)
			if attribute(form, "method") != "post" {
				t.Errorf("method %q", attribute(form, "method"))
			}
			if !slices.Equal(fields[FieldLanguage], []string{lang}) {
				t.Errorf("taal = %v", fields[FieldLanguage])
			}
			switch attribute(form, "action") {
			case PathConsent:
				if !slices.Equal(fields[FieldRef], []string{conversation("").Ref}) || len(fields[FieldChoice]) == 0 {
					t.Errorf("r = %v, keuze = %v", fields[FieldRef], fields[FieldChoice])
				}
			case PathCode:
				if len(fields[FieldCode]) != 1 {
					t.Error("no field for the code")
				}
			case PathDone: // closes a screen, whatever was answered on it
				if len(fields[FieldRef]) != 0 {
					t.Error("a shared screen names a record")
				}
			default:
				t.Errorf("action %q", attribute(form, "action"))
			}
			for _, input := range within(form, "input") {
				if attribute(input, "type") != "hidden" && attribute(input, "autocomplete") != "off" {
					t.Errorf("%s: a browser may bring back %s", name, attribute(input, "name"))
				}
			}
		}
	})
}

func TestEveryFieldHasALabel(t *testing.T) {
	onEveryPage(t, func(t *testing.T, _, _ string, _ []byte, d document) {
		labelled := map[string]bool{}
		for _, label := range d.all("label") {
			labelled[attribute(label, "for")] = words(label) != ""
		}
		for _, input := range d.all("input") {
			if attribute(input, "type") != "hidden" && !labelled[attribute(input, "id")] {
				t.Errorf("no label for %s", attribute(input, "id"))
			}
		}
		for _, image := range d.all("img") {
			if attribute(image, "alt") == "" {
				t.Error("an image without words")
			}
		}
	})
}

func TestYesAndNoWeighTheSame(t *testing.T) { // invariant 2
	onEveryPage(t, func(t *testing.T, name, lang string, _ []byte, d document) {
		if !strings.HasPrefix(name, "consent") {
			return
		}
		form := d.only("form")
		buttons := within(form, "button")
		if name == "consent-represented" { // somebody else says yes; a no is theirs too
			if got := inputs(form)[FieldChoice]; !slices.Equal(got, []string{ChoiceNo}) {
				t.Errorf("keuze = %v, want a no alone", got)
			}
			return
		}
		if len(buttons) != 2 || buttons[0].Parent != buttons[1].Parent {
			t.Fatalf("%d buttons, want two beside each other", len(buttons))
		}
		if a, b := attribute(buttons[0], "class"), attribute(buttons[1], "class"); a != b || a == "" {
			t.Errorf("classes %q and %q", a, b)
		}
		if got := inputs(form)[FieldChoice]; !slices.Equal(got, []string{ChoiceYes, ChoiceNo}) {
			t.Errorf("keuze = %v", got)
		}
		if lang == "nl" {
			if words(buttons[0]) != "Ja, film ons gesprek, ook als we over gezondheid of geloof praten" || words(buttons[1]) != "Nee, liever niet" {
				t.Errorf("buttons %q, %q", words(buttons[0]), words(buttons[1]))
			}
		}
	})
}

func TestNoBoxIsTickedBeforehand(t *testing.T) { // invariant 2
	onEveryPage(t, func(t *testing.T, _, _ string, _ []byte, d document) {
		for _, input := range d.all("input") {
			if hasAttribute(input, "checked") {
				t.Errorf("%s is ticked", attribute(input, "name"))
			}
		}
	})
}

func TestOnlyTheScopesThatAreOfferedHaveABox(t *testing.T) {
	pages := newPages(t)
	for _, scopes := range [][]string{nil, {"coach"}, {"coach", "peers"}, {"coach", "peers", "training"}} {
		page := consentPage("citizen")
		page.Scopes = scopes
		var w bytes.Buffer
		if err := pages.Consent(&w, "nl", page); err != nil {
			t.Fatal(err)
		}
		if got := inputs(parse(t, w.Bytes()).only("form"))[FieldScope]; !slices.Equal(got, scopes) {
			t.Errorf("boxes %v, want %v", got, scopes)
		}
	}
	page := consentPage("citizen")
	page.Scopes = []string{"manager"}
	if err := pages.Consent(&bytes.Buffer{}, "nl", page); err == nil {
		t.Error("an unknown scope was offered")
	}
}

func TestTheBenefitIsAskedAboutByWhomItConcerns(t *testing.T) {
	pages := newPages(t)
	for role, concerned := range map[string]bool{"citizen": true, "partner": true, "representative": true, "interpreter": false, "companion": false, "colleague": false} {
		var w bytes.Buffer
		if err := pages.Consent(&w, "nl", consentPage(role)); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(w.String(), "Verandert dit iets aan mijn uitkering?"); got != concerned {
			t.Errorf("%s reads about the benefit: %t", role, got)
		}
	}
}

func TestAPageIsLight(t *testing.T) { // invariant 4
	pages := newPages(t)
	if !pages.Styled() {
		t.Fatal("the style sheet is not built: npm --prefix web run citizen-css")
	}
	onEveryPage(t, func(t *testing.T, _, _ string, page []byte, d document) {
		total := len(page) + len(pages.sheet.css)
		if strings.Contains(string(page), PathPhoto) {
			total += 8 << 10 // as large as a photo may be
		}
		if total > maximum {
			t.Errorf("%d bytes with styles, at most %d", total, maximum)
		}
		var sheets []string
		for _, link := range d.all("link") {
			if attribute(link, "rel") == "stylesheet" {
				sheets = append(sheets, attribute(link, "href"))
			}
		}
		if !slices.Equal(sheets, []string{pages.sheet.path()}) {
			t.Errorf("style sheets %v", sheets)
		}
	})
}

// One sheet serves both directions: sides are named by the line, not by the page.
func TestTheStyleSheetKnowsNoLeftAndRight(t *testing.T) {
	sides := regexp.MustCompile(`(?:^|[;{\s])((?:margin|padding|border)-(?:left|right)[a-z-]*|left|right|float|text-align):\s*(?:left|right|[0-9a-z.-]+)`)
	for _, found := range sides.FindAllString(string(newPages(t).sheet.css), -1) {
		if !strings.Contains(found, "text-align:center") {
			t.Errorf("%q has a side", strings.TrimSpace(found))
		}
	}
}

func TestTheStyleSheetIsServedUnderItsHashAndNothingElseIs(t *testing.T) {
	pages := newPages(t)
	css, err := fs.ReadFile(pages.Static(), strings.TrimPrefix(pages.sheet.path(), PathStatic))
	if err != nil || !bytes.Equal(css, pages.sheet.css) {
		t.Errorf("style sheet: %d bytes, %v", len(css), err)
	}
	for _, name := range []string{".", "citizen.css", ".gitignore", "dist/citizen.css", "../static.go"} {
		if _, err := pages.Static().Open(name); err == nil {
			t.Errorf("%q is served", name)
		}
	}
	if bytes.Contains(css, []byte("@import")) || regexp.MustCompile(`url\((?:"|')?(?:https?:)?//`).Match(css) {
		t.Error("the style sheet fetches from elsewhere")
	}
}

func TestEveryPictureOfTheTextsExists(t *testing.T) {
	pages := newPages(t)
	text := pages.catalogue.Consent("nl")
	sections := slices.Clone(text.Sections)
	for _, name := range texts.Articles {
		article, _ := pages.catalogue.Article("nl", name)
		sections = append(sections, article.Sections...)
	}
	for _, s := range sections {
		if _, err := picture(s.Picture); s.Picture != "" && err != nil {
			t.Error(err)
		}
	}
	if _, err := picture("elephant"); err == nil {
		t.Error("a picture that does not exist was drawn")
	}
}

// A key that no template uses is a sentence that nobody reads.
func TestEveryWordIsUsed(t *testing.T) {
	var markup strings.Builder
	files, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(templates, file)
		if err != nil {
			t.Fatal(err)
		}
		markup.Write(data)
	}
	for _, key := range newPages(t).catalogue.Words("nl").Keys() {
		family := `(printf "` + key[:strings.LastIndex(key, ".")] + `.%s"`
		if !strings.Contains(markup.String(), `t "`+key+`"`) && !strings.Contains(markup.String(), family) {
			t.Errorf("no template uses %s", key)
		}
	}
}
