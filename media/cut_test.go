package media

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/media/blob"
	"vakspiegel/media/blob/blobtest"
	"vakspiegel/media/cutter/cuttertest"
)

// order has a fragment of a film cut, in a transaction as sessions do.
func (w *world) order(id uuid.UUID, startMs, endMs int64) (cut uuid.UUID) {
	w.t.Helper()
	ok(w.t, w.db.Transaction(func(tx *gorm.DB) (err error) {
		cut, err = w.OrderCut(w.t.Context(), tx, id, startMs, endMs)
		return err
	}))
	return cut
}

// cutNow has a fragment cut and returns it.
func (w *world) cutNow(id uuid.UUID, startMs, endMs int64) (uuid.UUID, Cut) {
	w.t.Helper()
	cut := w.order(id, startMs, endMs)
	ok(w.t, w.CutOwed(w.t.Context()))
	return cut, w.cutIs(cut, CutReady)
}

func (w *world) cutIs(id uuid.UUID, state CutState) Cut {
	w.t.Helper()
	cut, there := get(w.Cuts(w.t.Context(), nil, []uuid.UUID{id}))[id]
	if !there || cut.State != state {
		w.t.Fatalf("the cut is %+v, want %s", cut, state)
	}
	return cut
}

// cutBytes are what a cut holds, opened.
func (w *world) cutBytes(id uuid.UUID) []byte {
	w.t.Helper()
	pieces := get(w.storedCut(w.t.Context(), id))
	var size int64
	for _, piece := range pieces {
		size += piece.PlainSize
	}
	key := get(w.Keys.key(w.t.Context(), w.db, pieces[0].RecordingID))
	return get(io.ReadAll(&reel{ctx: w.t.Context(), m: w.Media, key: &key, segments: pieces, left: size}))
}

func TestAFragmentBecomesAFilmOfItsOwn(t *testing.T) {
	eachPair(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), sample())
		version := get(w.Get(t.Context(), w.noor, id))
		cut := w.order(id, 5_000, 9_000)
		w.cutIs(cut, CutOwed)
		ok(t, w.CutOwed(t.Context()))
		made := w.cutIs(cut, CutReady)
		if made.RecordingID != id || made.StartMs != 5_000 || made.EndMs != 9_000 || made.LeadMs != 1_000 || made.DurationMs != 5_000 {
			t.Fatalf("it is %+v", made)
		}
		if film := w.cutBytes(cut); int64(len(film)) != made.SizeBytes || len(cuttertest.Packets(t, film)) < 100 {
			t.Fatalf("it has %d bytes of %d", len(film), made.SizeBytes)
		}
		if n := w.count("segments", "state = 'pending'"); n != 0 || len(w.objects(prefixOf(id))) != 2 {
			t.Fatal("something is left, or lies elsewhere")
		}
		got, err := w.watch(w.noor, id, 0, -1)
		ok(t, err)
		if !bytes.Equal(got, sample()) || get(w.Get(t.Context(), w.noor, id)).SizeBytes != version.SizeBytes {
			t.Fatal("the film is another")
		}
		ok(t, w.CutOwed(t.Context()))
		if n := w.count("cuts", "attempts = 1 AND claimed_until IS NULL"); n != 1 {
			t.Fatal("it was made twice")
		}
	})
}

func TestAnIntervalThatCannotBeCutIsRefusedWithAllItsFaults(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), sample())
		for want, interval := range map[string][2]int64{
			"endMs before_start":                   {9_000, 8_000},
			"endMs too_short":                      {9_000, 9_999},
			"endMs too_long, endMs after_end":      {0, 15*60_000 + 1},
			"endMs after_end":                      {60_000, 70_000},
			"startMs negative":                     {-1, 5_000},
			"startMs negative, endMs too_short":    {-1, 500},
			"startMs negative, endMs before_start": {-1, -5},
		} {
			_, err := w.OrderCut(t.Context(), w.db, id, interval[0], interval[1])
			wants(t, err, ErrInvalid)
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%v: got %v, want %s", interval, err, want)
			}
		}
		if w.count("cuts", "1 = 1") != 0 {
			t.Fatal("it was ordered")
		}
	})
}

func TestOnlyAReadyFilmIsCut(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		_, err := w.OrderCut(t.Context(), w.db, uuid.New(), 0, 2_000)
		wants(t, err, ErrNotFound)
		c := w.given()
		uploading := get(w.Begin(t.Context(), w.noor, newUpload(c, 1000)))
		_, err = w.OrderCut(t.Context(), w.db, uploading, 0, 2_000)
		wants(t, err, ErrNotFound)
		id := w.upload(w.given(), sample())
		ok(t, w.Erase(t.Context(), w.noor, id))
		_, err = w.OrderCut(t.Context(), w.db, id, 0, 2_000)
		wants(t, err, ErrNotFound)
	})
}

func TestWithoutFFmpegNothingIsCut(t *testing.T) {
	w := newWorld(t, databaseOf(t), blobtest.Dir(t))
	id := w.upload(w.given(), sample())
	owed := w.order(id, 0, 2_000)
	w.Cutter = nil
	if w.CanCut() {
		t.Fatal("it says that it can")
	}
	_, err := w.OrderCut(t.Context(), w.db, id, 0, 2_000)
	wants(t, err, ErrCutsUnavailable)
	ok(t, w.CutOwed(t.Context()))
	w.cutIs(owed, CutOwed)
}

func TestAFilmThatFFmpegCannotReadFailsForGood(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), filmOf(40_000, "no picture "))
		cut := w.order(id, 0, 2_000)
		ok(t, ignore(w.CutOwed(t.Context())))
		if failed := w.cutIs(cut, CutFailed); failed.Failure != cutUnreadable {
			t.Fatalf("it is %+v", failed)
		}
		w.skew += time.Hour
		ok(t, w.CutOwed(t.Context()))
	})
}

// ignore is for what a reconciler says of one thing it could not do.
func ignore(error) error { return nil }

// P3: a cut goes with its recording, rows and bytes.
func TestErasingARecordingTakesItsCuts(t *testing.T) {
	eachPair(t, func(t *testing.T, w *world) {
		gone, stays := w.given(), w.given()
		erased, kept := w.upload(gone, sample()), w.upload(stays, sample())
		w.cutNow(erased, 5_000, 9_000)
		w.order(erased, 1_000, 3_000)
		survivor, _ := w.cutNow(kept, 5_000, 9_000)
		w.withdraw(gone)
		w.erase()
		if left := w.objects(prefixOf(erased)); len(left) != 0 {
			t.Fatalf("left: %v", left)
		}
		if w.count("cuts", "recording_id = ?", erased)+w.count("segments", "recording_id = ?", erased) != 0 {
			t.Fatal("rows are left")
		}
		if n := w.count("erasures", "erased_at IS NOT NULL AND objects = 3"); n != 1 {
			t.Fatal("the proof does not count its cuts")
		}
		if len(w.cutBytes(survivor)) == 0 {
			t.Fatal("another's cut went along")
		}
		ok(t, w.CutOwed(t.Context()))
	})
}

// gate is a store that has something happen at each call of a kind.
type gate struct {
	blob.Store
	mu   sync.Mutex
	call func(ctx context.Context, op blobtest.Op) error
}

func (g *gate) pass(ctx context.Context, op blobtest.Op) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.call(ctx, op)
}

func (g *gate) Get(ctx context.Context, key string, off, n int64) (io.ReadCloser, error) {
	if err := g.pass(ctx, blobtest.OpGet); err != nil {
		return nil, err
	}
	return g.Store.Get(ctx, key, off, n)
}

func (g *gate) Put(ctx context.Context, key string, r io.Reader, size int64) error {
	if err := g.pass(ctx, blobtest.OpPut); err != nil {
		return err
	}
	return g.Store.Put(ctx, key, r, size)
}

// stopAt has the nth call of a kind wait until its caller goes away, and go on
// then all the same if it is a write: the store may have got it already.
func stopAt(store blob.Store, op blobtest.Op, nth int) (*gate, <-chan struct{}) {
	reached := make(chan struct{})
	return &gate{Store: store, call: func(ctx context.Context, called blobtest.Op) error {
		if called != op {
			return nil
		}
		if nth--; nth == 0 {
			close(reached)
			<-ctx.Done()
		}
		return nil
	}}, reached
}

// ffmpegs are the processes of FFmpeg that this one has started.
func ffmpegs(t *testing.T) (running []string) {
	t.Helper()
	found := get(filepath.Glob("/proc/[0-9]*/stat"))
	for _, path := range found {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // it ended meanwhile
		}
		_, after, _ := strings.Cut(string(stat), ") ")
		fields := strings.Fields(after)
		if strings.Contains(string(stat), "(ffmpeg)") && len(fields) > 1 && fields[1] == strconv.Itoa(os.Getpid()) {
			running = append(running, filepath.Dir(path))
		}
	}
	return running
}

// whileCutting has something happen in the middle of making a cut: before FFmpeg
// runs, while it looks for the key frame, while it copies, while a piece is stored.
func whileCutting(t *testing.T, happen func(w *world, participant, id, cut uuid.UUID)) {
	for name, moment := range map[string]struct {
		op  blobtest.Op
		nth int
	}{"beginning": {blobtest.OpGet, 1}, "looking": {blobtest.OpGet, 2}, "copying": {blobtest.OpGet, 3}, "storing": {blobtest.OpPut, 1}} {
		t.Run(name, func(t *testing.T) {
			eachDB(t, func(t *testing.T, w *world) {
				c := w.given()
				id := w.upload(c, sample())
				cut := w.order(id, 5_000, 9_000)
				g, reached := stopAt(w.Media.Store, moment.op, moment.nth)
				w.Media.Store = g
				done := make(chan error, 1)
				go func() { done <- w.CutOwed(t.Context()) }()
				select {
				case <-reached:
				case err := <-done:
					t.Fatalf("it ended before: %v", err)
				}
				if moment.op == blobtest.OpGet && moment.nth > 1 && len(ffmpegs(t)) != 1 {
					t.Error("FFmpeg does not run, so this shows nothing")
				}
				happen(w, c.Participants[0].ID, id, cut)
				if err := <-done; err != nil {
					t.Errorf("it ended with %v", err)
				}
				if left := ffmpegs(t); len(left) != 0 {
					t.Errorf("FFmpeg still runs: %v", left)
				}
				if left := w.objects(prefixOf(id)); w.count("segments", "recording_id = ?", id) != int64(len(left)) {
					t.Errorf("an object is left: %v", left)
				}
			})
		})
	}
}

func TestErasingWhileFFmpegRunsStopsItAndLeavesNothing(t *testing.T) {
	whileCutting(t, func(w *world, participant, id, _ uuid.UUID) {
		get(w.consent.Withdraw(w.t.Context(), participant))
		w.erase()
		if left := w.objects(prefixOf(id)); len(left) != 0 {
			w.t.Fatalf("left: %v", left)
		}
		if w.count("cuts", "1 = 1")+w.count("segments", "1 = 1")+w.count("upload_locks", "1 = 1") != 0 {
			w.t.Fatal("rows are left")
		}
	})
}

func TestDroppingWhileFFmpegRunsStopsItAndLeavesNothing(t *testing.T) {
	whileCutting(t, func(w *world, _, id, cut uuid.UUID) {
		ok(w.t, w.DropCuts(w.t.Context(), w.db, cut))
		for deadline := time.Now().Add(20 * time.Second); w.count("cuts", "1 = 1") > 0; {
			ok(w.t, w.EraseCuts(w.t.Context()))
			if time.Now().After(deadline) {
				w.t.Fatal("it stays")
			}
		}
		if len(w.objects(prefixOf(id))) != 1 {
			w.t.Fatal("objects are left, or the film went along")
		}
	})
}

// A pause closes for now: the cut waits, and is made when it is over.
func TestWhatIsPausedIsNotCutMeanwhile(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		c := w.given()
		cut := w.order(w.upload(c, sample()), 5_000, 9_000)
		get(w.consent.Pause(t.Context(), c.Participants[0].ID))
		for range 5 {
			ok(t, w.CutOwed(t.Context()))
			w.skew += 2 * cutRetry
		}
		w.cutIs(cut, CutOwed)
		ok(t, w.consent.Resume(t.Context(), c.Participants[0].ID))
		ok(t, w.CutOwed(t.Context()))
		w.cutIs(cut, CutReady)
	})
}

func TestADroppedCutIsDeletedAndLookedFor(t *testing.T) {
	eachPair(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), sample())
		cut, _ := w.cutNow(id, 5_000, 9_000)
		stays, _ := w.cutNow(id, 15_000, 19_000)
		ok(t, w.DropCuts(t.Context(), w.db, cut, uuid.New()))
		if cuts := get(w.Cuts(t.Context(), nil, []uuid.UUID{cut, stays})); len(cuts) != 1 {
			t.Fatalf("it is still there: %v", cuts)
		}
		right := w.Media.Store
		w.Media.Store = &forgetfulStore{w.store}
		if err := w.EraseCuts(t.Context()); err == nil {
			t.Fatal("a store that deletes nothing was believed")
		}
		if w.count("cuts", "id = ?", cut) != 1 || w.count("segments", "cut_id = ?", cut) != 1 {
			t.Fatal("it is called erased")
		}
		w.Media.Store = right
		ok(t, w.EraseCuts(t.Context()))
		if w.count("cuts", "id = ?", cut)+w.count("segments", "cut_id = ?", cut) != 0 || len(w.objects(prefixOf(id))) != 2 {
			t.Fatal("it is not gone, or another is")
		}
		if len(w.cutBytes(stays)) == 0 {
			t.Fatal("the other cut is empty")
		}
	})
}

func TestAStoreThatIsDownDelaysACutAndNoMore(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		cut := w.order(w.upload(w.given(), sample()), 5_000, 9_000)
		w.store.Down()
		for range 2 * cutAttempts {
			wants(t, w.CutOwed(t.Context()), ErrUnavailable)
			w.skew += 2 * cutRetry
		}
		w.store.Up()
		ok(t, w.CutOwed(t.Context()))
		w.cutIs(cut, CutReady)
	})
}

func TestSeveralProcessesMakeEachCutOnce(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		var cuts []uuid.UUID
		for range 3 {
			id := w.upload(w.given(), sample())
			cuts = append(cuts, w.order(id, 5_000, 9_000), w.order(id, 1_000, 2_000))
		}
		var running sync.WaitGroup
		for range 4 {
			running.Go(func() {
				for range 4 {
					if err := w.CutOwed(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		running.Wait()
		w.skew += 2 * cutRetry
		ok(t, w.CutOwed(t.Context()))
		for _, cut := range cuts {
			w.cutIs(cut, CutReady)
		}
		if n := w.count("segments", "cut_id IS NOT NULL"); n != int64(len(cuts)) {
			t.Fatalf("%d pieces of %d cuts", n, len(cuts))
		}
	})
}

// A process that is killed at any call leaves a cut that another one makes.
func TestACutSurvivesAKillAtEveryStep(t *testing.T) {
	killLoop(t, func(t *testing.T, w *world, killAt int) bool {
		id := w.upload(w.given(), sample())
		cut := w.order(id, 5_000, 9_000)
		w.faults.killAt(killAt)
		_ = w.CutOwed(t.Context())
		killed := w.faults.revive()
		w.start()
		if !killed {
			return false
		}
		ok(t, w.db.Exec("DELETE FROM upload_locks").Error) // as if its 10 s were over
		w.skew += 2 * cutHold
		ok(t, w.CutOwed(t.Context()))
		w.cutIs(cut, CutReady)
		if len(w.cutBytes(cut)) == 0 {
			t.Fatal("it is empty")
		}
		w.skew += 2 * lostAfter
		ok(t, w.Sweep(t.Context()))
		if left := w.objects(prefixOf(id)); len(left) != 2 {
			t.Fatalf("killed at %d: %d objects", killAt, len(left))
		}
		return true
	})
}

// What failed once keeps nobody else waiting.
func TestACutThatFailedWaitsForTheOthers(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), sample())
		first := w.order(id, 5_000, 9_000)
		for range 2 {
			if cut, _, err := w.claimCut(t.Context()); err != nil || cut.ID != first {
				t.Fatalf("claimed %v: %v", cut.ID, err)
			}
			w.skew += 2 * cutHold
		}
		second := w.order(id, 1_000, 3_000)
		if cut, _, err := w.claimCut(t.Context()); err != nil || cut.ID != second {
			t.Fatalf("claimed %v: %v", cut.ID, err)
		}
	})
}

// A picture is shown the way it was taken, as in the film.
func TestAFragmentIsTurnedLikeItsFilm(t *testing.T) {
	w := newWorld(t, databaseOf(t), blobtest.Dir(t))
	for _, kind := range []string{"video/mp4", "video/quicktime"} {
		film := cuttertest.Make(t, kind, map[string]string{"video/mp4": "held.mp4", "video/quicktime": "held.mov"}[kind], "-c:v libx264 -preset ultrafast -g 30 -c:a aac")
		for _, degrees := range []int{90, 180, 270} {
			turned := cuttertest.Turned(t, film, degrees)
			cut, _ := w.cutNow(w.upload(w.given(), turned.Data), 5_000, 9_000)
			if got := cuttertest.Rotation(t, w.cutBytes(cut)); got != degrees {
				t.Errorf("%s: the film is turned by %d°, its fragment by %d°", kind, degrees, got)
			}
		}
	}
}

// A player skips the lead in whole ms: rather a little more than less.
func TestNoPictureFromBeforeAFragmentIsShown(t *testing.T) {
	w := newWorld(t, databaseOf(t), blobtest.Dir(t))
	film := cuttertest.Make(t, "video/mp4", "thirds.mp4", "-c:v libx264 -preset ultrafast -g 7 -keyint_min 7 -sc_threshold 0 -c:a aac")
	_, made := w.cutNow(w.upload(w.given(), film.Data), 5_000, 9_000)
	lead := 5_000 - 1_000*cuttertest.KeyBefore(cuttertest.Packets(t, film.Data), 5) // 333.33 ms
	if more := float64(made.LeadMs) - lead; more < 0 || more >= 1 {
		t.Errorf("it skips %d ms of %.2f", made.LeadMs, lead)
	}
}

// A film that takes the whole process along each time is given up.
func TestACutThatKillsItsMakerIsGivenUp(t *testing.T) {
	w := newWorld(t, databaseOf(t), blobtest.Dir(t))
	cut := w.order(w.upload(w.given(), sample()), 5_000, 9_000)
	for range cutAttempts {
		_, found, err := w.claimCut(t.Context())
		ok(t, err)
		if !found {
			t.Fatal("not claimed")
		}
		w.skew += 2 * cutHold
	}
	ok(t, w.CutOwed(t.Context()))
	if failed := w.cutIs(cut, CutFailed); failed.Failure != cutGivenUp {
		t.Fatalf("it is %+v", failed)
	}
}

// P6: no byte of a fragment is in a file of ours while it is cut, and FFmpeg
// has no file but the one in memory.
func TestNoFileEverHoldsAFragment(t *testing.T) {
	scratch, data := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", scratch)
	db := databasetest.Open(t, "sqlite:"+filepath.Join(data, "vakspiegel.db"))
	w := newWorld(t, db, get(blob.Open(t.Context(), "dir:"+filepath.Join(data, "objects"), blob.S3Credentials{})))
	id := w.upload(w.given(), sample())
	packets := cuttertest.Packets(t, sample())
	looks := 0
	hunt := func() {
		looks++
		for i := 0; i < len(packets); i += 37 {
			if p := packets[i]; p.Length > 64 {
				marker := string(sample()[p.Start+20 : p.Start+52])
				for _, folder := range []string{data, scratch} {
					if file := holding(t, folder, marker); file != "" {
						t.Fatalf("%s holds it", file)
					}
				}
			}
		}
	}
	w.Media.Store = &gate{Store: w.Media.Store, call: func(context.Context, blobtest.Op) error { hunt(); return nil }}
	cut, _ := w.cutNow(id, 5_000, 20_000)
	hunt()
	if looks < 3 || len(w.cutBytes(cut)) < 10_000 {
		t.Fatalf("looked %d times", looks)
	}
}
