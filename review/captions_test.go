package review_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"vakspiegel/review"
)

const captionFile = "WEBVTT\n\n00:01.000 --> 00:02.500\nHij zei iets <b>moois</b>.\n"

func TestCaptionsComeBackPlainAndStandNowhereInPlain(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		must(t, r.ReplaceCaptions(ctx, r.noor, r.id, "nl", []byte(captionFile)))
		must(t, r.ReplaceCaptions(ctx, r.noor, r.id, "en", []byte("WEBVTT\n\n00:01.000 --> 00:02.500\nHe said.\n")))
		must(t, r.ReplaceCaptions(ctx, r.noor, r.id, "nl", []byte(strings.Replace(captionFile, "Hij", "Zij", 1))))
		got, err := r.Captions(ctx, r.noor, r.id, "nl")
		must(t, err)
		if want := "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nZij zei iets moois.\n"; string(got) != want {
			t.Errorf("the captions are %q", got)
		}
		tracks, err := r.CaptionTracks(ctx, r.noor, r.id)
		must(t, err)
		if len(tracks) != 2 || tracks[0].Language != "en" || tracks[1].Language != "nl" || tracks[1].UpdatedAt.IsZero() {
			t.Errorf("the languages are %+v", tracks)
		}
		var rows []map[string]any
		must(t, r.db.Table("captions").Find(&rows).Error)
		if dump := fmt.Sprintf("%s %v", rows, rows); strings.Contains(dump, "mooi") || strings.Contains(dump, "said") {
			t.Error("the database holds words in plain")
		}
		must(t, r.RemoveCaptions(ctx, r.noor, r.id, "nl"))
		_, err = r.Captions(ctx, r.noor, r.id, "nl")
		wants(t, err, review.ErrNotFound)
		wants(t, r.RemoveCaptions(ctx, r.noor, r.id, "nl"), review.ErrNotFound)
		if r.raised != 4 {
			t.Errorf("screens were told %d times, want 4", r.raised)
		}
	})
}

func TestCaptionsAreOfWhoMayAndOnlyWhileItIsOpen(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		must(t, r.ReplaceCaptions(ctx, r.noor, r.id, "nl", []byte(captionFile)))
		_, err := r.Captions(ctx, r.sem, r.id, "nl")
		wants(t, err, review.ErrNotFound)
		_, err = r.CaptionTracks(ctx, r.sem, r.id)
		wants(t, err, review.ErrNotFound)
		wants(t, r.RemoveCaptions(ctx, r.sem, r.id, "nl"), review.ErrNotFound)
		// Who may not learns nothing of their file either.
		wants(t, r.ReplaceCaptions(ctx, r.sem, r.id, "nl", []byte("geen")), review.ErrNotFound)
		r.closed = true
		_, err = r.Captions(ctx, r.noor, r.id, "nl")
		wants(t, err, review.ErrNotFound)
		wants(t, r.ReplaceCaptions(ctx, r.noor, r.id, "nl", []byte(captionFile)), review.ErrNotFound)
		if r.refused != 6 {
			t.Errorf("%d refusals were written, want 6", r.refused)
		}
	})
}

func TestCaptionsThatAreRefusedLeaveThoseThatWereThere(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		must(t, r.ReplaceCaptions(ctx, r.noor, r.id, "nl", []byte(captionFile)))
		before, err := r.Captions(ctx, r.noor, r.id, "nl")
		must(t, err)
		for name, c := range map[string]struct{ language, file, want string }{
			"no captions":                   {"nl", "geen", "line[1] header"},
			"of another film":               {"nl", "WEBVTT\n\n01:05.001 --> 01:06.000\nlater\n", "file after_end"},
			"larger than it may be":         {"nl", "WEBVTT\n\n00:01.000 --> 00:02.000\n" + strings.Repeat("x", review.MaxCaptions), "file too_long"},
			"in no language":                {"Nederlands", captionFile, "language format"},
			"in a language with a way out":  {"../nl", captionFile, "language format"},
			"in a language on two lines":    {"nl\n", captionFile, "language format"},
			"begins just after, ends later": {"nl", "WEBVTT\n\n01:00.000 --> 01:06.000\nmag\n\n01:05.500 --> 01:06.000\nniet\n", "file after_end"},
		} {
			err := r.ReplaceCaptions(ctx, r.noor, r.id, c.language, []byte(c.file))
			var invalid *review.Invalid
			if !errors.As(err, &invalid) || invalid.Faults[0].Field+" "+invalid.Faults[0].Code != c.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		after, err := r.Captions(ctx, r.noor, r.id, "nl")
		must(t, err)
		if string(after) != string(before) || r.raised != 1 {
			t.Errorf("the captions are %q, screens were told %d times", after, r.raised)
		}
	})
}

func TestARecordingHasCaptionsInSoManyLanguages(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for i := range review.MaxCaptionTracks {
			must(t, r.ReplaceCaptions(ctx, r.noor, r.id, string([]byte{'a', byte('a' + i)}), []byte(captionFile)))
		}
		err := r.ReplaceCaptions(ctx, r.noor, r.id, "zz", []byte(captionFile))
		var invalid *review.Invalid
		if !errors.As(err, &invalid) || invalid.Faults[0].Code != "too_many" {
			t.Errorf("one more: %v", err)
		}
		must(t, r.ReplaceCaptions(ctx, r.noor, r.id, "aa", []byte(captionFile)))
	})
}

func TestCaptionsOfAnotherLanguagePutInTheirPlaceDoNotOpen(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		must(t, r.ReplaceCaptions(ctx, r.noor, r.id, "nl", []byte(captionFile)))
		must(t, r.ReplaceCaptions(ctx, r.noor, r.id, "en", []byte(captionFile)))
		must(t, r.db.Exec("UPDATE captions SET sealed = (SELECT sealed FROM captions WHERE language = 'en') WHERE language = 'nl'").Error)
		if file, err := r.Captions(ctx, r.noor, r.id, "nl"); err == nil {
			t.Errorf("it opened: %q", file)
		}
	})
}
