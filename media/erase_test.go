package media

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"go.uber.org/goleak"

	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/consent"
	"vakspiegel/media/blob"
	"vakspiegel/media/blob/blobtest"
	"vakspiegel/media/envelope"
	"vakspiegel/media/keyring"
	"vakspiegel/policies"
)

func TestTheOwnerErasesLikeAWithdrawal(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		id, other := w.upload(c, sample()), w.upload(c, filmOf(5000, "x"))
		wants(t, w.Erase(t.Context(), w.sem, id), ErrNotFound)
		ok(t, w.Erase(t.Context(), w.noor, id))
		_, err := w.Get(t.Context(), w.noor, id)
		wants(t, err, ErrNotFound)
		wants(t, w.Erase(t.Context(), w.noor, id), ErrNotFound)
		if n := w.count("erasures", "recording_id = ? AND stopped_at IS NOT NULL", id); n != 1 {
			t.Fatal("not confirmed")
		}
		w.erase()
		if len(w.objects(prefixOf(id))) != 0 || len(w.objects(prefixOf(other))) != 1 {
			t.Fatal("erased too little or too much")
		}
		if n := w.count("audit_entries", "action = 'recording:erase' AND object_id = ? AND result = 'done'", id); n != 1 {
			t.Fatal("the audit log does not say it")
		}
		if n := w.count("audit_entries", "action = 'recording:erase' AND object_id = ? AND result = 'refused' AND actor_id = ?", id, w.sem.ID); n != 1 {
			t.Fatal("the audit log does not tell the refusal")
		}
	})
}

// P3: whoever kept every artefact of an earlier moment and has the present keys
// reads nothing of what was erased, and everything of what was not.
func TestNoOldCopyOpensWhatWasErased(t *testing.T) {
	eachPair(t, func(t *testing.T, w *world) {
		gone, stays := w.given(), w.given()
		erased, kept := w.upload(gone, sample()), w.upload(stays, sample())
		note := get(w.Keys.Seal(t.Context(), w.db, erased, "annotation", "1", []byte("een notitie")))
		copies := map[uuid.UUID]*artefacts{erased: w.keep(erased), kept: w.keep(kept)}
		for _, a := range copies {
			if plain := a.open(w); !bytes.Equal(plain, sample()) {
				t.Fatal("the drill itself cannot open what is open")
			}
		}
		w.withdraw(gone)
		w.erase()
		if plain := copies[erased].open(w); plain != nil {
			t.Fatal("an old copy opened what was erased")
		}
		if _, err := w.Keys.Open(t.Context(), w.db, erased, "annotation", "1", note); err == nil {
			t.Fatal("a note of it opened")
		}
		// The survivor's wrap was made anew, so its old one is closed too; what
		// the database has now opens.
		got, err := w.watch(w.noor, kept, 0, -1)
		ok(t, err)
		if !bytes.Equal(got, sample()) {
			t.Fatal("the survivor is another")
		}
	})
}

// artefacts are a dump of a recording's rows and a copy of its objects.
type artefacts struct {
	id       uuid.UUID
	key      dataKeyRow
	segments []segmentRow
	objects  map[string][]byte
}

func (w *world) keep(id uuid.UUID) *artefacts {
	w.t.Helper()
	a := &artefacts{id: id, key: w.copyKeys(id), segments: get(w.stored(w.t.Context(), id)), objects: map[string][]byte{}}
	for _, segment := range a.segments {
		r := get(w.store.Store.Get(w.t.Context(), segment.ObjectKey, 0, -1))
		a.objects[segment.ObjectKey] = get(io.ReadAll(r))
		ok(w.t, r.Close())
	}
	return a
}

// open tries everything with the artefacts and the present key map; nil is
// nothing.
func (a *artefacts) open(w *world) []byte {
	ctx := context.Background()
	holder := get(keyring.OpenHolder("file:" + w.keyPath))
	now := get(holder.Load(ctx))
	ring := get(keyring.Open(ctx, []keyring.Holder{holder}))
	for epoch := range now.Epochs { // also under every other key there is
		if key, err := ring.Unwrap(ctx, epoch, a.id.String(), a.key.Wrapped); err == nil {
			return a.decrypt(key)
		}
	}
	if key, err := ring.Unwrap(ctx, a.key.Epoch, a.id.String(), a.key.Wrapped); err == nil {
		return a.decrypt(key)
	}
	return nil
}

func (a *artefacts) decrypt(key envelope.Key) []byte {
	var film []byte
	for _, s := range a.segments {
		span := get(envelope.SpanOf(s.PlainSize, 0, s.PlainSize))
		r := get(envelope.OpenSpan(bytes.NewReader(a.objects[s.ObjectKey][span.Offset:]), key, segmentName(a.id, s.StartByte), envelope.Salt(s.Salt), span))
		film = append(film, get(io.ReadAll(r))...)
	}
	return film
}

// P6: at no moment is a byte of film, or a word of a note, in a file of ours.
func TestNoFileEverHoldsAWord(t *testing.T) {
	scratch := t.TempDir()
	t.Setenv("TMPDIR", scratch)
	data := t.TempDir()
	db := databasetest.Open(t, "sqlite:"+filepath.Join(data, "vakspiegel.db"))
	store := get(blob.Open(t.Context(), "dir:"+filepath.Join(data, "objects"), blob.S3Credentials{}))
	w := newWorld(t, db, store)
	const marker = "MARKERING-VAN-DE-FILM "
	film := filmOf(3<<20, marker)
	looks := 0
	hunt := func() {
		looks++
		for _, folder := range []string{data, scratch} {
			if file := holding(t, folder, "MARKERING"); file != "" {
				t.Fatalf("%s holds it", file)
			}
		}
	}
	c := w.given()
	id := get(w.Begin(t.Context(), w.noor, newUpload(c, int64(len(film)))))
	w.Media.Store = &watchedStore{Store: w.Media.Store, each: hunt}
	for at := 0; at < len(film); at += 1 << 20 {
		get(w.receive(t.Context(), id, int64(at), bytes.NewReader(film[at:at+1<<20])))
		hunt()
	}
	ok(t, w.complete(t.Context(), id))
	note := get(w.Keys.Seal(t.Context(), w.db, id, "annotation", "1", []byte("MARKERING van een notitie")))
	ok(t, w.db.Exec("INSERT INTO annotations (id, recording_id, author_id, kind, start_ms, visibility, sealed, version, created_at, updated_at) VALUES (?, ?, ?, 'moment', 0, 'self', ?, 1, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
		uuid.New(), id, w.noor.ID, note).Error)
	hunt()
	get(w.watch(w.noor, id, 0, -1))
	hunt()
	w.Media.Compact = func(ctx context.Context) error { return database.Compact(ctx, db) }
	w.withdraw(c)
	w.erase()
	hunt()
	if looks < 8 {
		t.Fatalf("looked %d times", looks)
	}
	// And once it is erased, not a trace of its rows: SQLite overwrites them.
	for _, trace := range []string{string(note), id.String()} {
		file := holding(t, data, trace)
		if trace == id.String() { // the audit log keeps the number
			continue
		}
		if file != "" {
			t.Fatalf("%s holds what was erased", file)
		}
	}
	if n := w.count("annotations", "1 = 1"); n != 0 {
		t.Fatal("the note is there")
	}
}

// holding names a file below a folder that holds a text.
func holding(t *testing.T, folder, text string) string {
	t.Helper()
	found := ""
	ok(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			return nil
		}
		if strings.Contains(string(content), text) || strings.Contains(path, text) {
			found = path
		}
		return err
	}))
	return found
}

// Invariant 1, step by step: the yes is required again when all bytes are there.
func TestAWithdrawalBeforeTheLastStepKeepsItFromBeingReady(t *testing.T) {
	for name, when := range map[string]blobtest.Op{"before completing": "", "while its sizes are verified": blobtest.OpList, "while its duration is read": blobtest.OpGet} {
		t.Run(name, func(t *testing.T) {
			eachDB(t, func(t *testing.T, w *world) {
				c := w.given()
				id := get(w.Begin(t.Context(), w.noor, newUpload(c, int64(len(sample())))))
				get(w.receive(t.Context(), id, 0, bytes.NewReader(sample())))
				var once sync.Once
				w.store.FailWhen(func(op blobtest.Op, _ string) error {
					if op == when {
						once.Do(func() { // in between, as another process would
							ok(t, w.db.Exec("UPDATE conversations SET closed_at = CURRENT_TIMESTAMP WHERE id = ?", c.ID).Error)
						})
					}
					return nil
				})
				if when == "" {
					w.withdraw(c)
				}
				wants(t, w.complete(t.Context(), id), ErrNotFound)
				if w.count("recordings", "state = 'ready'") != 0 {
					t.Fatal("ready in a closed conversation")
				}
			})
		})
	}
}

// Filming that began before the last yes is found out at the end too.
func TestAMissingYesAtTheLastStepErasesIt(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := get(w.Begin(t.Context(), w.noor, newUpload(w.given(), int64(len(sample())))))
		get(w.receive(t.Context(), id, 0, bytes.NewReader(sample())))
		ok(t, w.db.Exec("UPDATE recordings SET started_at = ?", time.Now().Add(-time.Hour).UTC()).Error)
		wants(t, w.complete(t.Context(), id), ErrConsentMissing)
		w.erase()
		if w.count("recordings", "1 = 1") != 0 || len(w.objects(objectPrefix)) != 0 {
			t.Fatal("something is left")
		}
	})
}

// Invariant 1, as a race: a closed conversation never has a ready recording.
func TestAWithdrawalDuringAnUploadAlwaysWins(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		film := filmOf(40_000, "film ")
		for round := range 12 {
			c := w.given()
			id := get(w.Begin(t.Context(), w.noor, newUpload(c, int64(len(film)))))
			begin := make(chan struct{})
			var running sync.WaitGroup
			running.Go(func() {
				<-begin
				for at := 0; at < len(film); at += 10_000 {
					if _, err := w.receive(t.Context(), id, int64(at), bytes.NewReader(film[at:at+10_000])); err != nil {
						return
					}
				}
				_ = w.complete(t.Context(), id)
			})
			running.Go(func() {
				<-begin
				for range round { // a little later each time
					w.count("recordings", "1 = 1")
				}
				w.withdraw(c)
				before := w.count("recordings", "id = ? AND state = 'ready'", id)
				_ = w.complete(t.Context(), id)
				if w.count("recordings", "id = ? AND state = 'ready'", id) > before {
					t.Error("ready after the conversation was closed")
				}
			})
			running.Go(func() { <-begin; _ = w.EraseOwed(t.Context()); _ = w.Sweep(t.Context()) })
			close(begin)
			running.Wait()
			if _, err := w.watch(w.noor, id, 0, -1); err == nil {
				t.Fatal("a withdrawn conversation was watched")
			}
		}
		w.skew += time.Hour + 2*eraseHold
		ok(t, w.Sweep(t.Context()))
		w.erase()
		ok(t, w.SweepOrphans(t.Context()))
		if left := w.objects(objectPrefix); len(left) != 0 || w.count("recordings", "1 = 1") != 0 {
			t.Fatalf("left: %v", left)
		}
	})
}

func TestWithTheStoreDownTheKeyStillGoesAndNothingIsCalledErased(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		id := w.upload(c, sample())
		old := w.copyKeys(id)
		w.store.Down()
		if out := w.withdraw(c); out.Confirmed {
			t.Fatal("confirmed without the ledger")
		}
		_, err := w.watch(w.noor, id, 0, -1)
		wants(t, err, ErrNotFound)
		wants(t, w.EraseOwed(t.Context()), blob.ErrUnavailable)
		if _, err := w.Keys.ring.Unwrap(t.Context(), old.Epoch, id.String(), old.Wrapped); err == nil {
			t.Fatal("the key waits for the store")
		}
		if n := w.count("erasures", "stopped_at IS NOT NULL OR erased_at IS NOT NULL"); n != 0 {
			t.Fatal("it is called stopped or erased")
		}
		w.store.Up()
		w.skew += 2 * eraseRetry
		w.erase()
		if n := w.count("erasures", "stopped_at IS NOT NULL AND erased_at IS NOT NULL AND attempts = 2"); n != 1 {
			t.Fatal("it was not taken up again")
		}
	})
}

func TestAnObjectThatStaysKeepsItFromBeingCalledErased(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		w.upload(c, sample())
		w.withdraw(c)
		w.Media.Store = &forgetfulStore{w.store}
		if err := w.EraseOwed(t.Context()); err == nil {
			t.Fatal("a store that deletes nothing was believed")
		}
		if n := w.count("erasures", "erased_at IS NOT NULL"); n != 0 {
			t.Fatal("called erased")
		}
	})
}

// forgetfulStore says that it deleted and did not.
type forgetfulStore struct{ blob.Store }

func (*forgetfulStore) Delete(context.Context, string) error { return nil }

func TestEmptyingTheDatabasesLogIsTriedUntilItWorks(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		w.upload(c, sample())
		w.withdraw(c)
		calls, busy := 0, errors.New("readers are in the log")
		w.Media.Compact = func(context.Context) error {
			if calls++; calls == 1 {
				return busy
			}
			return nil
		}
		wants(t, w.EraseOwed(t.Context()), busy)
		w.erase()
		w.erase()
		if calls != 2 {
			t.Fatalf("tried %d times", calls)
		}
	})
}

func TestAHolderThatCannotBeReachedKeepsItFromBeingCalledDestroyed(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		w.upload(c, sample())
		w.withdraw(c)
		ok(t, os.Rename(w.keyPath, w.keyPath+".away"))
		if err := w.EraseOwed(t.Context()); err == nil {
			t.Fatal("no error without a key holder")
		}
		if n := w.count("erasures", "key_destroyed_at IS NOT NULL OR erased_at IS NOT NULL"); n != 0 {
			t.Fatal("called destroyed")
		}
		ok(t, os.Rename(w.keyPath+".away", w.keyPath))
		w.skew += 2 * eraseRetry
		w.erase()
		if n := w.count("erasures", "erased_at IS NOT NULL"); n != 1 {
			t.Fatal("it was not taken up again")
		}
	})
}

func TestWhatIsOverIsErased(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		expired, kept := w.upload(c, sample()), w.upload(c, sample())
		past := time.Now().Add(-2 * time.Second).UTC()
		ok(t, w.db.Exec("UPDATE recordings SET expires_at = ? WHERE id = ?", past, expired).Error)
		_, err := w.Get(t.Context(), w.noor, expired)
		wants(t, err, ErrNotFound) // at once, not when the sweeper comes
		list, _, err := w.List(t.Context(), w.noor, "", 10)
		ok(t, err)
		if len(list) != 1 {
			t.Fatal("the list shows what Get does not")
		}
		abandoned := get(w.Begin(t.Context(), w.noor, newUpload(c, 9000)))
		get(w.receive(t.Context(), abandoned, 0, bytes.NewReader(filmOf(9000, "x")[:5000])))
		busy := get(w.Begin(t.Context(), w.noor, newUpload(c, 9000)))
		ok(t, w.db.Exec("UPDATE uploads SET expires_at = ? WHERE recording_id = ?", past, abandoned).Error)
		ok(t, w.Sweep(t.Context()))
		w.erase()
		for id, there := range map[uuid.UUID]int64{expired: 0, abandoned: 0, kept: 1, busy: 1} {
			if n := w.count("recordings", "id = ?", id); n != there {
				t.Errorf("%d rows of %v, want %d", n, id, there)
			}
		}
		if n := w.count("audit_entries", "actor_kind = 'system' AND action = 'recording:erase' AND rule IN ?", []string{"retention:over", "upload:abandoned"}); n != 2 {
			t.Error("the audit log does not say why")
		}
	})
}

func TestOnlyOrphansOfThisDatabaseAreSwept(t *testing.T) {
	eachPair(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), sample())
		put := func(name string) string {
			key := prefixOf(id) + name
			ok(t, w.store.Put(t.Context(), key, strings.NewReader("x"), 1))
			return key
		}
		orphan := put(uuid.Must(uuid.NewV7()).String())
		older := put("018bcfe5-6800-7000-8000-000000000000") // November 2023
		strange := put("thumbnail.jpg")
		ok(t, w.SweepOrphans(t.Context()))
		if len(w.objects(objectPrefix)) != 4 {
			t.Fatal("something fresh was deleted")
		}
		w.skew += 2 * lostAfter
		ok(t, w.SweepOrphans(t.Context()))
		left := strings.Join(w.objects(objectPrefix), " ")
		if strings.Contains(left, orphan) || !strings.Contains(left, older) || !strings.Contains(left, strange) {
			t.Fatalf("left: %s", left)
		}
		if _, err := w.watch(w.noor, id, 0, -1); err != nil {
			t.Fatal(err)
		}
	})
}

// P7: a database put back from before a closing is closed by the ledger.
func TestTheLedgerClosesWhatARestoreOpened(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		withdrawn, erasedOne, stays := w.given(), w.given(), w.given()
		a, b, c := w.upload(withdrawn, sample()), w.upload(erasedOne, sample()), w.upload(stays, sample())
		w.withdraw(withdrawn)
		ok(t, w.Erase(ctx, w.noor, b))
		// Put the database back, by hand: nothing of the closings is known. No
		// UPDATE may do that, so for once what refuses it is away.
		w.drop("recordings_no_reopening", "recordings")
		w.drop("conversations_no_reopening", "conversations")
		w.drop("consent_records_no_reopening", "consent_records")
		for _, back := range []string{
			"DELETE FROM erasures", "DELETE FROM ledger_owed", "UPDATE recordings SET closed_at = NULL",
			"UPDATE conversations SET closed_at = NULL", "UPDATE consent_records SET state = 'given'",
		} {
			ok(t, w.db.Exec(back).Error)
		}
		get(w.watch(w.noor, a, 0, 10))
		ok(t, w.ReplayClosings(ctx, time.Time{}))
		for _, id := range []uuid.UUID{a, b} {
			_, err := w.watch(w.noor, id, 0, 10)
			wants(t, err, ErrNotFound)
		}
		get(w.watch(w.noor, c, 0, 10))
		owed := w.count("erasures", "1 = 1")
		ok(t, w.ReplayClosings(ctx, time.Time{}))
		if w.count("erasures", "1 = 1") != owed || owed != 2 {
			t.Fatalf("%d erasures owed", owed)
		}
		w.erase()
		if len(w.objects(objectPrefix)) != 1 {
			t.Fatal("not erased")
		}
	})
}

func TestNarrowingIsWrittenAsWhatIsTakenAway(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := uuid.Must(uuid.NewV7())
		record := uuid.New()
		wrote := consent.Closing{ID: id, Kind: "narrowed", ConversationID: uuid.New(), RecordID: &record, Scopes: consent.Scopes{consent.Peers}, At: time.Now().UTC().Truncate(time.Millisecond)}
		ok(t, w.Closings.Write(t.Context(), wrote))
		ok(t, w.Closings.Write(t.Context(), wrote))
		var read []consent.Closing
		ok(t, w.Closings.Replay(t.Context(), time.Time{}, func(c consent.Closing) error { read = append(read, c); return nil }))
		if len(read) != 1 || read[0].Scopes.String() != "peers" || read[0].ID != id || *read[0].RecordID != record || read[0].RecordingID != nil {
			t.Fatalf("%+v", read)
		}
	})
}

// Run does all of it by itself, and leaves no goroutine behind.
func TestRunErasesAndEnds(t *testing.T) {
	for _, dialect := range []string{database.SQLite, database.Postgres} {
		t.Run(dialect, func(t *testing.T) {
			w := newWorld(t, databasetest.New(t, dialect), blobtest.Dir(t))
			before := goleak.IgnoreCurrent()
			c := w.given()
			id := w.upload(c, sample())
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan struct{})
			go func() { w.Run(ctx); close(ended) }()
			p := get(w.Open(ctx, w.noor, id, policies.SelfReflection))
			w.withdraw(c)
			w.Nudge()
			<-p.Lease().Cut()
			ok(t, p.Close())
			tick := time.NewTicker(20 * time.Millisecond)
			defer tick.Stop()
			late := time.NewTimer(30 * time.Second)
			defer late.Stop()
			for w.count("erasures", "erased_at IS NOT NULL") == 0 {
				select {
				case <-tick.C:
				case <-late.C:
					t.Fatal("not erased in half a minute")
				}
			}
			stop()
			<-ended
			goleak.VerifyNone(t, before, goleak.IgnoreAnyFunction("database/sql.(*DB).connectionOpener"),
				goleak.IgnoreAnyFunction("database/sql.(*DB).connectionCleaner"), goleak.IgnoreAnyFunction("database/sql.(*Tx).awaitDone"))
		})
	}
}
