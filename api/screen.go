package api

import (
	"io"
	"net/http"

	"vakspiegel/web/citizen"
)

// "Laat dit scherm zien": a klantmanager hands the own screen over to a
// participant. The staff session is locked on the server first, so that nothing of
// the staff app is behind the page; the participant closes the page with "Klaar",
// after which it opens nothing; and only signing in again goes on.

// States of a screen, in its cookie.
const (
	screenOpen   = "open"
	screenClosed = "closed"
)

// showScreen turns the screen into the participant's, while staff may still show
// the link. The browser goes to citizen.PathConsent next.
func (s *Server) showScreen(c *call) (reply, error) {
	_, p, err := s.inHand(c)
	if err != nil {
		return reply{}, err
	}
	// A sitting whose cookie never leaves opens nothing, so it comes first: no
	// screen is ever handed over unlocked.
	cookie, err := s.Consent.OpenScreen(c.ctx(), p.ID)
	if err != nil {
		return reply{}, err
	}
	if err := s.Sessions.Lock(c.ctx(), c.token); err != nil {
		return reply{}, err
	}
	s.setCookie(c.Context, linkCookie, cookie)
	s.setCookie(c.Context, screenCookie, screenOpen)
	c.Header("Clear-Site-Data", `"cache"`)
	return noContent(), nil
}

// pages are the citizen's pages as this screen shows them.
func (s *Server) pages(c *call) *citizen.Pages {
	if s.cookie(c.Context, screenCookie) == screenOpen {
		return s.Pages.OnSharedScreen()
	}
	return s.Pages
}

// closeScreen is "Klaar" on a screen that was handed over. It does the same after
// a yes, a no and nothing at all.
func (s *Server) closeScreen(c *call) (reply, error) {
	if s.cookie(c.Context, screenCookie) == screenOpen {
		if err := s.leaveScreen(c, screenClosed); err != nil {
			return s.sorry(c, err)
		}
	}
	return s.to(c, citizen.PathDone)
}

// leaveScreen ends the sitting; the browser forgets the pages that it showed.
func (s *Server) leaveScreen(c *call, state string) error {
	if err := s.Consent.Leave(c.ctx(), s.cookie(c.Context, linkCookie)); err != nil {
		return err
	}
	s.setCookie(c.Context, linkCookie, "")
	s.setCookie(c.Context, screenCookie, state)
	c.Header("Clear-Site-Data", `"cache"`)
	return nil
}

// takeBack follows a sign-in: the screen is staff's again, also when the
// participant forgot "Klaar".
func (s *Server) takeBack(c *call) error {
	switch s.cookie(c.Context, screenCookie) {
	case screenOpen:
		return s.leaveScreen(c, "")
	case screenClosed:
		s.setCookie(c.Context, screenCookie, "")
	}
	return nil
}

// returned says whether the page of this screen was closed; what is asked of it
// then is whether to give it back.
func (s *Server) returned(c *call) bool {
	return s.cookie(c.Context, screenCookie) == screenClosed
}

func (s *Server) showReturned(c *call) (reply, error) {
	lang := s.language(c)
	return s.page(c, http.StatusOK, func(w io.Writer) error { return s.Pages.Returned(w, lang) })
}
