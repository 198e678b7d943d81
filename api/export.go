package api

import (
	"time"

	"vakspiegel/consent"
	"vakspiegel/review"
)

// exportFormat is a kind of file that notes are taken along as.
type exportFormat struct {
	contentType, extension string
	write                  func(review.Copy) ([]byte, error)
}

var exportFormats = map[string]exportFormat{
	"web-annotation": {
		`application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`, "jsonld", review.Copy.WebAnnotation,
	},
	"webvtt": {"text/vtt; charset=utf-8", "vtt", func(c review.Copy) ([]byte, error) { return c.WebVTT(), nil }},
	"csv": {
		"text/csv; charset=utf-8; header=present", "csv",
		func(c review.Copy) ([]byte, error) { return c.CSV(plainCell) },
	},
}

// exportNotes hands over a copy. Its name says when it was made, and nothing of
// the conversation.
func (s *Server) exportNotes(c *call) (reply, error) {
	recordingID, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	format, known := exportFormats[c.Param("format")]
	if !known {
		return reply{}, errNotFound
	}
	kept, err := s.Review.Export(c.ctx(), c.actor, recordingID)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	if kept.Names, err = s.names(c, kept.Notes); err != nil {
		return reply{}, err
	}
	file, err := format.write(kept)
	if err != nil {
		return reply{}, err
	}
	day := s.Clock().In(consent.Netherlands).Format(time.DateOnly)
	c.Header("Content-Disposition", `attachment; filename="vakspiegel-notities-`+day+`.`+format.extension+`"`)
	c.Data(200, format.contentType, file)
	return written(), nil
}
