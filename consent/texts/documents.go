package texts

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
)

// Document is one file of a language, line by line, for who looks texts over.
type Document struct {
	Name  string // "consent/v1", one of Articles, or "pages"
	Lines []Line
}

// Line is one sentence under its key, the same in every language. Its places
// are still open.
type Line struct{ Key, Text string }

// Documents returns every document of a language, the newest consent text
// first; nil when there is no such language.
func (c *Catalogue) Documents(lang string) []Document {
	f, ok := c.folders[lang]
	if !ok {
		return nil
	}
	var documents []Document
	for i := len(f.consent) - 1; i >= 0; i-- {
		documents = append(documents, Document{path.Join("consent", f.consent[i].Version), f.consent[i].lines()})
	}
	for _, name := range Articles {
		documents = append(documents, Document{name, f.articles[name].lines()})
	}
	return append(documents, Document{"pages", f.words.lines()})
}

// Versions returns every consent text of a language, oldest first; nil when
// there is no such language.
func (c *Catalogue) Versions(lang string) []Text {
	return append([]Text(nil), c.folders[lang].consent...)
}

func (a Article) lines() []Line {
	lines := []Line{{"title", a.Title}}
	lines = numbered(lines, "intro", a.Intro)
	for _, s := range a.Sections {
		lines = append(lines, Line{s.ID + ".heading", s.Heading})
		if s.Answer != "" {
			lines = append(lines, Line{s.ID + ".answer", s.Answer})
		}
		lines = numbered(lines, s.ID, s.Paragraphs)
	}
	return lines
}

func (t Text) lines() []Line {
	lines := append(t.Article.lines(), Line{"limits", t.Limits}, Line{"scopesAsk", t.ScopesAsk})
	names := make([]string, 0, len(t.Scopes))
	for name := range t.Scopes {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		lines = append(lines, Line{"scopes." + name, t.Scopes[name].Sentence})
	}
	return append(lines, Line{"scopesFree", t.ScopesFree}, Line{"scopesWait", t.ScopesWait}, Line{"yes", t.Yes}, Line{"no", t.No})
}

func (w Words) lines() []Line {
	keys := w.Keys()
	sort.Strings(keys)
	lines := make([]Line, len(keys))
	for i, key := range keys {
		lines[i] = Line{key, w.byKey[key]}
	}
	return lines
}

func numbered(lines []Line, key string, texts []string) []Line {
	for i, text := range texts {
		lines = append(lines, Line{fmt.Sprintf("%s.%d", key, i+1), text})
	}
	return lines
}

// isOwn tells whether a file comes from the municipality's folder.
func isOwn(fsys fs.FS, name string) bool {
	both, ok := fsys.(layers)
	if !ok {
		return false
	}
	_, err := fs.Stat(both.own, name)
	return !errors.Is(err, fs.ErrNotExist)
}
