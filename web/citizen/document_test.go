package citizen

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// document is a parsed page.
type document struct {
	t    *testing.T
	root *html.Node
}

func parse(t *testing.T, page []byte) document {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return document{t, root}
}

// all returns the elements with this name, every element for "".
func (d document) all(name string) []*html.Node { return within(d.root, name) }

func within(n *html.Node, name string) []*html.Node {
	var found []*html.Node
	for child := range n.Descendants() {
		if child.Type == html.ElementNode && (name == "" || child.Data == name) {
			found = append(found, child)
		}
	}
	return found
}

// only returns the one element with this name.
func (d document) only(name string) *html.Node {
	d.t.Helper()
	found := d.all(name)
	if len(found) != 1 {
		d.t.Fatalf("%d elements <%s>, want 1", len(found), name)
	}
	return found[0]
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttribute(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// words returns the text of an element, spaces folded.
func words(n *html.Node) string {
	var b strings.Builder
	for child := range n.Descendants() {
		if child.Type == html.TextNode {
			b.WriteString(child.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// inputs returns the fields of a form by name, each value in order.
func inputs(form *html.Node) map[string][]string {
	fields := map[string][]string{}
	for _, input := range append(within(form, "input"), within(form, "button")...) {
		if name := attribute(input, "name"); name != "" {
			fields[name] = append(fields[name], attribute(input, "value"))
		}
	}
	return fields
}
