package texts

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/language"
)

//go:embed nl en ar tr pl uk
var embedded embed.FS

// ErrInvalid says that the texts cannot be used; its message names file and key.
var ErrInvalid = errors.New("texts: invalid")

// Articles are the pages of running text that every language has.
var Articles = []string{"limits", "privacy", "accessibility"}

// Catalogue holds the texts of all languages. It does not change after Load and
// is safe for use by several goroutines.
type Catalogue struct {
	languages    []Language
	folders      map[string]folder
	matcher      language.Matcher
	organisation Organisation
}

type folder struct {
	language Language
	consent  []Text   // oldest first
	spoken   []Spoken // oldest first
	words    Words
	articles map[string]Article
}

// Load reads and validates all texts: those of the program, and on top of them
// a municipality's folder, unless own is nil. Errors: ErrInvalid (invariants 1
// and 2), or that of own.
func Load(own fs.FS) (*Catalogue, error) {
	fsys, err := layer(own)
	if err != nil {
		return nil, err
	}
	return loadAll(fsys)
}

func loadAll(fsys fs.FS) (*Catalogue, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("texts: %w", err)
	}
	c := &Catalogue{folders: map[string]folder{}}
	if c.organisation, err = loadOrganisation(fsys); err != nil {
		return nil, err
	}
	for _, entry := range entries {
		if !entry.IsDir() || entry.Name() == ProtocolFolder {
			continue
		}
		loaded, err := loadFolder(fsys, entry.Name())
		if err != nil {
			return nil, err
		}
		c.folders[entry.Name()] = loaded
		c.languages = append(c.languages, loaded.language)
	}
	if _, ok := c.folders[Authoritative]; !ok {
		return nil, fmt.Errorf("%w: no folder %q, the authoritative language", ErrInvalid, Authoritative)
	}
	c.order()
	return c, c.compare()
}

// order puts the authoritative language first and builds the matcher, whose
// answers are indexes into languages.
func (c *Catalogue) order() {
	sort.Slice(c.languages, func(i, j int) bool {
		a, b := c.languages[i].Tag, c.languages[j].Tag
		if (a == Authoritative) != (b == Authoritative) {
			return a == Authoritative
		}
		return a < b
	})
	tags := make([]language.Tag, len(c.languages))
	for i, l := range c.languages {
		tags[i] = language.Make(l.Tag)
	}
	c.matcher = language.NewMatcher(tags)
}

// Consent returns the newest consent text, in the authoritative language when
// lang is not ours.
func (c *Catalogue) Consent(lang string) Text {
	versions := c.folder(lang).consent
	return versions[len(versions)-1]
}

// ConsentVersion returns the text of an earlier consent, false when there is no
// such version or language.
func (c *Catalogue) ConsentVersion(lang, version string) (Text, bool) {
	for _, text := range c.folders[lang].consent {
		if text.Version == version {
			return text, true
		}
	}
	return Text{}, false
}

// Words returns the short words of the pages.
func (c *Catalogue) Words(lang string) Words { return c.folder(lang).words }

// Article returns one of Articles, false when name is none of them.
func (c *Catalogue) Article(lang, name string) (Article, bool) {
	article, ok := c.folder(lang).articles[name]
	return article, ok
}

func (c *Catalogue) folder(lang string) folder {
	if found, ok := c.folders[lang]; ok {
		return found
	}
	return c.folders[Authoritative]
}

func loadFolder(fsys fs.FS, tag string) (folder, error) {
	f := folder{articles: map[string]Article{}, words: Words{language: tag}}
	if parsed, err := language.Parse(tag); err != nil || parsed.String() != tag {
		return f, fmt.Errorf("%w: folder %q is not named after a language (BCP 47)", ErrInvalid, tag)
	}
	if err := read(fsys, path.Join(tag, "language.yaml"), &f.language); err != nil {
		return f, err
	}
	f.language.Tag = tag
	if err := f.language.validate(path.Join(tag, "language.yaml")); err != nil {
		return f, err
	}
	f.words.direction = f.language.Direction
	if err := read(fsys, path.Join(tag, "pages.yaml"), &f.words.byKey); err != nil {
		return f, err
	}
	for _, name := range Articles {
		var article Article
		if err := read(fsys, path.Join(tag, name+".yaml"), &article); err != nil {
			return f, err
		}
		f.articles[name] = article
	}
	var err error
	if f.consent, err = loadConsent(fsys, f.language); err != nil {
		return f, err
	}
	f.spoken, err = loadSpoken(fsys, f.language)
	return f, err
}

var versionFile = regexp.MustCompile(`^v([1-9][0-9]{0,5})\.yaml$`)

// loadConsent reads every version of the consent text, oldest first.
func loadConsent(fsys fs.FS, l Language) ([]Text, error) {
	dir := path.Join(l.Tag, "consent")
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrInvalid, dir, err)
	}
	var texts []Text
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		if soundFile.MatchString(entry.Name()) {
			continue
		}
		if !versionFile.MatchString(entry.Name()) {
			return nil, fmt.Errorf("%w: %s: a consent text is named v1.yaml, v2.yaml, …, and its sound v1.mp3, .m4a or .ogg", ErrInvalid, name)
		}
		text, err := loadText(fsys, name, l)
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("%w: %s: no consent text", ErrInvalid, dir)
	}
	sort.Slice(texts, func(i, j int) bool { return number(texts[i].Version) < number(texts[j].Version) })
	return texts, loadSounds(fsys, dir, entries, texts)
}

func number(version string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(version, "v")) // versionFile has checked it
	return n
}

func loadText(fsys fs.FS, name string, l Language) (Text, error) {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return Text{}, fmt.Errorf("%w: %s: %w", ErrInvalid, name, err)
	}
	var file consentFile
	if err := decode(raw, name, &file); err != nil {
		return Text{}, err
	}
	sum := sha256.Sum256(raw)
	return Text{
		Version:   strings.TrimSuffix(path.Base(name), ".yaml"),
		Language:  l.Tag,
		Direction: l.Direction,
		Hash:      hex.EncodeToString(sum[:]),
		Own:       isOwn(fsys, name),
		Article:   file.Article,
		Limits:    file.Limits, Scopes: file.Scopes, ScopesAsk: file.ScopesAsk,
		ScopesFree: file.ScopesFree, ScopesWait: file.ScopesWait, Yes: file.Yes, No: file.No,
	}, nil
}

func read(fsys fs.FS, name string, into any) error {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrInvalid, name, err)
	}
	return decode(raw, name, into)
}

// decode refuses unknown fields and keys that stand there twice.
func decode(raw []byte, name string, into any) error {
	if err := yaml.UnmarshalWithOptions(raw, into, yaml.Strict()); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrInvalid, name, err)
	}
	return nil
}
