package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// product is the real binary, with noor signed in.
type product struct {
	command *exec.Cmd
	dir     string
	url     string
	noor    *http.Client
}

func start(ctx context.Context) (*product, error) {
	dir, err := os.MkdirTemp("", "vakspiegel-bench-")
	if err != nil {
		return nil, err
	}
	p := &product{dir: dir, command: exec.CommandContext(ctx, "bin/vakspiegel", "demo", "--addr", "127.0.0.1:0", "--data", dir)}
	out, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.command.Start(); err != nil {
		return nil, fmt.Errorf("%w: run `make build` first", err)
	}
	address := regexp.MustCompile(`http://\S+`)
	lines := bufio.NewScanner(out)
	for p.url == "" && lines.Scan() {
		p.url = address.FindString(lines.Text())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	p.noor = &http.Client{Jar: jar}
	_, err = p.json(ctx, "/api/v1/login", map[string]string{"person": "noor"})
	return p, err
}

func (p *product) stop() error {
	err := p.command.Process.Signal(os.Interrupt)
	return errors.Join(err, p.command.Wait(), os.RemoveAll(p.dir))
}

func (p *product) json(ctx context.Context, path string, body any) (answer map[string]any, err error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url+path, bytes.NewReader(encoded))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := p.noor.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode >= http.StatusBadRequest {
		return nil, fmt.Errorf("%s: %s", path, response.Status)
	}
	if response.StatusCode == http.StatusNoContent {
		return nil, nil
	}
	return answer, json.NewDecoder(response.Body).Decode(&answer)
}

var hiddenRef = regexp.MustCompile(`name="r" value="([^"]+)"`)

// consented opens a conversation and says yes as its citizen.
func (p *product) consented(ctx context.Context) (id string, err error) {
	answer, err := p.json(ctx, "/api/v1/conversations", map[string]any{
		"heldAt": time.Now().UTC().Format(time.RFC3339), "participants": []map[string]string{{"role": "citizen"}},
	})
	if err != nil {
		return "", err
	}
	participant, _ := answer["participants"].([]any)[0].(map[string]any)
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	citizen := &http.Client{Jar: jar}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprint(participant["consentUrl"]), nil)
	if err != nil {
		return "", err
	}
	page, err := citizen.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = page.Body.Close() }()
	html, err := io.ReadAll(page.Body)
	if err != nil {
		return "", err
	}
	form := url.Values{"r": {string(hiddenRef.FindSubmatch(html)[1])}, "keuze": {"ja"}}
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	_, err = fetch(ctx, citizen, http.MethodPost, p.url+"/toestemming", header, strings.NewReader(form.Encode()), http.StatusOK)
	return fmt.Sprint(answer["id"]), err
}

// send uploads the film and gives the recording's id and the rate.
func (p *product) send(ctx context.Context, conversation string, film []byte) (id string, perSecond float64, err error) {
	encode := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	began := time.Now()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url+"/api/v1/uploads", nil)
	if err != nil {
		return "", 0, err
	}
	r.Header = http.Header{
		"Tus-Resumable": {"1.0.0"}, "Upload-Length": {strconv.Itoa(len(film))},
		"Upload-Metadata": {"conversationId " + encode(conversation) + ",filename " + encode("film.mp4") + ",filetype " +
			encode("video/mp4") + ",startedAt " + encode(time.Now().UTC().Format(time.RFC3339))},
	}
	created, err := p.noor.Do(r)
	if err != nil {
		return "", 0, err
	}
	_ = created.Body.Close()
	location := created.Header.Get("Location")
	header := http.Header{"Tus-Resumable": {"1.0.0"}, "Upload-Offset": {"0"}, "Content-Type": {"application/offset+octet-stream"}}
	_, err = fetch(ctx, p.noor, http.MethodPatch, absolute(p.url, location), header, bytes.NewReader(film), http.StatusNoContent)
	return location[strings.LastIndexByte(location, '/')+1:], rate(len(film), began), err
}

func absolute(base, location string) string {
	if strings.HasPrefix(location, "http") {
		return location
	}
	return base + location
}

func (p *product) video(recording string) string {
	return p.url + "/api/v1/recordings/" + recording + "/video"
}

func (p *product) watch(ctx context.Context, recording string) (float64, error) {
	began := time.Now()
	n, err := fetch(ctx, p.noor, http.MethodGet, p.video(recording), nil, nil, http.StatusOK)
	return rate(n, began), err
}

func (p *product) seek(ctx context.Context, recording string) (float64, error) {
	began := time.Now()
	_, err := fetch(ctx, p.noor, http.MethodGet, p.video(recording), middle, nil, http.StatusPartialContent)
	return milliseconds(began), err
}
