package api

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"strings"

	"github.com/klauspost/compress/gzhttp"

	"vakspiegel/consent"
	"vakspiegel/web/citizen"
)

// The citizen's pages: HTML, complete without script. A link is exchanged at
// once for a cookie and a clean address; every form names its record, and one
// that is not the cookie's is refused, so two links in one browser never mix.

// visit is a participant with an open link.
type visit struct {
	consent.Sitting
	lang string
}

func (s *Server) language(c *call) string {
	explicit := c.Query(citizen.FieldLanguage)
	if explicit == "" && c.Request.Method == http.MethodPost {
		explicit = c.PostForm(citizen.FieldLanguage)
	}
	return s.Texts.Negotiate(explicit, c.GetHeader("Accept-Language"))
}

// page renders one page with its status.
func (s *Server) page(c *call, status int, render func(w io.Writer) error) (reply, error) {
	var body bytes.Buffer
	if err := render(&body); err != nil {
		return reply{}, err
	}
	c.Data(status, "text/html; charset=utf-8", body.Bytes())
	return written(), nil
}

// sorry answers an error as a page a citizen can go on from.
func (s *Server) sorry(c *call, err error) (reply, error) {
	lang := s.language(c)
	switch {
	case errors.Is(err, consent.ErrUnknownLink) && s.returned(c):
		return s.showReturned(c)
	case errors.Is(err, consent.ErrUnknownLink):
		return s.page(c, http.StatusNotFound, func(w io.Writer) error { return s.pages(c).UnknownLink(w, lang) })
	case errors.Is(err, errTooMany):
		return s.page(c, http.StatusTooManyRequests, func(w io.Writer) error { return s.pages(c).TooMany(w, lang) })
	}
	s.Log.ErrorContext(c.ctx(), "a citizen's page failed", "error", err)
	c.Header("Retry-After", "5")
	return s.page(c, http.StatusServiceUnavailable, func(w io.Writer) error { return s.pages(c).Unavailable(w, lang) })
}

func (s *Server) openLink(c *call) (reply, error) {
	cookie, err := s.Consent.OpenLink(c.ctx(), c.Param("token"))
	if errors.Is(err, consent.ErrUnknownLink) && !s.guesses.allow(c.ClientIP()) {
		err = errTooMany // nobody guesses 256 bits: who has a link is never slowed by who has none
	}
	if err != nil {
		return s.sorry(c, err)
	}
	return s.enter(c, cookie)
}

func (s *Server) enter(c *call, cookie string) (reply, error) {
	s.setCookie(c.Context, linkCookie, cookie)
	if s.cookie(c.Context, screenCookie) != "" {
		s.setCookie(c.Context, screenCookie, "") // a link of one's own, not the screen that was handed over
	}
	return s.to(c, citizen.PathConsent)
}

// to sends the browser on after a form, in the language it was in.
func (s *Server) to(c *call, path string) (reply, error) {
	if typed := c.Query(citizen.FieldLanguage) + c.PostForm(citizen.FieldLanguage); typed != "" {
		path += "?" + url.Values{citizen.FieldLanguage: {s.language(c)}}.Encode()
	}
	c.Redirect(http.StatusSeeOther, path)
	return written(), nil
}

func (s *Server) showCode(c *call) (reply, error) {
	lang := s.language(c)
	return s.page(c, http.StatusOK, func(w io.Writer) error { return s.pages(c).Code(w, lang, citizen.CodePage{}) })
}

func (s *Server) enterCode(c *call) (reply, error) {
	// A code can be guessed: it is counted before it is looked up, so that many at
	// once are no more than many in a row, and then also the right one waits.
	if !s.guesses.allow(c.ClientIP()) {
		return s.sorry(c, errTooMany)
	}
	cookie, err := s.Consent.OpenCode(c.ctx(), c.PostForm(citizen.FieldCode))
	if errors.Is(err, consent.ErrUnknownLink) {
		lang := s.language(c)
		return s.page(c, http.StatusNotFound, func(w io.Writer) error {
			return s.pages(c).Code(w, lang, citizen.CodePage{Wrong: true})
		})
	}
	s.guesses.takeBack(c.ClientIP())
	if err != nil {
		return s.sorry(c, err)
	}
	return s.enter(c, cookie)
}

func (s *Server) visit(c *call) (visit, error) {
	sitting, err := s.Consent.Sit(c.ctx(), s.cookie(c.Context, linkCookie))
	return visit{sitting, s.language(c)}, err
}

// showConsent is the page that fits the record.
func (s *Server) showConsent(c *call) (reply, error) {
	v, err := s.visit(c)
	if err != nil {
		return s.sorry(c, err)
	}
	return s.show(c, v, http.StatusOK, func(*citizen.MinePage) {})
}

func (s *Server) show(c *call, v visit, status int, adjust func(*citizen.MinePage)) (reply, error) {
	if v.Erasure != nil {
		return s.showErasing(c, v)
	}
	about, err := s.about(c, v)
	if err != nil {
		return s.sorry(c, err)
	}
	if v.State == consent.Requested && !v.Answered {
		page := citizen.ConsentPage{
			Conversation: about, Scopes: s.offered().Names(), Retention: s.Retention, CoolingOff: s.CoolingOff,
			Late: v.Late, Represented: v.Represented,
		}
		if page.Photo, err = s.hasPhoto(c, v); err != nil {
			return s.sorry(c, err)
		}
		if v.Telephone {
			page.Scopes = nil
		}
		if status != http.StatusOK {
			page.Chosen, page.Changed = c.PostFormArray(citizen.FieldScope), status == http.StatusConflict
			page.NotTicked = !ticked(c, c.PostForm(citizen.FieldChoice))
			page.NoChoice = !page.NotTicked && !page.Changed
		}
		return s.page(c, status, func(w io.Writer) error { return s.pages(c).Consent(w, v.lang, page) })
	}
	page, err := s.mine(c, v, about)
	if err != nil {
		return s.sorry(c, err)
	}
	adjust(&page)
	return s.page(c, status, func(w io.Writer) error { return s.pages(c).Mine(w, v.lang, page) })
}

// offered are the boxes on the consent page; training is hidden unless the
// municipality uses it.
func (s *Server) offered() consent.Scopes {
	if s.Training {
		return consent.AllScopes()
	}
	return consent.Scopes{consent.Coach, consent.Peers}
}

func (s *Server) about(c *call, v visit) (citizen.Conversation, error) {
	owner, err := s.People.ByID(c.ctx(), v.OwnerID)
	if err != nil {
		return citizen.Conversation{}, err
	}
	return citizen.Conversation{
		Ref: v.ParticipantID.String(), Role: string(v.Role), Klantmanager: owner.Name, HeldAt: v.HeldAt,
	}, nil
}

func (s *Server) mine(c *call, v visit, about citizen.Conversation) (citizen.MinePage, error) {
	page := citizen.MinePage{
		Conversation: about, Scopes: v.Scopes.Names(), Waiting: !v.EveryoneYes, Now: s.Clock(),
		Changed:  c.Query("gewijzigd") != "",
		CanPause: v.EveryoneYes, Paused: v.State == consent.Paused, PausedUntil: v.PausedUntil, OthersPause: v.OthersPause,
		Represented: v.Represented,
	}
	_, keep, err := s.Consent.Secret(c.ctx(), v.Sitting)
	if err != nil {
		return page, err
	}
	page.CanKeep = keep
	kept, err := s.Media.Kept(c.ctx(), v.Conversation)
	if err != nil {
		return page, err
	}
	page.HasRecording, page.ExpiresAt, page.SharingOpensAt = kept.Recordings > 0, kept.ExpiresAt, kept.SharingOpensAt
	page.Own = s.ownPart(v)
	page.Own.SecondYes = s.secondYes(v, page)
	if page.Own.Longer, err = s.ownLonger(c, v); err != nil {
		return page, err
	}
	page.FromFile, page.FileGoneAt = page.HasRecording, kept.OriginalsGoneAt // every one, until there is a recorder
	page.Looked, page.Looks = kept.Looked, looks(kept.Views)
	return page, nil
}

// showErasing shows the stages to whose own consent ended; everyone else reads
// one line, whatever the cause.
func (s *Server) showErasing(c *call, v visit) (reply, error) {
	if v.State == consent.Given || v.State == consent.Paused {
		return s.page(c, http.StatusOK, func(w io.Writer) error { return s.pages(c).Ended(w, v.lang) })
	}
	about, err := s.about(c, v)
	if err != nil {
		return s.sorry(c, err)
	}
	kept, err := s.Media.Kept(c.ctx(), v.Conversation)
	if err != nil {
		return s.sorry(c, err)
	}
	// Read once more after what is kept: an erasure that ends between the two
	// would look like a conversation without a film.
	if v, err = s.visit(c); err != nil {
		return s.sorry(c, err)
	}
	had := kept.Recordings > 0 || v.Erasure.Filmed
	page := citizen.ErasingPage{
		Conversation: about, StoppedAt: v.Erasure.StoppedAt, KeyDestroyedAt: v.Erasure.KeyDestroyedAt,
		ErasedAt: v.Erasure.ErasedAt, HadRecording: had, ProofUntil: v.Erasure.ProofUntil,
		FileGoneAt: kept.OriginalsGoneAt,
		FromFile:   had, // every recording comes from a file until there is a recorder
	}
	if !page.Done() {
		c.Header("Refresh", "2")
	}
	return s.page(c, http.StatusOK, func(w io.Writer) error { return s.pages(c).Erasing(w, v.lang, page) })
}

func (s *Server) showLost(c *call) (reply, error) {
	lang := s.language(c)
	return s.page(c, http.StatusOK, func(w io.Writer) error { return s.pages(c).Lost(w, lang) })
}

func (s *Server) showArticle(name string) func(*call) (reply, error) {
	return func(c *call) (reply, error) {
		lang, back := s.language(c), s.cookie(c.Context, linkCookie) != ""
		return s.page(c, http.StatusOK, func(w io.Writer) error {
			return s.pages(c).Article(w, lang, citizen.ArticlePage{Name: name, Back: back, Retention: s.Retention, Proof: s.LogTerm})
		})
	}
}

// citizenFile serves the style sheet, whose name changes with its content.
func (s *Server) citizenFile(c *call) (reply, error) {
	return s.asset(c, s.Pages.Static(), strings.TrimPrefix(c.Param("file"), "/"))
}

// asset serves a file whose name carries a hash of its content: for ever.
func (s *Server) asset(c *call, files fs.FS, name string) (reply, error) {
	if info, err := fs.Stat(files, name); err != nil || info.IsDir() {
		return reply{}, errNotFound
	}
	c.Request.Header.Del("Range") // small files, and no error in plain text
	c.Header("Cache-Control", "public, max-age=31536000, immutable")
	// Compressed: the app is large, and nothing in it is secret (BREACH needs that).
	gzhttp.GzipHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, files, name)
	})).ServeHTTP(c.Writer, c.Request)
	return written(), nil
}
