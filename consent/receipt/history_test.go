package receipt

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

var (
	hash  = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
	began = time.Date(2026, 11, 3, 9, 15, 0, 123456000, time.UTC)
)

func key(t testing.TB, seed byte) Key {
	t.Helper()
	k, err := NewKey(slices.Repeat([]byte{seed}, SeedSize))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// drawFacts is a random history: given, then anything, and nothing after an end.
func drawFacts(t *rapid.T) Facts {
	f := Facts{
		RecordID: drawID(t), Role: rapid.SampledFrom([]string{"citizen", "partner", "representative", "interpreter"}).Draw(t, "role"),
		Controller: Controller{Name: rapid.StringMatching(`[A-Z<>&"é][a-z <>&"\x{2028}]{0,20}`).Draw(t, "controller")},
		Site:       "https://vakspiegel.gemeente.example",
	}
	if rapid.Bool().Draw(t, "organisation") {
		f.Controller.Address, f.Controller.Telephone = []string{"Voorbeeldplein 1", "0000 AA Voorbeeld"}, "14 000"
		f.Controller.PrivacyName, f.Controller.PrivacyEmail = "de functionaris gegevensbescherming", "privacy@gemeente.example"
	}
	kinds := slices.Sorted(func(yield func(string) bool) {
		for kind := range states {
			if !yield(kind) {
				return
			}
		}
	})
	kind := "given"
	for i := range rapid.IntRange(1, 6).Draw(t, "events") {
		if i > 0 {
			kind = rapid.SampledFrom(kinds).Draw(t, "kind")
		}
		f.Events = append(f.Events, drawEvent(t, kind, i))
		if ended[kind] {
			break
		}
	}
	return f
}

func drawEvent(t *rapid.T, kind string, i int) Event {
	e := Event{
		ID: drawID(t), Kind: kind, At: began.Add(time.Duration(i) * time.Hour),
		ByWhom:      rapid.SampledFrom([]string{"participant", "klantmanager", "privacy_manager", "system"}).Draw(t, "by"),
		Scopes:      rapid.SliceOfDistinct(rapid.SampledFrom([]string{"coach", "peers", "training"}), rapid.ID).Draw(t, "scopes"),
		Lookback:    rapid.Bool().Draw(t, "lookback"),
		Method:      rapid.SampledFrom([]string{"own_device", "shared_screen", "spoken", "paper", "represented"}).Draw(t, "method"),
		TextVersion: "v1", TextHash: hash, Language: rapid.SampledFrom([]string{"nl", "ar"}).Draw(t, "language"),
		LegalBasis:    rapid.SampledFrom([]string{"", "consent", "public_task"}).Draw(t, "basis"),
		RetentionDays: rapid.SampledFrom([]int{0, 60, 180}).Draw(t, "retention"),
	}
	if rapid.Bool().Draw(t, "organisation") {
		e.OrganisationHash = hash
	}
	if rapid.Bool().Draw(t, "until") {
		e.Until = e.At.Add(14 * 24 * time.Hour)
	}
	return e
}

func drawErasure(t *rapid.T) Erasure {
	e := Erasure{
		ID: drawID(t), RecordID: drawID(t), Controller: "College van B en W", ClosedAt: began, HadRecording: rapid.Bool().Draw(t, "film"),
		FromFile: rapid.Bool().Draw(t, "file"), KeyHolders: rapid.IntRange(0, 3).Draw(t, "holders"), ProofUntil: began.AddDate(1, 0, 0),
		LogDays: 545, PolicyHash: hash,
	}
	stages := rapid.IntRange(0, 3).Draw(t, "stages")
	for i, field := range []**time.Time{&e.StoppedAt, &e.KeyDestroyedAt, &e.ErasedAt} {
		if i < stages {
			at := began.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "seconds")) * time.Second)
			*field = &at
		}
	}
	return e
}

func drawID(t *rapid.T) uuid.UUID {
	var id uuid.UUID
	copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
	id[0] |= 1 // never the nil UUID
	return id
}

func drawDocument(t *rapid.T) Document {
	if rapid.Bool().Draw(t, "statement") {
		return NewStatement(drawErasure(t))
	}
	return NewReceipt(drawFacts(t))
}

// Invariant 1, over random histories: what was made verifies, says what it was
// made from, and does not survive the change of a single byte.
func TestEveryDocumentVerifiesAndNoByteOfItMayChange(t *testing.T) {
	ours := key(t, 1)
	set := NewKeys(ours.Public())
	rapid.Check(t, func(t *rapid.T) {
		document := drawDocument(t)
		text, err := ours.Sign(document)
		if err != nil {
			t.Fatal(err)
		}
		v, err := Verify(text, set)
		if err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		want, err := Digest(document)
		if err != nil || v.Digest != want {
			t.Fatalf("digest %s, want %s (%v)", v.Digest, want, err)
		}
		if (v.Receipt == nil) == (v.Statement == nil) {
			t.Fatal("it is one of the two")
		}
		place := rapid.IntRange(0, len(text)-1).Draw(t, "place")
		flip := rapid.ByteRange(1, 255).Draw(t, "flip")
		changed := slices.Clone(text)
		changed[place] ^= flip
		if _, err := Verify(changed, set); err == nil {
			t.Fatalf("byte %d as %q instead of %q passes", place, changed[place], text[place])
		}
	})
}

// Every place once, and each bit of it: the random walk above may miss the last
// letter of a signature, which has bits that say nothing.
func TestNoBitOfAFileSaysNothing(t *testing.T) {
	ours := key(t, 1)
	set := NewKeys(ours.Public())
	text, err := ours.Sign(NewStatement(Erasure{ID: uuid.New(), RecordID: uuid.New(), Controller: "B en W", ClosedAt: began, PolicyHash: hash}))
	if err != nil {
		t.Fatal(err)
	}
	for place := range text {
		for bit := range 8 {
			changed := slices.Clone(text)
			changed[place] ^= 1 << bit
			if _, err := Verify(changed, set); err == nil {
				t.Fatalf("bit %d of byte %d of %d says nothing", bit, place, len(text))
			}
		}
	}
	for end := range text {
		if _, err := Verify(text[:end], set); !errors.Is(err, ErrMalformed) {
			t.Fatalf("cut at %d of %d: %v", end, len(text), err)
		}
	}
}

// The same event gives the same document, whichever key signs: paper, file and
// server can be compared.
func TestAReceiptIsTheSameWheneverItIsAskedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFacts(t)
		first, err := Digest(NewReceipt(f))
		if err != nil {
			t.Fatal(err)
		}
		again, err := Digest(NewReceipt(f))
		if err != nil || first != again {
			t.Fatalf("%s and %s (%v)", first, again, err)
		}
	})
}
