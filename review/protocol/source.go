package protocol

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// source is a file while it is read. The library's own decoding stops at the
// first fault and knows no line of what is missing; so the tree is walked here.
type source struct {
	name   string
	faults []Fault
	lines  map[string]int // where each field stands
}

func (s *source) fault(line int, field, format string, args ...any) {
	s.faults = append(s.faults, Fault{s.name, line, field, fmt.Sprintf(format, args...)})
}

// at is a fault of a field that was read, or of what holds it.
func (s *source) at(field, format string, args ...any) {
	s.fault(max(1, s.lines[field]), field, format, args...)
}

// root is the one mapping of the file, nil with a fault when there is none.
func (s *source) root(raw []byte) *fields {
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		s.fault(lineOf(err), "", "is not YAML: %s", messageOf(err))
		return nil
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		s.fault(1, "", "must hold one protocol: begin with id:, see the built-in ones")
		return nil
	}
	return s.fields(file.Docs[0].Body, "")
}

func lineOf(err error) int {
	var known yaml.Error
	if errors.As(err, &known) && known.GetToken() != nil {
		return known.GetToken().Position.Line
	}
	return 1
}

// messageOf is what the library says, without its picture of the file.
func messageOf(err error) string {
	var known yaml.Error
	if errors.As(err, &known) {
		return known.GetMessage()
	}
	return err.Error()
}

// fields is a mapping of which each key is taken once.
type fields struct {
	*source
	path  string
	line  int
	nodes map[string]*ast.MappingValueNode
	known []string
}

// fields are those of the node, nil with a fault when it has none.
func (s *source) fields(node ast.Node, path string) *fields {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		s.fault(lineOfNode(node), path, "must have fields of its own, a line each")
		return nil
	}
	f := &fields{source: s, path: path, line: lineOfNode(node), nodes: map[string]*ast.MappingValueNode{}}
	for _, value := range mapping.Values {
		key := value.Key.GetToken().Value
		f.nodes[key] = value
		f.line = min(f.line, value.Key.GetToken().Position.Line)
	}
	if path != "" {
		s.lines[path] = f.line
	}
	return f
}

func lineOfNode(node ast.Node) int {
	if node == nil || node.GetToken() == nil {
		return 1
	}
	return node.GetToken().Position.Line
}

func (f *fields) of(key string) string {
	if f.path == "" {
		return key
	}
	return f.path + "." + key
}

// optional takes a key that may be left out.
func (f *fields) optional(key string) (ast.Node, bool) {
	f.known = append(f.known, key)
	value, there := f.nodes[key]
	f.lines[f.of(key)] = f.line
	if !there {
		return nil, false
	}
	f.lines[f.of(key)] = value.Key.GetToken().Position.Line
	delete(f.nodes, key)
	return value.Value, true
}

// take takes a key that must be there.
func (f *fields) take(key string) (ast.Node, bool) {
	node, there := f.optional(key)
	if !there {
		f.fault(f.line, f.of(key), "is missing")
	}
	return node, there
}

// inner takes a mapping, nil with a fault when it is none.
func (f *fields) inner(key string) *fields {
	node, there := f.take(key)
	if !there {
		return nil
	}
	return f.fields(node, f.of(key))
}

// end refuses the keys that nobody took.
func (f *fields) end() {
	for _, key := range slices.Sorted(maps.Keys(f.nodes)) {
		f.fault(f.nodes[key].Key.GetToken().Position.Line, f.of(key), "is unknown; known here are %s", strings.Join(f.known, ", "))
	}
}

func (f *fields) whole(key string, least, most int) int {
	node, there := f.take(key)
	if !there {
		return 0
	}
	number, ok := node.(*ast.IntegerNode)
	if ok {
		if value, isSmall := number.Value.(uint64); isSmall && uint64(least) <= value && value <= uint64(most) {
			return int(value)
		}
	}
	f.at(f.of(key), "must be a whole number from %d to %d", least, most)
	return 0
}

func (f *fields) yes(key string) bool {
	node, there := f.optional(key)
	if !there {
		return false
	}
	value, ok := node.(*ast.BoolNode)
	if !ok {
		f.at(f.of(key), "must be true or false")
		return false
	}
	return value.Value
}

// word takes one line of at most limit characters; "" with a fault.
func (f *fields) word(key string, limit int) string {
	node, there := f.take(key)
	if !there {
		return ""
	}
	text, ok := plain(node)
	text = strings.TrimSpace(text)
	n := utf8.RuneCountInString(text)
	switch {
	case !ok:
		f.at(f.of(key), "must be text; put it between quotes if it looks like something else")
	case n == 0:
		f.at(f.of(key), "is empty: write it")
	case n > limit:
		f.at(f.of(key), "has %d characters: write %d at most", n, limit)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		f.at(f.of(key), "must be one line of plain text")
	default:
		return text
	}
	return ""
}

func plain(node ast.Node) (string, bool) {
	switch value := node.(type) {
	case *ast.StringNode:
		return value.Value, true
	case *ast.LiteralNode:
		return value.Value.Value, true
	}
	return "", false
}

// one takes one of the words.
func one[T ~string](f *fields, key string, words ...T) T {
	node, there := f.take(key)
	if !there {
		return ""
	}
	text, _ := plain(node)
	if !slices.Contains(words, T(text)) {
		f.at(f.of(key), "must be %s", list(words))
		return ""
	}
	return T(text)
}

func list[T ~string](words []T) string {
	var b strings.Builder
	for i, word := range words {
		switch {
		case i > 0 && i == len(words)-1:
			b.WriteString(" or ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(string(word))
	}
	return b.String()
}

// items are the entries of a list, with their places.
func (f *fields) items(key string) []ast.Node {
	node, there := f.take(key)
	if !there {
		return nil
	}
	sequence, ok := node.(*ast.SequenceNode)
	if !ok {
		f.at(f.of(key), "must be a list")
		return nil
	}
	return sequence.Values
}
