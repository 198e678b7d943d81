package media

import (
	"bytes"
	"net/http"
	"testing"
)

func TestTheWayOfOneUploadAndOneWithdrawal(t *testing.T) {
	eachPair(t, func(t *testing.T, w *world) {
		c := w.given()
		film := sample()
		made := w.post(c, len(film))
		if made.StatusCode != http.StatusCreated {
			t.Fatalf("POST: %d %v", made.StatusCode, made.Header)
		}
		at := made.Header.Get("Location")
		sent := w.patch(at, 0, bytes.NewReader(film))
		if sent.StatusCode != http.StatusNoContent {
			t.Fatalf("PATCH: %d %v", sent.StatusCode, sent.Header)
		}
		list, next, err := w.List(t.Context(), w.noor, "", 10)
		ok(t, err)
		if len(list) != 1 || next != "" {
			t.Fatalf("list: %v %q", list, next)
		}
		r := list[0]
		if r.State != Ready || r.DurationMs == nil || *r.DurationMs < 63_000 || *r.DurationMs > 65_000 || r.ContentType != typeMP4 ||
			!r.Can.Watch || !r.Can.Annotate || !r.Can.Erase || r.SizeBytes != int64(len(film)) {
			t.Fatalf("recording: %+v", r)
		}
		got, err := w.watch(w.noor, r.ID, 0, -1)
		ok(t, err)
		if !bytes.Equal(got, film) {
			t.Fatal("what is played is not what was sent")
		}
		if _, err := w.watch(w.sem, r.ID, 0, -1); err == nil {
			t.Fatal("a colleague watched")
		}
		if out := w.withdraw(c); !out.Confirmed {
			t.Fatal("not confirmed")
		}
		_, err = w.watch(w.noor, r.ID, 0, -1)
		wants(t, err, ErrNotFound)
		_, err = w.Get(t.Context(), w.noor, r.ID)
		wants(t, err, ErrNotFound)
		w.erase()
		if left := w.objects("recordings/"); len(left) != 0 {
			t.Fatalf("objects left: %v", left)
		}
		if n := w.count("recordings", "1 = 1") + w.count("segments", "1 = 1") + w.count("uploads", "1 = 1") + w.count("data_keys", "1 = 1") + w.count("conversations", "1 = 1"); n != 0 {
			t.Fatalf("%d rows left", n)
		}
		if n := w.count("erasures", "erased_at IS NOT NULL AND key_destroyed_at IS NOT NULL AND stopped_at IS NOT NULL AND objects = 1 AND bytes > ?", len(film)); n != 1 {
			t.Fatal("the proof is not there")
		}
		if len(w.objects("ledger/")) != 1 {
			t.Fatal("the ledger does not have it")
		}
	})
}
