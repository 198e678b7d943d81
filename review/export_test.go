package review_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"vakspiegel/policies"
	"vakspiegel/policies/audit"
	"vakspiegel/review"
)

func as(cell string) string { return cell }

func numbered(n int) uuid.UUID {
	return uuid.MustParse(fmt.Sprintf("019a0000-0000-7000-8000-%012d", n))
}

// sampleCopy has everything that a file must carry.
func sampleCopy() review.Copy {
	at, length, end, noor, sem := time.Date(2026, 11, 3, 9, 15, 0, 0, time.UTC), int64(64_000), int64(12_600), numbered(1), numbered(2)
	parent := numbered(11)
	note := func(n int, author uuid.UUID, note review.Note) review.Annotation {
		return review.Annotation{Note: note, ID: numbered(n), RecordingID: numbered(3), AuthorID: author, Version: 1, CreatedAt: at, UpdatedAt: at.Add(time.Minute)}
	}
	return review.Copy{
		RecordingID: numbered(3), OwnerID: noor, DurationMs: &length, At: at.Add(time.Hour),
		Names: map[uuid.UUID]string{noor: "Noor", sem: "Sem & <co>"},
		Notes: []review.Annotation{
			note(10, noor, review.Note{StartMs: 0, Kind: review.Moment, Marker: "frustratie"}),
			note(11, noor, review.Note{StartMs: 5960, EndMs: &end, Kind: review.Question, Body: "Waarom\n\n--> <b>nu</b> & \"zo\"?", Tags: []string{"luisteren", "=1+1"}}),
			note(12, sem, review.Note{StartMs: 5960, EndMs: &end, Kind: review.Observation, Body: "Ik zag het ook.", ParentID: &parent}),
			note(13, noor, review.Note{StartMs: 64_000, Kind: review.Feeling, Body: "=HYPERLINK(\"x\")"}),
		},
		AnsweredBy: noor,
		Answers: []review.OwnAnswer{
			{Answer: review.Answer{Code: "erkent", Text: "Zij zuchtte.", Moments: []review.Seen{{StartMs: 100}, {StartMs: 5000, EndMs: &end}}}, FormID: numbered(30), Asked: review.Label{NL: "Erkent wat er speelt"}, CreatedAt: at, UpdatedAt: at},
			{Answer: review.Answer{Code: "vasthouden", Text: "De stilte --> daarna"}, FormID: numbered(30), Asked: review.Label{NL: "Wat wil je vasthouden?"}, CreatedAt: at, UpdatedAt: at},
		},
		Fragments: []review.Fragment{{
			Passage: review.Passage{StartMs: 3_000, EndMs: 9_500, Title: "Het keerpunt", Reason: "Ik wacht."},
			ID:      numbered(20), RecordingID: numbered(3), Version: 1, CreatedAt: at, UpdatedAt: at,
		}},
	}
}

// The files that a copy becomes, byte by byte. Write them anew with
// UPDATE_GOLDEN=1, and read what changed.
func TestACopyBecomesTheseFiles(t *testing.T) {
	annotations, err := sampleCopy().WebAnnotation()
	must(t, err)
	table, err := sampleCopy().CSV(as)
	must(t, err)
	for name, got := range map[string][]byte{"notes.jsonld": annotations, "notes.vtt": sampleCopy().WebVTT(), "notes.csv": table} {
		file := "testdata/" + name
		if os.Getenv("UPDATE_GOLDEN") != "" {
			must(t, os.MkdirAll("testdata", 0o750))
			must(t, os.WriteFile(file, got, 0o600))
		}
		want, err := os.ReadFile(file)
		must(t, err)
		if !bytes.Equal(got, want) {
			t.Errorf("%s is now:\n%s", name, got)
		}
	}
}

func TestAnExportHasWhatOneMayReadAndIsInTheLog(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		kept, err := r.Create(ctx, r.noor, r.id, note("blijft"))
		must(t, err)
		gone, err := r.Create(ctx, r.noor, r.id, note("verwijderd"))
		must(t, err)
		must(t, r.Delete(ctx, r.noor, gone.ID, 1))
		_, err = r.Choose(ctx, r.noor, r.id, passage("stuk"))
		must(t, err)
		form := r.begin(t, attention)
		_, err = r.FillForm(ctx, r.noor, form.ID, 1, review.FormChange{Answers: []review.Answer{words("wat-ging-goed", "de rust")}})
		must(t, err)
		copied, err := r.Export(ctx, r.noor, r.id)
		must(t, err)
		if len(copied.Notes) != 1 || copied.Notes[0].ID != kept.ID || len(copied.Fragments) != 1 || len(copied.Answers) != 1 || copied.OwnerID != r.noor.ID {
			t.Errorf("the copy: %+v", copied)
		}
		entries := exported(t, r)
		if len(entries) != 1 || entries[0].Result != audit.Done || entries[0].ActorID != r.noor.ID.String() {
			t.Errorf("the log: %+v", entries)
		}
		_, err = r.Export(ctx, r.sem, r.id)
		wants(t, err, review.ErrNotFound)
		r.closed = true
		_, err = r.Export(ctx, r.noor, r.id)
		wants(t, err, review.ErrNotFound)
		if len(exported(t, r)) != 1 {
			t.Error("a refusal is called done")
		}
	})
}

func exported(t *testing.T, r *room) (entries []audit.Entry) {
	t.Helper()
	must(t, r.db.Table("audit_entries").Where("action = ?", string(policies.AnnotationExport)).Find(&entries).Error)
	return entries
}

var cueTimes = regexp.MustCompile(`^(\d{2,}:[0-5]\d:[0-5]\d\.\d{3}) --> (\d{2,}:[0-5]\d:[0-5]\d\.\d{3})$`)

// FuzzNoWordBreaksOutOfAFile: whatever someone wrote, each file still has as
// many notes as were written, and the ones that keep words whole give them back.
func FuzzNoWordBreaksOutOfAFile(f *testing.F) {
	f.Add("gewoon", "tag", int64(0), int64(5))
	f.Add("a\n\n00:00:01.000 --> 00:00:02.000\nb", "\r", int64(64_000), int64(0))
	f.Add("</v><script>&amp;\x00\u200f", "\",\n=1", int64(1), int64(1))
	f.Fuzz(func(t *testing.T, body, tag string, start, length int64) {
		if !utf8.ValidString(body) || !utf8.ValidString(tag) || start < 0 || start > 64_000 || length < 0 || length > 64_000-start {
			return // no note could be that
		}
		kept, end := sampleCopy(), start+length
		one := kept.Notes[1]
		one.Body, one.Tags, one.StartMs, one.EndMs = body, []string{tag}, start, &end
		kept.Notes, kept.Names[kept.OwnerID], kept.Answers = []review.Annotation{one}, tag, kept.Answers[1:]
		kept.Answers[0].Text = "x" + body
		readVTT(t, kept)
		readCSV(t, kept)
		readAnnotations(t, kept)
	})
}

// readVTT splits the file into its blocks as the standard does: by empty lines.
func readVTT(t *testing.T, kept review.Copy) {
	t.Helper()
	blocks := strings.Split(strings.TrimSuffix(string(kept.WebVTT()), "\n"), "\n\n")
	if len(blocks) != 4 || blocks[0] != "WEBVTT" || !strings.HasPrefix(blocks[1], "NOTE ") || strings.Contains(blocks[1], "-->") {
		t.Fatalf("%d blocks: %q", len(blocks), blocks)
	}
	for _, block := range blocks[2:] {
		lines := strings.Split(block, "\n")
		times := cueTimes.FindStringSubmatch(lines[1])
		if times == nil || times[1] >= times[2] {
			t.Fatalf("the times of a cue: %q", lines[1])
		}
		payload := strings.Join(lines[2:], "\n")
		inner := strings.TrimSuffix(payload[strings.IndexByte(payload, '>')+1:], "</v>")
		if strings.ContainsAny(inner, "<>\r\x00") || strings.Contains(payload, "-->") {
			t.Fatalf("markup in a cue: %q", payload)
		}
	}
}

func readCSV(t *testing.T, kept review.Copy) {
	t.Helper()
	file, err := kept.CSV(as)
	must(t, err)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%v: %q", err, rows)
	}
	// A line ends as CRLF in the file; a carriage return of its own is not kept.
	if want := strings.ReplaceAll(kept.Notes[0].Body, "\r", ""); strings.ReplaceAll(rows[1][8], "\r", "") != want {
		t.Fatalf("body %q came back as %q", want, rows[1][8])
	}
}

func readAnnotations(t *testing.T, kept review.Copy) {
	t.Helper()
	file, err := kept.WebAnnotation()
	must(t, err)
	var read struct {
		First struct {
			Items []struct {
				Body []struct{ Purpose, Value string }
			}
		}
	}
	must(t, json.Unmarshal(file, &read))
	if len(read.First.Items) != 3 {
		t.Fatalf("%d annotations", len(read.First.Items))
	}
	body := kept.Notes[0].Body
	for _, b := range read.First.Items[0].Body {
		if b.Purpose == "questioning" && b.Value == body {
			return
		}
	}
	if body != "" {
		t.Fatalf("%q is not among %v", body, read.First.Items[0].Body)
	}
}
