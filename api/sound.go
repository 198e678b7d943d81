package api

import (
	"net/http"
	"time"
)

// showSound is the consent text that the page shows, read aloud. It is public, as
// the text is; a browser asks for it in ranges.
func (s *Server) showSound(c *call) (reply, error) {
	sound := s.Texts.Consent(s.language(c)).Sound
	if sound == nil {
		return reply{}, errNotFound
	}
	file, err := sound.Open()
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = file.Close() }()
	c.Header("Content-Type", sound.Type)
	http.ServeContent(paced{c.Writer}, c.Request, "", time.Time{}, file)
	return written(), nil
}

// paced gives each write its own deadline, not the whole answer: a browser reads
// sound as slowly as it is heard.
type paced struct{ http.ResponseWriter }

func (p paced) Write(b []byte) (int, error) {
	_ = http.NewResponseController(p.ResponseWriter).SetWriteDeadline(time.Now().Add(closing))
	return p.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (p paced) Unwrap() http.ResponseWriter { return p.ResponseWriter }
