package review

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode"
)

// vttSample has everything that a common tool writes.
const vttSample = "\ufeffWEBVTT - een gesprek\r\nKind: captions\r\nLanguage: nl\r\n\r\n" +
	"STYLE\r\n::cue { background: url(https://example.org/) }\r\n\r\nREGION\r\nid:a\r\n\r\nNOTE gemaakt door een mens\r\n\r\n" +
	"1\r\n00:01.000 --> 00:02.500 align:start position:10%\r\n<v Noor>Dag, <b>komt</b> u verder.</v>\r\n- D&amp;D &lt;3\r\n\r\n" +
	"00:00:04.000 --> 00:00:06.000\r\nEen brief <00:05.000>van de gemeente.\r\n\r\n" +
	"01:00:00.000\t-->\t01:00:01.001\r\n<i></i>\r\n\r\n" +
	"tweede\r\n00:03.000 --> 00:03.500\r\nTussendoor."

const vttWritten = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nDag, komt u verder.\n- D&amp;D &lt;3\n" +
	"\n00:00:03.000 --> 00:00:03.500\nTussendoor.\n" +
	"\n00:00:04.000 --> 00:00:06.000\nEen brief van de gemeente.\n"

func TestCaptionsAreWrittenAnewAsPlainCues(t *testing.T) {
	for name, file := range map[string]string{
		"lines of Windows": vttSample,
		"of an old Mac":    strings.ReplaceAll(vttSample, "\r\n", "\r"),
		"of Unix":          strings.ReplaceAll(vttSample, "\r\n", "\n"),
		"written by us":    vttWritten,
	} {
		cues, err := parseWebVTT([]byte(file))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := string(writeWebVTT(cues)); got != vttWritten {
			t.Errorf("%s: written as\n%s", name, got)
		}
	}
}

func TestAFaultOfCaptionsNamesItsLineAndNoWord(t *testing.T) {
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"no file":                    {"", []string{"line[1] header"}},
		"another kind of file":       {"1\n00:00:01,000 --> 00:00:02,000\ngeheim\n", []string{"line[1] header"}},
		"a word that begins alike":   {"WEBVTTX\n\n00:01.000 --> 00:02.000\ngeheim\n", []string{"line[1] header"}},
		"no captions":                {"WEBVTT\n\nNOTE geheim\n", []string{"line[1] empty"}},
		"captions without words":     {"WEBVTT\n\n00:01.000 --> 00:02.000\n<b></b>\n", []string{"line[1] empty"}},
		"a comma in the time":        {"WEBVTT\n\n00:01,000 --> 00:02,000\ngeheim\n", []string{"line[3] timing"}},
		"no thousandths":             {"WEBVTT\n\n00:01 --> 00:02\ngeheim\n", []string{"line[3] timing"}},
		"99 minutes":                 {"WEBVTT\n\n00:99:01.000 --> 00:99:02.000\ngeheim\n", []string{"line[3] timing"}},
		"a negative time":            {"WEBVTT\n\n-00:01.000 --> 00:02.000\ngeheim\n", []string{"line[3] timing"}},
		"an end before the start":    {"WEBVTT\n\n00:05.000 --> 00:02.000\ngeheim\n", []string{"line[3] before_start"}},
		"no time at all":             {"WEBVTT\n\ngeheim\n", []string{"line[3] timing"}},
		"words without a time":       {"WEBVTT\n\ngeheim\nnog meer\nen meer\n", []string{"line[4] timing"}},
		"two captions in one":        {"WEBVTT\n\n00:01.000 --> 00:02.000\ngeheim\n00:02.000 --> 00:03.000\nmeer\n", []string{"line[5] arrow"}},
		"times in the head":          {"WEBVTT\n00:01.000 --> 00:02.000\ngeheim\n", []string{"line[2] header"}},
		"an unknown tag":             {"WEBVTT\n\n00:01.000 --> 00:02.000\n<script>geheim</script>\n", []string{"line[4] tag"}},
		"tags in tags":               {"WEBVTT\n\n00:01.000 --> 00:02.000\n<<b>i>geheim\n", []string{"line[4] tag"}},
		"a tag that does not end":    {"WEBVTT\n\n00:01.000 --> 00:02.000\ngeheim <b\n", []string{"line[4] tag"}},
		"a zero byte":                {"WEBVTT\n\n00:01.000 --> 00:02.000\nge\x00heim\n", []string{"line[4] control"}},
		"an escaped line end":        {"WEBVTT\n\n00:01.000 --> 00:02.000\ngeheim&#10;&#10;00:09.000 --&gt; 00:10.000\n", []string{"line[4] control"}},
		"bytes that are no text":     {"WEBVTT\n\n00:01.000 --> 00:02.000\ngeheim \xff\n", []string{"line[4] not_text"}},
		"two faults, both at once":   {"WEBVTT\n\n00:01,000 --> 00:02.000\ngeheim\n\n00:01.000 --> 00:02.000\n<x>\n", []string{"line[3] timing", "line[7] tag"}},
		"a page of a browser":        {"<!doctype html><title>geheim</title>", []string{"line[1] header"}},
		"a file in two-byte letters": {"\xff\xfeW\x00E\x00B\x00", []string{"line[1] not_text"}},
	} {
		_, err := parseWebVTT([]byte(c.file))
		var invalid *Invalid
		if !errors.As(err, &invalid) {
			t.Errorf("%s: %v, want its faults", name, err)
			continue
		}
		var got []string
		for _, f := range invalid.Faults {
			got = append(got, f.Field+" "+f.Code)
			if strings.Contains(f.Detail+f.Field+err.Error(), "geheim") {
				t.Errorf("%s: the fault says a word of the file: %s", name, f.Detail)
			}
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestFaultsOfCaptionsAreCountedUpToALimit(t *testing.T) {
	_, err := parseWebVTT([]byte("WEBVTT\n\n" + strings.Repeat("nee\n\n", 10_000)))
	var invalid *Invalid
	if !errors.As(err, &invalid) || len(invalid.Faults) != maxVTTFaults {
		t.Errorf("%v, want %d faults", err, maxVTTFaults)
	}
}

// Whatever comes in: what is taken reads back the same, and holds nothing that
// a browser obeys.
func FuzzWebVTT(f *testing.F) {
	for _, seed := range []string{
		vttSample, vttWritten, "WEBVTT", "WEBVTT\n\n", "\ufeffWEBVTT\r\r00:01.000 --> 00:02.000\rx\r",
		"WEBVTT\n\n00:01.000 --> 00:02.000\n&amp;lt;b&amp;gt; &nbsp; &#x202e; &NewLine; &#0;\n",
		"WEBVTT\n\n999:59:59.999 --> 999:59:59.999\nx\n", "WEBVTT\n\n00:00.000 --> 00:00.001\n--&gt;\nNOTE\nSTYLE\n",
		"WEBVTT\n\n00:00.000 --> 00:00.001 \n<c.a.b><v.loud Noor><lang nl><ruby>a<rt>b</rt></ruby></v>\n", "WEBVTT\n\n-->\n", "WEBVTT \u0085\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		cues, err := parseWebVTT(file)
		if err != nil {
			return
		}
		written := writeWebVTT(cues)
		again, err := parseWebVTT(written)
		if err != nil || !reflect.DeepEqual(again, cues) {
			t.Fatalf("%q was written as %q and read as %v, %v", file, written, again, err)
		}
		if bytes.ContainsFunc(written, func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }) || bytes.Contains(written, []byte("<")) {
			t.Fatalf("%q was written as %q", file, written)
		}
		if arrows := bytes.Count(written, []byte("-->")); arrows != len(cues) {
			t.Fatalf("%d cues, %d arrows in %q", len(cues), arrows, written)
		}
	})
}
