package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"vakspiegel/cmd/database"
	"vakspiegel/policies"
)

func TestRangesOfTheFilm(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s, _ := launch(t, p, nil)
		noor := s.as("noor")
		c, _ := s.given(noor)
		video := "/api/v1/recordings/" + noor.upload(c.ID, film12) + "/video"
		n := len(film12)
		for header, want := range map[string]struct{ status, from, to int }{
			"bytes=0-0":                              {206, 0, 1},
			"bytes=0-":                               {206, 0, n},
			"bytes=65535-65536":                      {206, 65535, 65537},     // over a package of the envelope
			"bytes=8388600-8388700":                  {206, 8388600, 8388701}, // over a segment
			fmt.Sprintf("bytes=%d-", n-1):            {206, n - 1, n},
			"bytes=-1":                               {206, n - 1, n},
			fmt.Sprintf("bytes=-%d", n+1000):         {206, 0, n},
			fmt.Sprintf("bytes=%d-%d", n-10, n+1000): {206, n - 10, n},
			"bytes=5-99999999999999999999999":        {206, 5, n},
			"BYTES=1-2":                              {206, 1, 3},
			"bytes= 1-2":                             {206, 1, 3},
			"bytes=,1-2,":                            {206, 1, 3},
			"":                                       {200, 0, n},
			"bytes=2-1":                              {200, 0, n},
			"bytes=x-1":                              {200, 0, n},
			"bytes=1--2":                             {200, 0, n},
			"bytes=+1-2":                             {200, 0, n},
			"bytes":                                  {200, 0, n},
			"frames=1-2":                             {200, 0, n},
			fmt.Sprintf("bytes=%d-", n):              {416, 0, 0},
			"bytes=-0":                               {416, 0, 0},
			"bytes=99999999999999999999999-":         {416, 0, 0},
			"bytes=0-0,2-2":                          {416, 0, 0},
			"bytes=" + strings.Repeat("0-0,", 5000) + "1-1": {416, 0, 0},
		} {
			t.Run(fmt.Sprintf("%.40s", header), func(t *testing.T) {
				for _, method := range []string{"GET", "HEAD"} {
					sent := map[string]string{}
					if header != "" {
						sent["Range"] = header
					}
					a := noor.send(method, video, sent, nil)
					if a.StatusCode != want.status {
						t.Fatalf("%s: %d", method, a.StatusCode)
					}
					for _, name := range []string{"ETag", "Last-Modified", "Expires"} {
						if a.Header.Get(name) != "" {
							t.Errorf("%s: %s", name, a.Header.Get(name))
						}
					}
					if a.Header.Get("Cache-Control") != "no-store" {
						t.Errorf("Cache-Control %q", a.Header.Get("Cache-Control"))
					}
					contentRange := a.Header.Get("Content-Range")
					switch want.status {
					case 416:
						if contentRange != fmt.Sprintf("bytes */%d", n) {
							t.Errorf("Content-Range %q", contentRange)
						}
						if method == "GET" {
							noor.wantCode(416, "range_not_satisfiable", a)
						}
						continue
					case 206:
						if contentRange != fmt.Sprintf("bytes %d-%d/%d", want.from, want.to-1, n) {
							t.Errorf("Content-Range %q", contentRange)
						}
					case 200:
						if contentRange != "" {
							t.Errorf("Content-Range %q", contentRange)
						}
					}
					if a.Header.Get("Content-Length") != fmt.Sprint(want.to-want.from) || a.Header.Get("Content-Type") != "video/mp4" || a.Header.Get("Accept-Ranges") != "bytes" {
						t.Errorf("%s: %v", method, a.Header)
					}
					if method == "GET" && !bytes.Equal(a.body, film12[want.from:want.to]) {
						t.Errorf("%d bytes, not that part", len(a.body))
					}
				}
			})
		}
		for name, value := range map[string]string{"If-None-Match": "*", "If-Modified-Since": time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)} {
			noor.want(200, noor.send("GET", video, map[string]string{name: value}, nil)) // never 304: nothing may stay in a cache
		}
		for _, known := range []string{`"a-tag"`, time.Now().UTC().Format(http.TimeFormat)} {
			noor.want(200, noor.send("GET", video, map[string]string{"Range": "bytes=0-9", "If-Range": known}, nil)) // a piece of what they have not
		}
	})
}

// A film goes to a player on our own pages and to nothing else.
func TestTheFilmGoesToAPlayerOnly(t *testing.T) {
	t.Parallel()
	s := start(t, sqlitePair(t))
	noor := s.as("noor")
	c, _ := s.given(noor)
	video := "/api/v1/recordings/" + noor.upload(c.ID, sampleFilm) + "/video"
	for _, dest := range []string{"video", "audio", "empty"} {
		noor.want(200, noor.send("GET", video, map[string]string{"Sec-Fetch-Dest": dest, "Sec-Fetch-Site": "same-origin"}, nil))
	}
	for _, header := range []map[string]string{
		{"Sec-Fetch-Dest": "document"}, {"Sec-Fetch-Dest": "iframe"}, {"Sec-Fetch-Dest": "embed"}, {"Sec-Fetch-Dest": "object"},
		{"Sec-Fetch-Dest": "image"}, {"Sec-Fetch-Dest": "serviceworker"}, {"Sec-Fetch-Dest": "script"},
		{"Sec-Fetch-Dest": "video", "Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Dest": "video", "Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
	} {
		noor.wantCode(404, "not_found", noor.send("GET", video, header, nil))
	}
}

// viewer reads a film slowly, over a socket whose buffers hold little, and
// counts what still arrives.
type viewer struct {
	t    *testing.T
	conn net.Conn

	mu      sync.Mutex
	arrived int64
	ended   chan error
}

// watching opens a running stream; it has had its first bytes.
func (b *browser) watching(video string) *viewer {
	b.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), "GET", b.base+video, nil)
	must(b.t, err)
	for _, cookie := range b.Jar.Cookies(r.URL) {
		r.AddCookie(cookie)
	}
	conn, err := (&net.Dialer{}).DialContext(b.t.Context(), "tcp", r.URL.Host)
	must(b.t, err)
	must(b.t, conn.(*net.TCPConn).SetReadBuffer(64<<10))
	b.t.Cleanup(func() { _ = conn.Close() })
	must(b.t, r.Write(conn))
	v := &viewer{t: b.t, conn: conn, ended: make(chan error, 1)}
	first := make(chan struct{})
	go func() {
		buffer := make([]byte, 8<<10)
		once := sync.OnceFunc(func() { close(first) })
		pace := time.NewTicker(2 * time.Millisecond) // 4 MB/s: the film runs 3 s
		defer pace.Stop()
		for ; ; <-pace.C {
			n, err := conn.Read(buffer)
			v.mu.Lock()
			v.arrived += int64(n)
			v.mu.Unlock()
			once()
			if err != nil {
				v.ended <- err
				return
			}
		}
	}()
	<-first
	return v
}

func (v *viewer) bytes() int64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.arrived
}

// cut waits until the stream was broken off, not played to its end.
func (v *viewer) cut(patience time.Duration) {
	v.t.Helper()
	select {
	case err := <-v.ended:
		if v.bytes() >= int64(len(film12)) {
			v.t.Errorf("the film played to its end (%v)", err)
		}
	case <-time.After(patience):
		v.t.Errorf("the stream still runs after %v", patience)
	}
}

// scene is noor with a film that someone consented to.
type scene struct {
	*system
	noor, citizen *browser
	link, id      string
}

func (s *system) scene() scene {
	noor := s.as("noor")
	c, citizen := s.given(noor)
	return scene{s, noor, citizen, c.Participants[0].ConsentURL, noor.upload(c.ID, film12)}
}

func (x scene) video() string { return "/api/v1/recordings/" + x.id + "/video" }

// loseDatabase takes the database away from a running program, until the test is
// over and the tables are looked at.
func (s *system) loseDatabase() {
	s.t.Helper()
	if s.pair.name != database.Postgres {
		must(s.t, database.Close(s.db))
		return
	}
	at, err := url.Parse(s.pair.dsn)
	must(s.t, err)
	name := strings.TrimPrefix(at.Path, "/")
	at.Path = "/postgres"
	admin, err := database.Open(context.Background(), at.String())
	must(s.t, err)
	s.t.Cleanup(func() {
		must(s.t, admin.Exec("ALTER DATABASE "+name+" ALLOW_CONNECTIONS true").Error)
		must(s.t, database.Close(admin))
	})
	must(s.t, admin.Exec("ALTER DATABASE "+name+" ALLOW_CONNECTIONS false").Error)
	must(s.t, admin.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?", name).Error)
}

// What ends the right to look ends the running stream within 2 s.
func TestARunningStreamIsCut(t *testing.T) {
	t.Parallel()
	noor := policies.Person{ID: policies.DemoID("noor"), Login: "noor", Name: "Noor", Teams: []string{"Centrum"}}
	for name, cut := range map[string]func(t *testing.T, x scene){
		"by a withdrawal": func(_ *testing.T, x scene) { x.citizen.want(303, x.citizen.withdraw(x.link)) },
		"by its owner's erasing": func(_ *testing.T, x scene) {
			x.noor.want(202, x.noor.send("DELETE", "/api/v1/recordings/"+x.id, nil, nil))
		},
		"by disabling the viewer": func(t *testing.T, x scene) {
			must(t, x.people.Disable(t.Context(), noor.ID, time.Now()))
			x.noor.wantCode(401, "unauthorized", x.noor.get(x.video()))
		},
		"by taking the role away": func(t *testing.T, x scene) {
			must(t, x.people.Save(t.Context(), nil, noor))
			x.noor.wantCode(404, "not_found", x.noor.get(x.video()))
			x.noor.wantCode(403, "forbidden", x.noor.call(endpoint{"POST", "/api/v1/conversations"}, ""))
		},
		"by signing out": func(_ *testing.T, x scene) {
			x.noor.want(204, x.noor.send("POST", "/api/v1/logout", nil, nil))
		},
		"by handing the screen over": func(_ *testing.T, x scene) {
			other := x.noor.ask("citizen")
			x.noor.want(204, x.noor.send("POST", "/api/v1/conversations/"+other.ID+"/participants/"+other.Participants[0].ID+"/screen", nil, nil))
		},
		"by the database going away": func(_ *testing.T, x scene) { x.loseDatabase() },
	} {
		t.Run(name, func(t *testing.T) {
			eachPair(t, func(t *testing.T, p pair) {
				s, _ := launch(t, p, nil)
				x := s.scene()
				v := x.noor.watching(x.video())
				began := time.Now()
				cut(t, x)
				v.cut(2*time.Second - min(time.Since(began), 1500*time.Millisecond))
			})
		})
	}
}
