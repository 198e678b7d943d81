package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

// filmSize is longer than what sockets, slow as they are read here, take before
// a test is over.
const filmSize = 12 << 20

// filmNumber is the sample with a box of noise behind it (ISO/IEC 14496-12,
// 8.1.2), different for every number, so that no film can stand in for another.
func filmNumber(n int) []byte {
	film := make([]byte, filmSize)
	rest := film[copy(film, sampleFilm):]
	_, _ = rand.NewChaCha8([32]byte{byte(n)}).Read(rest)
	binary.BigEndian.PutUint32(rest, uint32(len(rest)))
	copy(rest[4:], "free")
	return film
}

// pace is how long a stream waits between two reads of 4 KiB.
type pace time.Duration

const (
	slow    = pace(8 * time.Millisecond) // 0.5 MB/s
	stalled = pace(0)                    // reads its first piece and then nothing
)

// stream looks at a film over raw TCP with a small receive buffer, and compares
// each byte.
type stream struct {
	conn     net.Conn
	film     []byte
	granted  int // receive buffer in bytes, as the kernel granted it
	arrived  atomic.Int64
	released chan struct{}
	release  func() // from now on it reads as fast as it can
	ended    chan struct{}
	got      int // bytes of the film, once ended
	err      error
}

const receiveBuffer = 32 << 10

// stream begins to look; it has had its first bytes.
func (b *browser) stream(path string, film []byte, at pace) *stream {
	b.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), "GET", b.base+path, nil)
	must(b.t, err)
	for _, cookie := range b.Jar.Cookies(r.URL) {
		r.AddCookie(cookie)
	}
	s := &stream{film: film, released: make(chan struct{}), ended: make(chan struct{})}
	s.release = sync.OnceFunc(func() { close(s.released) })
	small := net.Dialer{Control: func(_, _ string, c syscall.RawConn) (err error) {
		return errors.Join(c.Control(func(fd uintptr) {
			err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, receiveBuffer)
			s.granted, _ = syscall.GetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF)
		}), err)
	}}
	s.conn, err = small.DialContext(b.t.Context(), "tcp", r.URL.Host)
	must(b.t, err)
	b.t.Cleanup(func() { _ = s.conn.Close() })
	must(b.t, r.Write(s.conn))
	first := make(chan struct{})
	go func() {
		defer close(s.ended)
		s.err = s.read(r, at, sync.OnceFunc(func() { close(first) }))
	}()
	select {
	case <-first:
	case <-s.ended:
		b.t.Fatalf("no stream: %v", s.err)
	}
	return s
}

func (s *stream) Read(p []byte) (int, error) {
	n, err := s.conn.Read(p)
	s.arrived.Add(int64(n))
	return n, err
}

func (s *stream) read(r *http.Request, at pace, begun func()) error {
	response, err := http.ReadResponse(bufio.NewReaderSize(s, 4<<10), r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != 200 {
		return fmt.Errorf("status %d", response.StatusCode)
	}
	var tick <-chan time.Time
	if at != stalled {
		ticker := time.NewTicker(time.Duration(at))
		defer ticker.Stop()
		tick = ticker.C
	}
	piece := make([]byte, 4<<10)
	for {
		n, err := response.Body.Read(piece)
		if s.got+n > len(s.film) || !bytes.Equal(piece[:n], s.film[s.got:s.got+n]) {
			return fmt.Errorf("other bytes than the film's after %d", s.got)
		}
		s.got += n
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		begun()
		select {
		case <-s.released:
		case <-tick:
		}
	}
}

// wait waits for the end of the stream.
func (s *stream) wait(t *testing.T, patience time.Duration) {
	t.Helper()
	select {
	case <-s.ended:
	case <-time.After(patience):
		t.Fatalf("a stream still runs after %v: %d bytes", patience, s.arrived.Load())
	}
}

// whole says that an ended stream played to its end, byte for byte.
func (s *stream) whole() bool { return s.err == nil && s.got == len(s.film) }

// played checks that streams play to their end.
func played(t *testing.T, streams []*stream) {
	t.Helper()
	for _, s := range streams {
		s.release()
	}
	for _, s := range streams {
		if s.wait(t, 20*time.Second); !s.whole() {
			t.Errorf("a film that nobody withdrew broke off after %d bytes: %v", s.got, s.err)
		}
	}
}

// bound is what may arrive after a confirmation, in bytes: 128 KiB under way for
// each viewer (trust.md P1), and what this viewer's own kernel holds.
func (s *stream) bound() int64 { return 128<<10 + int64(s.granted) }

// withdrawal is one citizen's, sent to one process.
type withdrawal struct {
	agreed
	recording string
	streams   []*stream
	request   *http.Request

	took   time.Duration
	status int
	err    error
	before []int64 // what had arrived at each stream when the confirmation came
}

// prepare fills the form in.
func (w *withdrawal) prepare(t *testing.T, p *process) {
	t.Helper()
	citizen := w.citizen.at(p)
	ref, _ := citizen.visit(w.link)
	form := url.Values{"r": {ref}, "keuze": {"wis"}, "bevestig": {"ja"}}
	r, err := http.NewRequestWithContext(context.Background(), "POST", p.url+"/toestemming", strings.NewReader(form.Encode()))
	must(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w.request = r
}

// send posts it and notes what had come of the film when the answer was there.
// From then on the viewers take all that they can get.
func (w *withdrawal) send() {
	began := time.Now()
	response, err := w.citizen.Do(w.request)
	for _, s := range w.streams {
		w.before = append(w.before, s.arrived.Load())
		s.release()
	}
	w.took, w.err = time.Since(began), err
	if err == nil {
		w.status = response.StatusCode
		_ = response.Body.Close()
	}
}

// confirmed checks the answer of a withdrawal and its page.
func (w *withdrawal) confirmed(t *testing.T, p *process) {
	t.Helper()
	if w.err != nil || w.status != 303 {
		t.Fatalf("the withdrawal: %d %v", w.status, w.err)
	}
	citizen := w.citizen.at(p)
	if page := citizen.want(200, citizen.get("/toestemming")); w.recording != "" && !bytes.Contains(page.body, []byte("Gestopt")) {
		t.Errorf("the page does not say that it has stopped: %.500s", page.body)
	}
}

// silent checks how much of a withdrawn film still came; it returns the most.
func (w *withdrawal) silent(t *testing.T, more int64) (most int64) {
	t.Helper()
	for n, s := range w.streams {
		s.wait(t, 5*time.Second)
		late := s.arrived.Load() - w.before[n]
		most = max(most, late)
		if late > s.bound()+more {
			t.Errorf("%d bytes arrived after the confirmation, %d may", late, s.bound()+more)
		}
		if s.whole() {
			t.Error("a withdrawn film played to its end")
		}
	}
	return most
}

// stage is what P1 and P2 are tried on: three servers on one database, one store
// and one key file, with films that run on all of them.
type stage struct {
	*installation
	servers []*process
	random  *rand.Rand
	films   []*withdrawal // in random order; each runs nine times
	bare    []*withdrawal // conversations without a film: more withdrawals for P2
}

func (s *stage) anywhere() *process { return s.servers[s.random.IntN(len(s.servers))] }

func set(t *testing.T) *stage {
	t.Helper()
	people := []string{"noor", "sem", "daan"}
	s := &stage{installation: installed(t, people...)}
	for range 3 {
		s.servers = append(s.servers, s.serve())
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	s.random = rand.New(rand.NewPCG(seed, 0))
	for n := range 6 {
		p := s.anywhere()
		owner := p.as(people[n%len(people)])
		w := &withdrawal{agreed: p.agreed(owner)}
		film := filmNumber(n)
		w.recording = owner.upload(w.id, film)
		for _, p := range s.servers {
			for _, at := range []pace{slow, slow, stalled} {
				w.streams = append(w.streams, owner.at(p).stream(videoOf(w.recording), film, at))
			}
		}
		s.films = append(s.films, w)
		for range 3 {
			s.bare = append(s.bare, &withdrawal{agreed: p.agreed(owner)})
		}
	}
	s.random.Shuffle(len(s.films), func(a, b int) { s.films[a], s.films[b] = s.films[b], s.films[a] })
	return s
}

// P1 and P2 (trust.md): withdrawals come in at any server.
func TestP1AfterTheConfirmationNothingComesFromAnyServer(t *testing.T) {
	t.Parallel()
	s := set(t)
	together, last, kept := s.films[:3], s.films[3], s.films[4:]
	most := s.withdraw(t, slices.Concat(together, s.bare))
	played(t, kept[0].streams)
	waking := s.withdrawWhileFrozen(t, last, kept[1])

	var times []time.Duration
	for _, w := range slices.Concat(together, s.bare, []*withdrawal{last}) {
		times = append(times, w.took)
		// P2 names 2 s; on a machine that runs other tests beside it, half a
		// second more.
		if w.took > 2500*time.Millisecond {
			t.Errorf("a confirmation took %v", w.took)
		}
	}
	slices.Sort(times)
	t.Logf("%d withdrawals confirmed: median %v, longest %v; bytes after the confirmation: %d at most (%d may), %d from a server that was frozen",
		len(times), times[len(times)/2], times[len(times)-1], most, last.streams[0].bound(), waking)
}

// withdraw sends withdrawals all at once, to any server.
func (s *stage) withdraw(t *testing.T, all []*withdrawal) (most int64) {
	t.Helper()
	for _, w := range all {
		w.prepare(t, s.anywhere())
	}
	var group sync.WaitGroup
	for _, w := range all {
		group.Go(w.send)
	}
	group.Wait()
	for _, w := range all {
		w.confirmed(t, s.anywhere())
		if w.recording != "" {
			w.gone(t, w.recording, s.servers...)
			most = max(most, w.silent(t, 0))
		}
	}
	return most
}

// withdrawWhileFrozen withdraws one while one server sleeps: what that hands out
// when it wakes is counted apart (P1).
func (s *stage) withdrawWhileFrozen(t *testing.T, w, other *withdrawal) (waking int64) {
	t.Helper()
	frozen := s.servers[2]
	w.prepare(t, s.servers[0])
	frozen.signal(syscall.SIGSTOP)
	w.send()
	w.confirmed(t, s.servers[1])
	w.gone(t, w.recording, s.servers[:2]...)
	frozen.signal(syscall.SIGCONT)
	w.gone(t, w.recording, s.servers...)
	// A write that was under way when it froze may end: at most one of 128 KiB.
	waking = w.silent(t, 128<<10)

	// The leases of what else ran on the frozen server ran out; a player asks again.
	played(t, other.streams[:6])
	for _, stream := range other.streams[6:] {
		stream.release()
		stream.wait(t, 20*time.Second)
	}
	again := other.owner.at(frozen).stream(videoOf(other.recording), other.streams[0].film, slow)
	played(t, []*stream{again})
	return waking
}
