package api

import (
	"fmt"
	"net/http"
	"strings"

	"rsc.io/qr"

	"vakspiegel/consent"
)

func (s *Server) getQR(c *call) (reply, error) {
	_, p, err := s.inHand(c)
	if err != nil {
		return reply{}, err
	}
	return s.sendQR(c, p.Token)
}

// inHand is the participant of the path with the link that staff may still show:
// until it is handed over.
func (s *Server) inHand(c *call) (consent.Conversation, consent.Participant, error) {
	conversation, p, err := s.participantOf(c)
	if err == nil && p.Token == "" {
		err = errNotFound
	}
	return conversation, p, err
}

func (s *Server) sendQR(c *call, token string) (reply, error) {
	svg, err := qrSVG(s.consentURL(token))
	if err != nil {
		return reply{}, err
	}
	c.Data(http.StatusOK, "image/svg+xml", []byte(svg))
	return written(), nil
}

// quiet is the white border a scanner needs, in modules (ISO/IEC 18004).
const quiet = 4

// qrSVG draws text as a QR code: one path of rows, sharp at any size. Level M
// stands a scratch on paper and keeps the modules big enough to scan from 50 cm.
func qrSVG(text string) (string, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", err
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			width := 0
			for code.Black(x+width, y) { // false outside the code
				width++
			}
			if width > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, width, width)
			}
			x += width
		}
	}
	size := code.Size + 2*quiet
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<path fill="#fff" d="M0 0h%dv%dh-%dz"/><path d="%s"/></svg>`, size, size, size, size, size, path.String()), nil
}
