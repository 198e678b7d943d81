package media

import (
	"bytes"
	"errors"
	"io"
	"net"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"vakspiegel/consent"
	"vakspiegel/media/blob/blobtest"
	"vakspiegel/media/envelope"
	"vakspiegel/policies"
)

// pieces uploads a film in segments of these sizes.
func (w *world) pieces(c consent.Conversation, film []byte, sizes ...int) uuid.UUID {
	w.t.Helper()
	id := get(w.Begin(w.t.Context(), w.noor, newUpload(c, int64(len(film)))))
	at := 0
	for _, size := range append(sizes, len(film)) {
		to := min(at+size, len(film))
		if to > at {
			get(w.receive(w.t.Context(), id, int64(at), bytes.NewReader(film[at:to])))
		}
		at = to
	}
	ok(w.t, w.complete(w.t.Context(), id))
	return id
}

// Every range gives exactly its bytes, with one read of the store per segment.
func TestAnyRangeIsExactlyItsBytes(t *testing.T) {
	eachPair(t, func(t *testing.T, w *world) {
		film := filmOf(500_000, "0123456789 film ")
		edge := envelope.PackageSize
		id := w.pieces(w.given(), film, 1, 4096, edge-1, edge, edge+1, 2*edge, 3)
		segments := get(w.stored(t.Context(), id))
		if len(segments) != 8 {
			t.Fatalf("%d segments", len(segments))
		}
		rapid.Check(t, func(r *rapid.T) {
			off := rapid.IntRange(0, len(film)).Draw(r, "off")
			n := rapid.OneOf(rapid.IntRange(0, len(film)-off), rapid.Just(len(film)-off)).Draw(r, "n")
			before := w.store.Calls(blobtest.OpGet)
			got, err := w.watch(w.noor, id, int64(off), int64(n))
			if err != nil || !bytes.Equal(got, film[off:off+n]) {
				r.Fatalf("%d bytes at %d: %d bytes, %v", n, off, len(got), err)
			}
			want := 0
			for _, s := range segments {
				if n > 0 && s.StartByte < int64(off+n) && s.StartByte+s.PlainSize > int64(off) {
					want++
				}
			}
			if reads := w.store.Calls(blobtest.OpGet) - before; reads != want {
				r.Fatalf("%d reads of the store for %d segments", reads, want)
			}
		})
		for _, bad := range [][2]int64{{-1, 5}, {0, 500_001}, {500_001, 0}, {10, -5}} {
			p := get(w.Open(t.Context(), w.noor, id, policies.SelfReflection))
			wants(t, p.Prepare(bad[0], bad[1]), ErrRange)
			ok(t, p.Close())
		}
	})
}

// A segment that is lost, cut, swapped or changed is an error before the first
// byte where it is the first, and never a wrong byte.
func TestDamageIsAnErrorAndNeverAWrongByte(t *testing.T) {
	film := filmOf(200_000, "film ")
	for name, damage := range map[string]func(w *world, keys []string, contents [][]byte){
		"lost": func(w *world, keys []string, _ [][]byte) { ok(w.t, w.store.Delete(w.t.Context(), keys[1])) },
		"cut": func(w *world, keys []string, c [][]byte) {
			ok(w.t, w.store.Put(w.t.Context(), keys[1], bytes.NewReader(c[1][:len(c[1])-1]), int64(len(c[1])-1)))
		},
		"changed": func(w *world, keys []string, c [][]byte) {
			c[1][200] ^= 1
			ok(w.t, w.store.Put(w.t.Context(), keys[1], bytes.NewReader(c[1]), int64(len(c[1]))))
		},
		"swapped": func(w *world, keys []string, c [][]byte) {
			ok(w.t, w.store.Put(w.t.Context(), keys[1], bytes.NewReader(c[2]), int64(len(c[2]))))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, databaseOf(t), blobtest.Dir(t))
			id := w.pieces(w.given(), film, 80_000, 60_000, 60_000)
			var keys []string
			var contents [][]byte
			for _, s := range get(w.stored(t.Context(), id)) {
				keys = append(keys, s.ObjectKey)
				r := get(w.store.Get(t.Context(), s.ObjectKey, 0, -1))
				contents = append(contents, get(io.ReadAll(r)))
				ok(t, r.Close())
			}
			damage(w, keys, contents)
			got, err := w.watch(w.noor, id, 0, -1)
			wants(t, err, ErrDamaged)
			if !bytes.HasPrefix(film, got) || len(got) > 80_000 {
				t.Fatalf("%d bytes were handed out", len(got))
			}
			p := get(w.Open(t.Context(), w.noor, id, policies.SelfReflection))
			defer p.Close()
			wants(t, p.Prepare(80_000, 100), ErrDamaged)
		})
	}
}

func TestALookIsInTheAuditLogAndTheOwnersWithoutSeconds(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), sample())
		get(w.watch(w.noor, id, 0, 1000))
		_, err := w.watch(w.sem, id, 0, 1000)
		wants(t, err, ErrNotFound)
		_, err = w.watch(w.noor, uuid.New(), 0, 1000)
		wants(t, err, ErrNotFound)
		for _, purpose := range []policies.Purpose{policies.PerformanceEvaluation, policies.Evidence, policies.Coaching, policies.NoPurpose} {
			_, err := w.Open(t.Context(), w.noor, id, purpose)
			wants(t, err, ErrNotFound)
		}
		if n := w.count("audit_entries", "action = 'recording:watch' AND result IN ('started', 'ended') AND from_ms IS NULL AND to_ms IS NULL"); n != 2 {
			t.Fatalf("%d entries of the owner's look", n)
		}
		if n := w.count("audit_entries", "action = 'recording:watch' AND result = 'refused'"); n != 5 {
			t.Fatalf("%d refusals", n)
		}
		views := get(w.Views(t.Context(), w.noor, id))
		if len(views) != 1 || views[0].ActorID != w.noor.ID || views[0].Purpose != policies.SelfReflection {
			t.Fatalf("%+v", views)
		}
		_, err = w.Views(t.Context(), w.sem, id)
		wants(t, err, ErrNotFound)
		report := get(w.Audit.Verify(t.Context()))
		if !report.OK() || report.Entries < 8 {
			t.Fatalf("%+v", report)
		}
	})
}

func TestWithoutTheAuditLogNobodyLooks(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		id := w.upload(w.given(), sample())
		ok(t, w.db.Exec("ALTER TABLE audit_entries RENAME TO audit_gone").Error)
		if p, err := w.Open(t.Context(), w.noor, id, policies.SelfReflection); err == nil {
			t.Fatalf("%v", p)
		}
		if len(w.leases.running()) != 0 {
			t.Fatal("a lease is left")
		}
	})
}

func TestHoldConnectionResetsAStreamThatIsCut(t *testing.T) {
	listener := get(net.Listen("tcp", "127.0.0.1:0"))
	defer listener.Close()
	for _, cut := range []bool{true, false} {
		ended := make(chan error, 1)
		go func() {
			conn, err := listener.Accept()
			if err != nil {
				ended <- err
				return
			}
			restore := HoldConnection(conn)
			_, _ = conn.Read(make([]byte, 1)) // the viewer is there
			if _, err = conn.Write(make([]byte, 1000)); err == nil && !cut {
				restore()
			}
			ended <- errors.Join(err, conn.Close())
		}()
		viewer := get(net.Dial("tcp", listener.Addr().String()))
		get(viewer.Write([]byte("x")))
		ok(t, <-ended)
		_, err := io.ReadAll(viewer)
		if cut == (err == nil) {
			t.Errorf("cut %v: the viewer read with %v", cut, err)
		}
		_ = viewer.Close()
	}
	pipe, other := net.Pipe()
	HoldConnection(pipe)()
	_, _ = pipe.Close(), other.Close()
}
