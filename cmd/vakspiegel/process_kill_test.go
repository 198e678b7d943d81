package main

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/http/httptrace"
	"strconv"
	"sync"
	"testing"
	"time"
)

// P5 (trust.md): a server is killed in the middle of an upload, again and again;
// the client asks what arrived and goes on.
func TestP5AKilledServerLosesNoAcknowledgedByte(t *testing.T) {
	t.Parallel()
	i := installed(t, "noor")
	p := i.serve()
	noor := p.as("noor")
	x := p.agreed(noor)
	film := filmNumber(3)
	location := noor.want(201, noor.createUpload(x.id, len(film))).Header.Get("Location")
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	acknowledged := 0
	for round, stage := range []struct {
		name    string
		share   float64 // of the piece that is sent before the kill
		reached func() bool
	}{
		{"it reads", 0.9, func() bool { return i.rows("upload_locks", "upload_id = ?", idOf(location)) > 0 }},
		{"it has read all", 1, nil},
		{"the segment is registered", 1, nil},
		{"the segment counts", 1, nil},
		{"it has read all", 1, nil},
		{"it reads", 0.9, nil},
	} {
		// A piece that is acknowledged, and one that the kill comes into.
		acknowledged = noor.piece(location, film, acknowledged, acknowledged+1+random.IntN(100<<10))
		until := acknowledged + 1<<20 + random.IntN(500<<10)
		sent := acknowledged + int(stage.share*float64(until-acknowledged))
		body, sending := io.Pipe()
		var client sync.WaitGroup
		client.Go(func() {
			response, err := noor.Do(patchOf(t, noor, location, acknowledged, until, body))
			if err == nil {
				_ = response.Body.Close()
			}
			_ = body.CloseWithError(io.ErrUnexpectedEOF)
		})
		_, _ = sending.Write(film[acknowledged:sent])
		switch stage.name {
		case "the segment is registered": // it is pending for a moment only
			stage.reached = func() bool {
				return i.rows("segments", "recording_id = ? AND start_byte >= ?", idOf(location), acknowledged) > 0
			}
		case "the segment counts":
			stage.reached = func() bool {
				return i.rows("uploads", "recording_id = ? AND received > ?", idOf(location), acknowledged) > 0
			}
		}
		if stage.reached != nil {
			eventually(t, 10*time.Second, stage.name, stage.reached)
		}
		p.kill()
		_ = sending.Close()
		client.Wait()

		if round > 0 {
			i.passTime() // the first time it really waits for the lock to run out
		}
		p = i.serve()
		noor = noor.at(p)
		kept := noor.arrived(location)
		if kept < acknowledged || kept > sent || stage.name == "the segment counts" && kept != until {
			t.Fatalf("killed when %s: %d bytes are kept; %d were acknowledged, %d were sent", stage.name, kept, acknowledged, sent)
		}
		t.Logf("killed when %s: %d acknowledged, %d sent, %d kept", stage.name, acknowledged, sent, kept)
		acknowledged = kept
	}
	noor.piece(location, film, acknowledged, len(film))
	noor.isWhole(idOf(location), film)
}

// rows counts what the database has.
func (i *installation) rows(table, condition string, values ...any) (n int64) {
	i.t.Helper()
	must(i.t, i.db.Table(table).Where(condition, values...).Count(&n).Error)
	return n
}

// piece sends film[from:to] and returns the offset that the server acknowledges.
func (b *browser) piece(location string, film []byte, from, to int) int {
	b.t.Helper()
	a := b.want(204, b.patch(pathOf(location), from, bytes.NewReader(film[from:to])))
	if offset := a.Header.Get("Upload-Offset"); offset != itoa(to) {
		b.t.Fatalf("sent up to %d, acknowledged is %s", to, offset)
	}
	return to
}

// arrived is how much of an upload is kept.
func (b *browser) arrived(location string) int {
	b.t.Helper()
	offset, err := strconv.Atoi(b.offset(pathOf(location)))
	must(b.t, err)
	return offset
}

// P5: a server is killed at every stage of a withdrawal. It never happened, or
// it is completed; what was confirmed is never seen again.
func TestP5AKilledServerBringsNothingBack(t *testing.T) {
	t.Parallel()
	i := installed(t, "noor")
	p := i.serve()
	noor := p.as("noor")
	never, completed := 0, 0
	for _, stage := range []struct {
		name      string
		condition string // on the erasure, which says that it has come so far; "" kills at once
	}{
		{"it is sent", ""},
		{"it is committed", "requested_at IS NOT NULL"},
		{"the ledger has it", "NOT EXISTS (SELECT 1 FROM ledger_owed WHERE ledger_owed.id = erasures.id)"},
		{"its key is destroyed", "key_destroyed_at IS NOT NULL"},
		{"it is confirmed", "stopped_at IS NOT NULL"},
		{"all is erased", "erased_at IS NOT NULL"},
	} {
		x := p.agreed(noor)
		recording := noor.upload(x.id, sampleFilm)
		w := &withdrawal{agreed: x, recording: recording}
		w.prepare(t, p)
		var client sync.WaitGroup
		sent := make(chan struct{})
		tell := sync.OnceFunc(func() { close(sent) })
		trace := &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { tell() }}
		w.request = w.request.WithContext(httptrace.WithClientTrace(w.request.Context(), trace))
		client.Go(func() { w.send(); tell() })
		<-sent
		if stage.condition != "" {
			eventually(t, 20*time.Second, stage.name, func() bool {
				return i.rows("erasures", "conversation_id = ? AND "+stage.condition, x.id) == 1
			})
		}
		p.kill()
		client.Wait()
		i.passTime()
		p = i.serve()
		noor, x.owner = noor.at(p), noor.at(p)

		known := i.rows("erasures", "conversation_id = ?", x.id)
		switch {
		case known == 0 && (w.status == 303 || stage.condition != ""):
			t.Fatalf("%s: confirmed with %d and forgotten", stage.name, w.status)
		case known == 0:
			never++
			noor.isWhole(recording, sampleFilm)
			again := x.citizen.at(p)
			again.want(303, again.withdraw(x.link))
		default:
			completed++
		}
		x.gone(t, recording, p)
		x.erased(t, i, recording, p)
		x.gone(t, recording, p)
		t.Logf("killed when %s: the citizen's answer was %d, %d erasures known after the restart", stage.name, w.status, known)
	}
	t.Logf("%d withdrawals never happened and were done again, %d were completed", never, completed)
	i.tidy()
	eventually(t, 10*time.Second, "no closing is owed to the ledger", func() bool { return i.rows("ledger_owed", "1 = 1") == 0 })
	closings := int64(0)
	for _, err := range i.store.List(t.Context(), "ledger/") {
		must(t, err)
		closings++
	}
	if erasures := i.rows("erasures", "1 = 1"); closings != erasures || erasures == 0 {
		t.Errorf("the ledger has %d closings of %d", closings, erasures)
	}
}
