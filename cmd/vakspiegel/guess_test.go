package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vakspiegel/consent"
)

// from is a browser at another address of this machine's loopback network.
func (s *system) from(address string) *browser {
	s.t.Helper()
	b := s.browser()
	around := b.Transport.(watched)
	wire := around.RoundTripper.(*checked)
	wire.DialContext = (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(address)}}).DialContext
	return b
}

// guesses are codes that could be right: the check digit is.
func guesses(t *testing.T, n int) []string {
	t.Helper()
	found := make([]string, 0, n)
	for len(found) < n {
		number, err := rand.Int(rand.Reader, big.NewInt(1e12))
		must(t, err)
		code := fmt.Sprintf("%012d", number)
		if _, ok := consent.ParseCode(code); ok {
			found = append(found, code)
		}
	}
	return found
}

// guesser tries codes and links, each from the address that it gives.
type guesser struct {
	name    string
	proxies []netip.Prefix
	clients int // different clients as the server is to see them
	// ask is the browser of try n, and the headers it sends.
	ask func(s *system, n int) (*browser, map[string]string)
}

func guessers() []guesser {
	var browsers map[string]*browser
	at := func(s *system, address string) *browser {
		if browsers[address] == nil || browsers[address].base != s.URL() {
			if browsers == nil {
				browsers = map[string]*browser{}
			}
			browsers[address] = s.from(address)
		}
		return browsers[address]
	}
	address := func(n int) string { return fmt.Sprintf("127.1.0.%d", n%50+1) }
	forged := func(n int) map[string]string {
		return map[string]string{"X-Forwarded-For": fmt.Sprintf("203.0.113.%d", n%250+1), "X-Real-IP": "198.51.100.7"}
	}
	proxy := []netip.Prefix{netip.MustParsePrefix("127.1.0.1/32")}
	return []guesser{
		{"one address that forges its name", nil, 1, func(s *system, n int) (*browser, map[string]string) { return at(s, "127.1.0.1"), forged(n) }},
		{"fifty addresses", nil, 50, func(s *system, n int) (*browser, map[string]string) { return at(s, address(n)), forged(n) }},
		{"one client behind a proxy", proxy, 1, func(s *system, n int) (*browser, map[string]string) {
			return at(s, "127.1.0.1"), map[string]string{"X-Forwarded-For": fmt.Sprintf("192.0.2.%d, 203.0.113.9", n%250+1)}
		}},
		{"fifty clients behind a proxy", proxy, 50, func(s *system, n int) (*browser, map[string]string) {
			return at(s, "127.1.0.1"), map[string]string{"X-Forwarded-For": fmt.Sprintf("203.0.113.%d", n%50+1)}
		}},
	}
}

// Ten thousand guesses of codes, and two thousand of links, find nothing, and
// whoever has a code or a link of their own is not slowed by them.
func TestTenThousandGuessesFindNothingAndSlowOnlyTheGuesser(t *testing.T) {
	const tries, most = 2500, 30 // each way; most is api.maxAttempts a minute
	const every = 5              // so many codes to a link, which nobody guesses
	for _, g := range guessers() {
		t.Run(g.name, func(t *testing.T) {
			s, _ := launch(t, sqlitePair(t), func(settings *Settings) { settings.TrustedProxies = g.proxies })
			c := s.as("noor").ask("citizen", "partner")
			began := time.Now()
			answered := map[int]int{}
			for n, code := range guesses(t, tries) {
				b, header := g.ask(s, n)
				header["Content-Type"] = "application/x-www-form-urlencoded"
				answered[b.send("POST", "/code", header, strings.NewReader(url.Values{"code": {code}}.Encode())).StatusCode]++
				if n%every > 0 {
					continue
				}
				token := make([]byte, 32)
				_, _ = rand.Read(token)
				answered[b.send("GET", "/c/"+base64.RawURLEncoding.EncodeToString(token), header, nil).StatusCode]++
			}
			minutes := int(time.Since(began)/time.Minute) + 2 // windows that were begun
			if found := answered[http.StatusNotFound]; found > most*g.clients*minutes || found < most {
				t.Errorf("%d of %d guesses were looked up; at most %d for each of %d clients a minute", found, tries+tries/every, most, g.clients)
			}
			if answered[http.StatusNotFound]+answered[http.StatusTooManyRequests] != tries+tries/every {
				t.Errorf("guesses were answered %v", answered)
			}
			for _, code := range []string{c.Participants[0].Code, c.Participants[1].Code} {
				own := s.from("127.2.0.1")
				own.want(http.StatusSeeOther, own.form("/code", url.Values{"code": {code}}))
			}
			b, header := g.ask(s, 0)
			b.want(http.StatusSeeOther, b.send("GET", c.Participants[0].ConsentURL, header, nil))
		})
	}
}

// Many at once are no more than many in a row.
func TestGuessesAtTheSameMomentAreCounted(t *testing.T) {
	s := start(t, sqlitePair(t))
	b := s.from("127.1.0.9")
	var group sync.WaitGroup
	var looked atomic.Int64
	for _, code := range guesses(t, 120) {
		group.Go(func() {
			response, err := b.PostForm(b.base+"/code", url.Values{"code": {code}})
			if err != nil {
				t.Error(err)
				return
			}
			_ = response.Body.Close()
			if response.StatusCode == http.StatusNotFound {
				looked.Add(1)
			}
		})
	}
	group.Wait()
	if n := looked.Load(); n < 1 || n > 60 { // two windows at most were begun
		t.Errorf("%d of 120 guesses at once were looked up", n)
	}
}
