package main

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// crawler is a mail scanner at its most eager: it follows every link of a page,
// and posts every form with each of its buttons, as it finds them. It ticks no
// box and makes nothing up.
type crawler struct {
	*browser
	seen  map[string]bool
	links []string
	forms int
}

func (s *system) crawl(link string) *crawler {
	s.t.Helper()
	c := &crawler{s.browser(), map[string]bool{}, []string{link}, 0}
	for len(c.links) > 0 && len(c.seen) < 500 {
		next := c.links[0]
		c.links = c.links[1:]
		c.open("GET", next, nil)
	}
	return c
}

// open asks for a page, goes along with redirects, and reads what it finds there.
func (c *crawler) open(method, path string, form url.Values) {
	c.t.Helper()
	address, err := url.Parse(path)
	must(c.t, err)
	here, err := url.Parse(c.base)
	must(c.t, err)
	address = here.ResolveReference(address)
	address.Fragment = ""
	key := method + " " + address.String() + " " + form.Encode()
	if address.Host != here.Host || c.seen[key] || !strings.HasPrefix(address.Scheme, "http") {
		return
	}
	c.seen[key] = true
	var a answer
	if method == "GET" {
		c.send("HEAD", address.String(), nil, nil)
		a = c.get(address.String())
	} else {
		c.forms++
		a = c.form(address.String(), form)
	}
	if to := a.Header.Get("Location"); to != "" {
		c.links = append(c.links, to)
	}
	if refresh := a.Header.Get("Refresh"); refresh != "" {
		_, to, _ := strings.Cut(refresh, "url=")
		c.links = append(c.links, to)
	}
	if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		return
	}
	root, err := html.Parse(bytes.NewReader(a.body))
	must(c.t, err)
	c.read(address, root)
}

func (c *crawler) read(at *url.URL, root *html.Node) {
	c.t.Helper()
	for n := range root.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "form":
			c.submit(at, n)
		default:
			for _, a := range n.Attr {
				if (a.Key == "href" || a.Key == "src") && !strings.HasPrefix(a.Val, "data:") {
					to, err := at.Parse(a.Val)
					must(c.t, err)
					c.links = append(c.links, to.String())
				}
			}
		}
	}
}

// submit posts a form with each of its buttons: what stands in it, and what is
// ticked beforehand.
func (c *crawler) submit(at *url.URL, form *html.Node) {
	c.t.Helper()
	to, err := at.Parse(valueOf(form, "action"))
	must(c.t, err)
	filled, buttons := url.Values{}, []*html.Node{}
	for n := range form.Descendants() {
		if n.Type != html.ElementNode || valueOf(n, "name") == "" && n.Data != "button" {
			continue
		}
		switch kind := valueOf(n, "type"); {
		case n.Data == "button":
			buttons = append(buttons, n)
		case n.Data == "input" && (kind != "checkbox" && kind != "radio" || hasAttr(n, "checked")):
			filled.Add(valueOf(n, "name"), valueOf(n, "value"))
		}
	}
	for _, button := range buttons {
		values := url.Values{}
		for name, all := range filled {
			values[name] = append(values[name], all...)
		}
		if name := valueOf(button, "name"); name != "" {
			values.Add(name, valueOf(button, "value"))
		}
		c.open(http.MethodPost, to.String(), values)
	}
}

func valueOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// A crawler that fetches and submits everything it finds, without ticking a
// box, changes nothing, in whatever state a record is (trust.md 5).
func TestACrawlerThatSubmitsEverythingChangesNothing(t *testing.T) {
	eachPair(t, func(t *testing.T, p pair) {
		s := start(t, p)
		noor := s.as("noor")
		asked := noor.ask("citizen", "partner")
		given, _ := s.given(noor)
		noor.upload(given.ID, sampleFilm)
		paused, citizen := s.given(noor)
		ref, _ := citizen.visit(paused.Participants[0].ConsentURL)
		citizen.want(303, citizen.choose(ref, "stil", nil))
		waiting := noor.ask("citizen", "partner")
		s.sayYes(waiting.Participants[0].ConsentURL, "coach", "peers")
		before := s.dump()
		for name, link := range map[string]string{
			"who is asked": asked.Participants[0].ConsentURL, "who waits for others": waiting.Participants[0].ConsentURL,
			"who said yes": given.Participants[0].ConsentURL, "who paused": paused.Participants[0].ConsentURL,
		} {
			c := s.crawl(link)
			if len(c.seen) < 20 || c.forms < 12 {
				t.Errorf("%s: only %d addresses and %d forms were tried", name, len(c.seen), c.forms)
			}
			if after := s.dump(); after != before {
				t.Fatalf("%s: something changed:\n%s\nwas:\n%s", name, after, before)
			}
		}
	})
}
