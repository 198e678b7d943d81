package media

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
)

// On a real connection: it breaks in the middle, and a half-dead one (no reset,
// no end) is pushed aside by the client's next question.
func TestARealConnectionThatBreaksGoesOnWhereItWas(t *testing.T) {
	eachDB(t, func(t *testing.T, w *world) {
		server := httptest.NewServer(http.StripPrefix("/api/v1/uploads", w.tus))
		defer server.Close()
		film := sample()
		at := w.create(w.given(), len(film))
		client := &http.Client{Timeout: time.Minute}
		ask := func(method string, offset int, body io.Reader) *http.Response {
			r := get(http.NewRequestWithContext(t.Context(), method, server.URL+at, body))
			for name, value := range map[string]string{
				"Test-Person": "noor", "Tus-Resumable": "1.0.0", "Upload-Offset": strconv.Itoa(offset),
				"Content-Type": "application/offset+octet-stream",
			} {
				r.Header.Set(name, value)
			}
			response := get(client.Do(r))
			_ = response.Body.Close()
			return response
		}
		offset := func() int { return get(strconv.Atoi(ask("HEAD", 0, nil).Header.Get("Upload-Offset"))) }
		for i, gone := range []bool{true, false} {
			conn := get(net.Dial("tcp", server.Listener.Addr().String()))
			from := offset()
			get(fmt.Fprintf(conn, "PATCH %s HTTP/1.1\r\nHost: x\r\nTest-Person: noor\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: %d\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: %d\r\n\r\n",
				at, from, len(film)-from))
			get(conn.Write(film[from : from+200_000]))
			if gone {
				ok(t, conn.Close())
			} else {
				defer conn.Close()
			}
			// A question waits until the one before has kept what came, or got
			// nothing yet: then it is asked again.
			asked := time.NewTicker(20 * time.Millisecond)
			for tries := 0; offset() == from; tries++ {
				<-asked.C
				if tries > 500 {
					t.Fatalf("break %d: nothing was kept", i)
				}
			}
			asked.Stop()
		}
		from := offset()
		if r := ask("PATCH", from, bytes.NewReader(film[from:])); r.StatusCode != http.StatusNoContent {
			t.Fatalf("%d %v", r.StatusCode, r.Header)
		}
		id := uuid.MustParse(at[len(at)-36:])
		got, err := w.watch(w.noor, id, 0, -1)
		ok(t, err)
		if !bytes.Equal(got, film) {
			t.Fatal("the film is another")
		}
	})
}
