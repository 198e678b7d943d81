package citizen

import (
	"bytes"
	"encoding/base64"
	"errors"
	"html/template"
	"io"
)

// DoneSize is how many bytes the page after an answer has, whichever answer it
// was: who looks at the line, and not into it, learns nothing. What is missing
// is filled up with spaces after the end of the document. With the style sheet
// it stays under the weight of a page (invariant 4).
const DoneSize = 35 << 10

var errDoneSize = errors.New("citizen: the page after an answer is larger than DoneSize")

// done renders a page of exactly DoneSize bytes; one that is too large is asked
// for again without what it can do without.
func (p *Pages) done(w io.Writer, render func(w io.Writer, lean bool) error) error {
	for _, lean := range []bool{false, true} {
		var page bytes.Buffer
		if err := render(&page, lean); err != nil {
			return err
		}
		if missing := DoneSize - page.Len(); missing >= 0 {
			page.Write(bytes.Repeat([]byte{' '}, missing))
			_, err := page.WriteTo(w)
			return err
		}
	}
	return errDoneSize
}

// inline makes an image of our own part of the page. It is trusted as an
// address: a browser runs nothing in the SVG of an <img>.
func inline(svg string) template.URL {
	return template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(svg)))
}
