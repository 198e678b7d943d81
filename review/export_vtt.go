package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// noteCue is one line of time of a WebVTT file.
type noteCue struct {
	id       string
	from, to int64 // ms
	class    string
	voice    string
	lines    []string
}

// WebVTT is the copy as metadata of a film's time (W3C WebVTT): a cue per note
// and fragment, spoken by its author, its kind as the class of the voice. A
// moment stands for 3 s.
func (c Copy) WebVTT() []byte {
	var out strings.Builder
	out.WriteString("WEBVTT\n")
	for _, a := range c.Answers {
		if len(a.Moments) == 0 { // what has no time stands in the file as a comment
			fmt.Fprintf(&out, "\nNOTE %s\n%s\n", escapeCue(oneLine(a.Asked.NL)), strings.Join(cueLines(a.Text), "\n"))
		}
	}
	for _, one := range c.cues() {
		fmt.Fprintf(&out, "\n%s\n%s --> %s\n%s\n", one.id, vttStamp(one.from), vttStamp(one.to), one.payload())
	}
	return []byte(out.String())
}

func (c Copy) cues() []noteCue {
	cues := make([]noteCue, 0, len(c.Notes)+len(c.Fragments))
	for _, n := range c.Notes {
		from, to := c.interval(n.StartMs, n.EndMs, momentMs)
		class := string(n.Kind)
		if n.ParentID != nil {
			class += ".reply"
		}
		lines := []string{n.Marker, n.Body}
		for _, tag := range n.Tags {
			lines = append(lines, "#"+tag)
		}
		cues = append(cues, noteCue{n.ID.String(), from, to, class, c.Names[n.AuthorID], lines})
	}
	for _, f := range c.Fragments {
		from, to := c.interval(f.StartMs, &f.EndMs, momentMs)
		cues = append(cues, noteCue{f.ID.String(), from, to, kindFragment, c.Names[c.OwnerID], []string{f.Title, f.Reason}})
	}
	for _, a := range c.Answers {
		for i, seen := range a.Moments {
			from, to := c.interval(seen.StartMs, seen.EndMs, momentMs)
			id := fmt.Sprintf("%s#%s-%d", a.FormID, a.Code, i+1)
			cues = append(cues, noteCue{id, from, to, "form", c.Names[c.AnsweredBy], []string{a.Asked.NL, a.Text}})
		}
	}
	// A cue begins no earlier than the one before it.
	slices.SortStableFunc(cues, func(a, b noteCue) int { return cmp.Compare(a.from, b.from) })
	return cues
}

// payload is the cue's text: nothing of it is markup.
func (c noteCue) payload() string {
	lines := cueLines(c.lines...)
	if lines == nil {
		lines = []string{c.class} // a moment without words
	}
	voice := "<v." + c.class
	if name := oneLine(c.voice); name != "" {
		voice += " " + escapeCue(name)
	}
	return voice + ">" + strings.Join(lines, "\n") + "</v>"
}

// cueLines are the lines of texts, escaped. None is empty, which would end the
// block it stands in.
func cueLines(texts ...string) (lines []string) {
	for _, text := range texts {
		for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
			if strings.TrimSpace(line) != "" {
				lines = append(lines, escapeCue(line))
			}
		}
	}
	return lines
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

var cueEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\x00", "\ufffd", "\u200e", "&lrm;", "\u200f", "&rlm;")

func escapeCue(text string) string { return cueEscapes.Replace(text) }
