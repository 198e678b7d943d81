package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
)

// ping is a stream of events without anything: what is put in goes to whoever
// listens, from memory.
type ping struct {
	mu        sync.Mutex
	listeners map[chan string]bool
}

func (p *ping) put(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "not read", http.StatusBadRequest)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for listener := range p.listeners {
		listener <- string(body)
	}
}

func (p *ping) listen(w http.ResponseWriter, r *http.Request) {
	said := make(chan string, 64)
	p.mu.Lock()
	p.listeners[said] = true
	p.mu.Unlock()
	control := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	_, _ = fmt.Fprint(w, "event: alive\ndata: {}\n\n")
	for control.Flush() == nil {
		select {
		case <-r.Context().Done():
			return
		case body := <-said:
			_, _ = fmt.Fprintf(w, "event: film\ndata: %s\n\n", body)
		}
	}
}

// followBare measures as many such streams as there are followers.
func followBare(ctx context.Context) (delays, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	mux := http.NewServeMux()
	for i := range groups {
		p := &ping{listeners: map[chan string]bool{}}
		mux.HandleFunc(fmt.Sprintf("PUT /%d", i), p.put)
		mux.HandleFunc(fmt.Sprintf("GET /%d", i), p.listen)
	}
	server := httptest.NewServer(mux)
	defer server.Close()
	defer stop()
	var all []group
	for i := range groups {
		address := fmt.Sprintf("%s/%d", server.URL, i)
		g := group{client: &http.Client{}, method: http.MethodPut, address: address}
		for range groupSize {
			follower, err := listenTo(ctx, http.DefaultClient, address)
			if err != nil {
				return nil, err
			}
			g.followers = append(g.followers, follower)
		}
		all = append(all, g)
	}
	return measureGroups(ctx, all)
}
