package citizen

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

const sheetFile = "dist/citizen.css"

// sheet is the built style sheet. Its name holds its hash, so that a browser may
// keep it for ever.
type sheet struct {
	name string // "citizen-0123456789ab.css", "" when it is not built
	css  []byte
}

func loadSheet() (sheet, error) {
	css, err := dist.ReadFile(sheetFile)
	if errors.Is(err, fs.ErrNotExist) {
		return sheet{}, nil
	}
	if err != nil {
		return sheet{}, fmt.Errorf("citizen: %w", err)
	}
	sum := sha256.Sum256(css)
	return sheet{name: "citizen-" + hex.EncodeToString(sum[:6]) + ".css", css: css}, nil
}

func (s sheet) path() string {
	if s.name == "" {
		return ""
	}
	return PathStatic + s.name
}

// Open implements fs.FS: the one file there is, under the name with its hash.
func (s sheet) Open(name string) (fs.File, error) {
	if s.name == "" || name != s.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return dist.Open(sheetFile)
}

// Static holds the files of the pages, to be served under PathStatic. Their names
// change with their content: `Cache-Control: public, max-age=31536000, immutable`.
func (p *Pages) Static() fs.FS { return p.sheet }

// Styled tells whether the style sheet was built into the program.
func (p *Pages) Styled() bool { return p.sheet.name != "" }
