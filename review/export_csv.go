package review

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
	"time"
)

// byteOrderMark tells a spreadsheet that a file is UTF-8.
const byteOrderMark = "\ufeff"

var exportHeading = []string{
	"id", "kind", "marker", "start_ms", "end_ms", "start", "end", "title", "text", "tags", "author", "reply_to", "created_at", "updated_at",
}

// CSV is the copy as RFC 4180, in UTF-8 with a byte order mark. plain makes of a
// cell one that no spreadsheet reads as a formula.
func (c Copy) CSV(plain func(string) string) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	lines := csv.NewWriter(&out)
	lines.UseCRLF = true
	if err := lines.Write(exportHeading); err != nil {
		return nil, err
	}
	write := func(line []string) error {
		for i, cell := range line {
			line[i] = plain(cell)
		}
		return lines.Write(line)
	}
	for _, note := range c.Notes {
		if err := write(c.noteLine(note)); err != nil {
			return nil, err
		}
	}
	for _, fragment := range c.Fragments {
		if err := write(c.fragmentLine(fragment)); err != nil {
			return nil, err
		}
	}
	for _, answer := range c.Answers {
		for _, line := range c.answerLines(answer) {
			if err := write(line); err != nil {
				return nil, err
			}
		}
	}
	lines.Flush()
	return out.Bytes(), lines.Error()
}

func (c Copy) noteLine(n Annotation) []string {
	endMs, end, parent := "", "", ""
	if n.EndMs != nil {
		endMs, end = strconv.FormatInt(*n.EndMs, 10), vttStamp(*n.EndMs)
	}
	if n.ParentID != nil {
		parent = n.ParentID.String()
	}
	return []string{
		n.ID.String(), string(n.Kind), n.Marker, strconv.FormatInt(n.StartMs, 10), endMs, vttStamp(n.StartMs), end, "", n.Body,
		strings.Join(n.Tags, ", "), c.Names[n.AuthorID], parent, stamp(n.CreatedAt), stamp(n.UpdatedAt),
	}
}

func (c Copy) fragmentLine(f Fragment) []string {
	return []string{
		f.ID.String(), kindFragment, "", strconv.FormatInt(f.StartMs, 10), strconv.FormatInt(f.EndMs, 10),
		vttStamp(f.StartMs), vttStamp(f.EndMs), f.Title, f.Reason, "", c.Names[c.OwnerID], "", stamp(f.CreatedAt), stamp(f.UpdatedAt),
	}
}

// answerLines are an answer once for each place where it was seen, and once
// where it names none.
func (c Copy) answerLines(a OwnAnswer) (lines [][]string) {
	line := func(startMs, endMs, start, end string) {
		lines = append(lines, []string{
			a.FormID.String() + "#" + a.Code, "form", "", startMs, endMs, start, end, a.Asked.NL, a.Text,
			"", c.Names[c.AnsweredBy], "", stamp(a.CreatedAt), stamp(a.UpdatedAt),
		})
	}
	for _, seen := range a.Moments {
		endMs, end := "", ""
		if seen.EndMs != nil {
			endMs, end = strconv.FormatInt(*seen.EndMs, 10), vttStamp(*seen.EndMs)
		}
		line(strconv.FormatInt(seen.StartMs, 10), endMs, vttStamp(seen.StartMs), end)
	}
	if lines == nil {
		line("", "", "", "")
	}
	return lines
}

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }
