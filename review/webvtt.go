package review

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// cue is one caption: what was said from StartMs until EndMs, in ms from the
// film's start, as plain lines.
type cue struct {
	StartMs int64
	EndMs   int64
	Lines   []string
}

// maxVTTFaults is how many faults of a file are told at once.
const maxVTTFaults = 20

var (
	vttTiming = regexp.MustCompile(`^([0-9:.]+)[ \t]+-->[ \t]+([0-9:.]+)(?:[ \t].*)?$`)
	vttTime   = regexp.MustCompile(`^(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})$`)
	vttTag    = regexp.MustCompile(`</?(?:c|i|b|u|ruby|rt|v|lang)(?:[. \t][^<>]*)?>|<(?:\d{2,3}:)?[0-5]\d:[0-5]\d\.\d{3}>`)
	vttAside  = regexp.MustCompile(`^(?:NOTE(?:[ \t].*)?|(?:STYLE|REGION)[ \t]*)$`)
)

// parseWebVTT reads the cues of a WebVTT file (W3C, WebVTT: The Web Video Text
// Tracks Format) and nothing else of it: no style, region, position, comment,
// name of a cue or of who speaks. It is strict where a browser guesses: what it
// takes is what will be shown. Errors: *Invalid, each fault naming its line and
// no word of it.
func parseWebVTT(file []byte) ([]cue, error) {
	r := vttReader{lines: vttLines(file)}
	r.letters()
	if len(r.faults) == 0 {
		r.header()
		for r.block() {
		}
	}
	if len(r.faults) == 0 && len(r.cues) == 0 {
		r.fault(0, "empty", "there is no caption in it.")
	}
	if r.faults != nil {
		return nil, &Invalid{r.faults}
	}
	slices.SortStableFunc(r.cues, func(a, b cue) int { return cmp.Compare(a.StartMs, b.StartMs) })
	return r.cues, nil
}

type vttReader struct {
	lines  []string
	at     int // the line that is read next
	cues   []cue
	faults []Fault
}

func vttLines(file []byte) []string {
	file = bytes.TrimPrefix(file, []byte("\ufeff"))
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(file)), "\n")
}

// fault notes what is wrong with a line, counted from 0.
func (r *vttReader) fault(line int, code, detail string) {
	if len(r.faults) < maxVTTFaults {
		r.faults = append(r.faults, Fault{vttField(line), code, fmt.Sprintf("Line %d: %s", line+1, detail)})
	}
}

// vttField names a line as people count them, from 1.
func vttField(line int) string { return fmt.Sprintf("line[%d]", line+1) }

// letters finds what is no text.
func (r *vttReader) letters() {
	for i, line := range r.lines {
		switch {
		case !utf8.ValidString(line):
			r.fault(i, "not_text", "this is not text in UTF-8.")
		case hasControl(line):
			r.fault(i, "control", "there is a control character in it.")
		}
	}
}

func hasControl(line string) bool {
	return strings.ContainsFunc(line, func(c rune) bool { return unicode.IsControl(c) && c != '\t' })
}

// header reads the first line and what stands under it up to an empty line.
func (r *vttReader) header() {
	if rest, ok := strings.CutPrefix(r.lines[0], "WEBVTT"); !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		r.fault(0, "header", "a WebVTT file begins with WEBVTT.")
		r.at = len(r.lines)
		return
	}
	for r.at < len(r.lines) && r.lines[r.at] != "" {
		if strings.Contains(r.lines[r.at], "-->") {
			r.fault(r.at, "header", "an empty line is missing before the first caption.")
		}
		r.at++
	}
}

// block reads what stands up to an empty line: a cue, or something left out.
// It says whether there was one.
func (r *vttReader) block() bool {
	for r.at < len(r.lines) && r.lines[r.at] == "" {
		r.at++
	}
	from := r.at
	for r.at < len(r.lines) && r.lines[r.at] != "" {
		r.at++
	}
	if from == r.at {
		return false
	}
	if !vttAside.MatchString(r.lines[from]) {
		r.cue(from, r.at)
	}
	return true
}

// cue reads the lines from, to: a name perhaps, the times, the text.
func (r *vttReader) cue(from, to int) {
	if !strings.Contains(r.lines[from], "-->") && from+1 < to {
		from++ // the cue's name
	}
	times := vttTiming.FindStringSubmatch(r.lines[from])
	if times == nil {
		r.fault(from, "timing", "times look like 00:01.000 --> 00:02.500.")
		return
	}
	start, ok := vttMs(times[1])
	end, alsoOK := vttMs(times[2])
	switch {
	case !ok || !alsoOK:
		r.fault(from, "timing", "a time looks like 00:01.000 or 01:00:01.000.")
	case end <= start:
		r.fault(from, "before_start", "a caption ends after its start.")
	}
	read := cue{StartMs: start, EndMs: end}
	for i := from + 1; i < to; i++ {
		if line := r.text(i); line != "" {
			read.Lines = append(read.Lines, line)
		}
	}
	if read.Lines != nil {
		r.cues = append(r.cues, read)
	}
}

// text is a line as a reader sees it: without tags, with its characters
// unescaped.
func (r *vttReader) text(i int) string {
	if strings.Contains(r.lines[i], "-->") {
		r.fault(i, "arrow", "an empty line is missing before these times.")
		return ""
	}
	line := vttTag.ReplaceAllString(r.lines[i], "")
	if strings.Contains(line, "<") {
		r.fault(i, "tag", "write &lt; for <, or one of the tags of WebVTT.")
		return ""
	}
	line = strings.TrimSpace(html.UnescapeString(line))
	if hasControl(line) {
		r.fault(i, "control", "there is a control character in it.")
		return ""
	}
	return line
}

func vttMs(text string) (int64, bool) {
	part := vttTime.FindStringSubmatch(text)
	if part == nil {
		return 0, false
	}
	var ms int64
	for i, unit := range []int64{3_600_000, 60_000, 1000, 1} {
		n, _ := strconv.ParseInt(part[i+1], 10, 64) // digits by the expression, or none
		ms += n * unit
	}
	return ms, true
}

// writeWebVTT writes cues anew: times and words, and nothing that a browser
// would obey.
func writeWebVTT(cues []cue) []byte {
	var out bytes.Buffer
	out.WriteString("WEBVTT\n")
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	for _, c := range cues {
		fmt.Fprintf(&out, "\n%s --> %s\n", vttStamp(c.StartMs), vttStamp(c.EndMs))
		for _, line := range c.Lines {
			out.WriteString(escape.Replace(line) + "\n")
		}
	}
	return out.Bytes()
}

func vttStamp(ms int64) string {
	return fmt.Sprintf("%02d:%02d:%02d.%03d", ms/3_600_000, ms/60_000%60, ms/1000%60, ms%1000)
}
