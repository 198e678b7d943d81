package texts

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
)

// Spoken is one version of the text that is read out where someone says yes or
// no aloud: about 30 seconds. It has the places {klantmanager} and {days}.
type Spoken struct {
	Version   string // "spoken-v1": not to be taken for a version of the consent text
	Language  string
	Direction string
	Hash      string // SHA-256 of the file, lower-case hex
	Text      string
	Telephone string // for an interpreter by telephone, of whom only the voice is heard
}

// MaxSpoken is how many words of Dutch fit in 30 seconds, said slowly.
const MaxSpoken = 75

// Spoken returns the newest text to read out, in the authoritative language
// when lang is not ours.
func (c *Catalogue) Spoken(lang string) Spoken {
	versions := c.folder(lang).spoken
	return versions[len(versions)-1]
}

// loadSpoken reads every version of the text to read out, oldest first.
func loadSpoken(fsys fs.FS, l Language) ([]Spoken, error) {
	dir := path.Join(l.Tag, "spoken")
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrInvalid, dir, err)
	}
	var spoken []Spoken
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		if !versionFile.MatchString(entry.Name()) {
			return nil, fmt.Errorf("%w: %s: a text to read out is named v1.yaml, v2.yaml, …", ErrInvalid, name)
		}
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrInvalid, name, err)
		}
		var file struct {
			Text      string `yaml:"text"`
			Telephone string `yaml:"telephone"`
		}
		if err := decode(raw, name, &file); err != nil {
			return nil, err
		}
		sum := sha256.Sum256(raw)
		spoken = append(spoken, Spoken{
			Version: "spoken-" + strings.TrimSuffix(entry.Name(), ".yaml"), Language: l.Tag, Direction: l.Direction,
			Hash: hex.EncodeToString(sum[:]), Text: file.Text, Telephone: file.Telephone,
		})
	}
	if len(spoken) == 0 {
		return nil, fmt.Errorf("%w: %s: no text to read out", ErrInvalid, dir)
	}
	sort.Slice(spoken, func(i, j int) bool { return spoken[i].number() < spoken[j].number() })
	return spoken, nil
}

func (s Spoken) number() int { return number(strings.TrimPrefix(s.Version, "spoken-")) }

func (s Spoken) file() string {
	return path.Join(s.Language, "spoken", strings.TrimPrefix(s.Version, "spoken-")+".yaml")
}

func (s Spoken) flat() map[string]string {
	return map[string]string{"text": s.Text, "telephone": s.Telephone}
}

// compareSpoken holds the versions of a language against the Dutch ones.
func compareSpoken(lang string, model, other []Spoken) error {
	byVersion := map[string]Spoken{}
	for _, text := range other {
		byVersion[text.Version] = text
	}
	for _, text := range model {
		translated, ok := byVersion[text.Version]
		if !ok {
			return fmt.Errorf("%w: %s: the file is missing", ErrInvalid, strings.Replace(text.file(), text.Language, lang, 1))
		}
		delete(byVersion, text.Version)
		if err := same(translated.file(), text.flat(), translated.flat()); err != nil {
			return err
		}
	}
	for _, extra := range byVersion {
		return fmt.Errorf("%w: %s: not in %s", ErrInvalid, extra.file(), Authoritative)
	}
	return nil
}
