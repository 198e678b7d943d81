package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/media/blob/blobtest"
)

const smallLimit = 16 << 20

func limited(s *Settings) { s.MaxUpload = smallLimit }

// faultsOf are field and code of every fault in an answer.
func faultsOf(t *testing.T, a answer) string {
	t.Helper()
	var problem struct {
		Faults []struct{ Field, Code string }
	}
	must(t, json.Unmarshal(a.body, &problem))
	var list []string
	for _, f := range problem.Faults {
		list = append(list, f.Field+" "+f.Code)
	}
	return strings.Join(list, ", ")
}

func (b *browser) create(length string, meta string) answer {
	b.t.Helper()
	header := map[string]string{"Tus-Resumable": "1.0.0", "Upload-Metadata": meta}
	if length != "" {
		header["Upload-Length"] = length
	}
	return b.send("POST", "/api/v1/uploads", header, nil)
}

func (b *browser) offset(location string) string {
	b.t.Helper()
	a := b.want(200, b.send("HEAD", location, map[string]string{"Tus-Resumable": "1.0.0"}, nil))
	return a.Header.Get("Upload-Offset")
}

func rightNow() string { return time.Now().UTC().Format(time.RFC3339) }

func idOf(location string) string { return location[strings.LastIndexByte(location, '/')+1:] }

func (s *system) count(table string) (n int64) {
	s.t.Helper()
	must(s.t, s.db.Table(table).Count(&n).Error)
	return n
}

// storeHolds is how many objects of recordings the store still has; -1 while
// it cannot say, which is never nothing.
func (s *system) storeHolds() int {
	remains, err := s.store.Remains(context.Background(), "recordings/")
	if err != nil {
		return -1
	}
	return len(remains)
}

func TestABadUploadIsRefusedBeforeAnythingIsStored(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s, _ := launch(t, p, limited)
		noor := s.as("noor")
		c, _ := s.given(noor)
		good := func(more ...string) string {
			pairs := map[string]string{"conversationId": c.ID, "filename": "opname.mp4", "filetype": "video/mp4", "startedAt": rightNow()}
			for i := 0; i < len(more); i += 2 {
				pairs[more[i]] = more[i+1]
			}
			var list []string
			for name, value := range pairs {
				list = append(list, name, value)
			}
			return metadata(list...)
		}
		tomorrow := time.Now().Add(24 * time.Hour).UTC().Format(time.RFC3339)
		for name, test := range map[string]struct {
			length, meta string
			status       int
			code, faults string
		}{
			"everything wrong": {"100", metadata("conversationId", "x", "filename", "a/b.mp4", "filetype", "geen type", "startedAt", "gisteren"), 400, "invalid",
				"conversationId malformed, filename malformed, filetype malformed, startedAt malformed"},
			"no metadata":              {"100", "", 400, "invalid", "conversationId required, filename required, startedAt required"},
			"metadata that is none":    {"100", "conversationId %%%", 400, "invalid", "conversationId required, filename required, startedAt required"},
			"filmed tomorrow":          {"100", good("startedAt", tomorrow), 400, "invalid", "startedAt in_future"},
			"a script as file name":    {"100", good("filename", "</script>\x00.mp4"), 400, "invalid", "filename malformed"},
			"a very long file name":    {"100", good("filename", strings.Repeat("é", 256)), 400, "invalid", "filename too_long"},
			"no length":                {"", good(), 400, "invalid", "uploadLength required"},
			"a length of nothing":      {"0", good(), 400, "invalid", "uploadLength malformed"},
			"a negative length":        {"-1", good(), 400, "invalid", "uploadLength malformed"},
			"a length that is none":    {"1e3", good(), 400, "invalid", "uploadLength malformed"},
			"larger than the limit":    {fmt.Sprint(smallLimit + 1), good(), 413, "too_large", ""},
			"larger than any number":   {"9223372036854775807", good(), 413, "too_large", ""},
			"no such conversation":     {"100", good("conversationId", uuid.NewString()), 404, "not_found", ""},
			"filmed before the yeses":  {"100", good("startedAt", time.Now().Add(-2*time.Hour).UTC().Format(time.RFC3339)), 403, "consent_missing", ""},
			"a conversation of nobody": {"100", good("conversationId", uuid.Nil.String()), 404, "not_found", ""},
		} {
			t.Run(name, func(t *testing.T) {
				a := noor.create(test.length, test.meta)
				noor.wantCode(test.status, test.code, a)
				if test.faults != "" && faultsOf(t, a) != test.faults {
					t.Errorf("faults %q, want %q", faultsOf(t, a), test.faults)
				}
				if a.Header.Get("Location") != "" {
					t.Error("it has an address")
				}
			})
		}
		noor.wantCode(412, "tus_version", noor.send("POST", "/api/v1/uploads", map[string]string{"Upload-Length": "1"}, nil))
		s.as("sem").wantCode(404, "not_found", s.as("sem").create("100", good()))
		for _, table := range []string{"recordings", "uploads", "segments"} {
			if n := s.count(table); n != 0 {
				t.Errorf("%d rows in %s", n, table)
			}
		}
		if s.storeHolds() != 0 {
			t.Error("the store holds something")
		}
		if log := s.log.String(); strings.Contains(log, "opname.mp4") || strings.Contains(log, "</script>") {
			t.Error("the log holds file names")
		}
	})
}

// By its first bytes, never by its name; and then all of it goes.
func TestAFileThatIsNoFilmIsRefusedAndErased(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s, _ := launch(t, p, limited)
		noor := s.as("noor")
		c, _ := s.given(noor)
		avi := append([]byte("RIFF\x00\x10\x00\x00AVI LIST"), make([]byte, 8000)...)
		for name, test := range map[string]struct {
			file []byte
			code string
		}{
			"a text":          {bytes.Repeat([]byte("Geachte mevrouw, "), 600), "not_video"},
			"a web page":      {append([]byte("<!doctype html><script>alert(1)</script>"), make([]byte, 6000)...), "not_video"},
			"a playlist":      {append([]byte("#EXTM3U\nfile:///etc/passwd\n"), make([]byte, 6000)...), "not_video"},
			"an AVI":          {avi, "unplayable"},
			"a picture":       {append([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), make([]byte, 6000)...), "not_video"},
			"a few bytes":     {[]byte("kort"), "not_video"},
			"an empty header": {make([]byte, 9000), "not_video"},
		} {
			t.Run(name, func(t *testing.T) {
				location := noor.want(201, noor.createUpload(c.ID, len(test.file))).Header.Get("Location")
				noor.wantCode(415, test.code, noor.patch(location, 0, bytes.NewReader(test.file)))
				noor.wantCode(404, "not_found", noor.patch(location, 0, bytes.NewReader(test.file)))
				noor.wantCode(404, "not_found", noor.get("/api/v1/recordings/"+idOf(location)))
			})
		}
		noor.until("all of them are erased", func() bool { return s.storeHolds() == 0 && s.count("segments") == 0 && s.count("uploads") == 0 })
		list := decodeAs[struct{ Items []any }](t, noor.want(200, noor.get("/api/v1/recordings")))
		if len(list.Items) != 0 {
			t.Errorf("%d recordings are listed", len(list.Items))
		}
	})
}

func TestLongerShorterAndOtherwiseWrongPieces(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s, _ := launch(t, p, limited)
		noor := s.as("noor")
		c, _ := s.given(noor)
		n := len(sampleFilm)

		location := noor.want(201, noor.createUpload(c.ID, n)).Header.Get("Location")
		id := idOf(location)
		if noor.offset(location) != "0" {
			t.Error("a new upload has bytes")
		}
		head := noor.send("HEAD", location, map[string]string{"Tus-Resumable": "1.0.0"}, nil)
		if head.Header.Get("Upload-Metadata") != "" || head.Header.Get("Upload-Length") != fmt.Sprint(n) || head.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("HEAD answers %v", head.Header)
		}
		send := func(header map[string]string, body []byte) answer {
			all := map[string]string{"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
			for name, value := range header {
				all[name] = value
			}
			return noor.send("PATCH", location, all, bytes.NewReader(body))
		}
		noor.wantCode(415, "unsupported_media_type", send(map[string]string{"Content-Type": "video/mp4"}, sampleFilm))
		noor.wantCode(412, "tus_version", send(map[string]string{"Tus-Resumable": "0.2.1"}, sampleFilm))
		noor.wantCode(400, "invalid", send(map[string]string{"Upload-Offset": "-1"}, sampleFilm))
		noor.wantCode(400, "invalid", send(map[string]string{"Upload-Offset": "x"}, sampleFilm))
		noor.wantCode(409, "wrong_offset", send(map[string]string{"Upload-Offset": "1"}, sampleFilm))
		noor.wantCode(409, "wrong_offset", send(map[string]string{"Upload-Offset": fmt.Sprint(n)}, nil))
		noor.wantCode(400, "too_long", send(nil, append(bytes.Clone(sampleFilm), 0)))
		if noor.offset(location) != "0" {
			t.Errorf("a piece that was refused left %s bytes", noor.offset(location))
		}

		noor.want(204, noor.patch(location, 0, bytes.NewReader(sampleFilm[:n/2])))
		noor.wantCode(409, "wrong_offset", noor.patch(location, 0, bytes.NewReader(sampleFilm[:n/2])))
		short := decodeAs[struct {
			State         string
			ReceivedBytes int
		}](t, noor.want(200, noor.get("/api/v1/recordings/"+id)))
		if short.State != "uploading" || short.ReceivedBytes != n/2 {
			t.Errorf("half a film is %+v", short)
		}
		noor.wantCode(404, "not_found", noor.get("/api/v1/recordings/"+id+"/video"))
		for _, person := range []string{"sem", "ingrid", "omar"} {
			other := s.as(person)
			other.wantCode(404, "not_found", other.patch(location, n/2, bytes.NewReader(sampleFilm[n/2:])))
			other.wantCode(404, "not_found", other.send("DELETE", location, map[string]string{"Tus-Resumable": "1.0.0"}, nil))
			other.want(404, other.send("HEAD", location, map[string]string{"Tus-Resumable": "1.0.0"}, nil))
		}
		if got := noor.offset(location); got != fmt.Sprint(n/2) {
			t.Errorf("others moved the upload to %s", got)
		}
		noor.want(204, noor.send("DELETE", location, map[string]string{"Tus-Resumable": "1.0.0"}, nil))
		noor.wantCode(404, "not_found", noor.patch(location, n/2, bytes.NewReader(sampleFilm[n/2:])))
		noor.until("the half film is erased", func() bool { return s.storeHolds() == 0 && s.count("segments") == 0 && s.count("recordings") == 0 })
		noor.wantCode(405, "method_not_allowed", noor.get(location))
	})
}

// The extension that OPTIONS announces: the first bytes come with the creation.
func TestAnUploadMayBeginWithItsCreation(t *testing.T) {
	s, _ := launch(t, sqlitePair(t), limited)
	noor := s.as("noor")
	c, _ := s.given(noor)
	options := noor.want(204, noor.send("OPTIONS", "/api/v1/uploads", nil, nil))
	if options.Header.Get("Tus-Max-Size") != fmt.Sprint(smallLimit) || !strings.Contains(options.Header.Get("Tus-Extension"), "creation-with-upload") {
		t.Errorf("OPTIONS says %v", options.Header)
	}
	a := noor.want(201, noor.send("POST", "/api/v1/uploads", map[string]string{
		"Tus-Resumable": "1.0.0", "Upload-Length": fmt.Sprint(len(sampleFilm)), "Content-Type": "application/offset+octet-stream",
		"Upload-Metadata": metadata("conversationId", c.ID, "filename", "a.mp4", "startedAt", rightNow()),
	}, bytes.NewReader(sampleFilm[:100_000])))
	location := a.Header.Get("Location")
	if noor.offset(location) != "100000" {
		t.Fatalf("%s bytes arrived", noor.offset(location))
	}
	noor.want(204, noor.patch(location, 100_000, bytes.NewReader(sampleFilm[100_000:])))
	noor.isWhole(idOf(location), sampleFilm)
}

// isWhole waits for a film and holds its bytes against what was sent: it must be
// one of films.
func (b *browser) isWhole(id string, films ...[]byte) {
	b.t.Helper()
	b.until("the film is ready", func() bool {
		return decodeAs[struct{ State string }](b.t, b.want(200, b.get("/api/v1/recordings/"+id))).State == "ready"
	})
	whole := b.want(200, b.get("/api/v1/recordings/"+id+"/video")).body
	if !slices.ContainsFunc(films, func(film []byte) bool { return bytes.Equal(whole, film) }) {
		b.t.Errorf("%d bytes came back, not the %d that were sent", len(whole), len(films[0]))
	}
}

func TestTwoPatchesAtOnceNeverMix(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s, _ := launch(t, p, limited)
		noor := s.as("noor")
		c, _ := s.given(noor)
		location := noor.want(201, noor.createUpload(c.ID, len(sampleFilm))).Header.Get("Location")
		other := bytes.Clone(sampleFilm)
		for i := 4096; i < len(other); i++ {
			other[i] ^= 0xff
		}
		answers := make([]answer, 4)
		var group sync.WaitGroup
		for i := range answers {
			film := [][]byte{sampleFilm, other}[i%2]
			group.Go(func() { answers[i] = noor.patch(location, 0, bytes.NewReader(film)) })
		}
		group.Wait()
		won := -1
		for i, a := range answers {
			switch {
			case a.StatusCode == 204 && won < 0:
				won = i
			case a.StatusCode == 204:
				t.Error("two of them say that they were stored")
			case a.StatusCode != 409 && a.StatusCode != 423 && a.StatusCode != 404:
				t.Errorf("the loser is told %d %s", a.StatusCode, a.body)
			}
		}
		if won >= 0 {
			noor.isWhole(idOf(location), [][]byte{sampleFilm, other}[won%2])
			return
		}
		// Each was interrupted by the next, and the first part of one was kept.
		kept, err := strconv.Atoi(noor.offset(location))
		must(t, err)
		noor.want(204, noor.patch(location, kept, bytes.NewReader(sampleFilm[kept:])))
		noor.isWhole(idOf(location), sampleFilm, slices.Concat(other[:kept], sampleFilm[kept:]))
	})
}

// The citizen's no reaches a film that is still on its way.
func TestAWithdrawalDuringAnUploadStopsIt(t *testing.T) {
	t.Parallel()
	eachPair(t, func(t *testing.T, p pair) {
		s, _ := launch(t, p, nil)
		noor := s.as("noor")
		c, citizen := s.given(noor)
		location := noor.want(201, noor.createUpload(c.ID, len(film12))).Header.Get("Location")
		reader, writer := io.Pipe()
		r, err := http.NewRequestWithContext(t.Context(), "PATCH", noor.base+location, reader)
		must(t, err)
		r.Header = http.Header{"Tus-Resumable": {"1.0.0"}, "Upload-Offset": {"0"}, "Content-Type": {"application/offset+octet-stream"}}
		r.ContentLength = int64(len(film12))
		ended := make(chan int, 1)
		go func() {
			response, err := noor.Do(r)
			if err != nil {
				ended <- 0 // the connection was cut
				return
			}
			_ = response.Body.Close()
			ended <- response.StatusCode
		}()
		_, err = writer.Write(film12[:10<<20]) // one whole segment and a part of the next
		must(t, err)
		noor.until("a segment is stored", func() bool { return s.storeHolds() == 1 })
		citizen.want(303, citizen.withdraw(c.Participants[0].ConsentURL))
		go func() {
			_, _ = writer.Write(film12[10<<20:])
			_ = writer.Close()
		}()
		if status := <-ended; status != 0 && status != 404 {
			t.Errorf("the running PATCH ended with %d", status)
		}
		_ = reader.Close()
		noor.wantCode(404, "not_found", noor.patch(location, 8<<20, bytes.NewReader(film12[8<<20:])))
		noor.want(404, noor.send("HEAD", location, map[string]string{"Tus-Resumable": "1.0.0"}, nil))
		noor.until("nothing of it is left", func() bool {
			return s.storeHolds() == 0 && s.count("segments") == 0 && s.count("uploads") == 0 && s.count("recordings") == 0
		})
	})
}

func TestAStoreThatGoesAndComesBackLosesNothing(t *testing.T) {
	t.Parallel()
	server := blobtest.StartServer(t)
	s, _ := launch(t, pair{"sqlite and a MinIO of its own", databasetest.Migrated(t, "sqlite"), server.URL(), server.Cred}, nil)
	noor := s.as("noor")
	c, _ := s.given(noor)
	location := noor.want(201, noor.createUpload(c.ID, len(film12))).Header.Get("Location")
	const first = 9 << 20
	noor.want(204, noor.patch(location, 0, bytes.NewReader(film12[:first])))
	server.Stop()
	a := noor.patch(location, first, bytes.NewReader(film12[first:]))
	noor.wantCode(503, "unavailable", a)
	if a.Header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	noor.wantCode(503, "unavailable", noor.get("/api/v1/health/ready"))
	if got := noor.offset(location); got != fmt.Sprint(first) {
		t.Errorf("%s bytes are acknowledged, %d were", got, first)
	}
	server.Start(t)
	noor.want(204, noor.patch(location, first, bytes.NewReader(film12[first:])))
	noor.isWhole(idOf(location), film12)
	noor.want(200, noor.get("/api/v1/health/ready"))

	server.Stop()
	video := noor.get("/api/v1/recordings/" + idOf(location) + "/video")
	noor.wantCode(503, "unavailable", video)
	if video.Header.Get("Content-Range") != "" || strings.HasPrefix(video.Header.Get("Content-Type"), "video") {
		t.Errorf("a film that cannot be read begins: %v", video.Header)
	}
	server.Start(t)
	noor.isWhole(idOf(location), film12)
}
