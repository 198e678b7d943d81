package api

import (
	"encoding/csv"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"vakspiegel/consent"
	"vakspiegel/policies"
)

// csvPage is how many records are read, decided on and sent at a time.
const csvPage = 500

var csvHeading = []string{
	"record", "conversation", "klantmanager", "role", "state", "scopes", "method", "language", "text_version", "text_hash",
	"given_at", "changed_at", "erasure_requested_at", "stopped_at", "key_destroyed_at", "erased_at", "proof_until",
}

// downloadRegister streams the register as RFC 4180. Every page is decided on
// anew; who may no longer read gets a file that breaks off, not one that looks
// whole.
func (s *Server) downloadRegister(c *call) (reply, error) {
	if err := s.reading(c, "register:download"); err != nil {
		return reply{}, err
	}
	filter, err := s.registerFilter(c)
	if err != nil {
		return reply{}, err
	}
	records, next, err := s.Consent.RegisterPage(c.ctx(), filter, "", csvPage)
	if err != nil {
		return reply{}, err
	}
	c.Header("Content-Type", "text/csv; charset=utf-8; header=present")
	c.Header("Content-Disposition", `attachment; filename="register-`+s.Clock().In(consent.Netherlands).Format(time.DateOnly)+`.csv"`)
	out := csv.NewWriter(c.Writer)
	out.UseCRLF = true
	_ = out.Write(csvHeading)
	for {
		setDeadlines(c.Writer, time.Now().Add(quick))
		for _, record := range records {
			_ = out.Write(csvLine(record))
		}
		if out.Flush(); out.Error() != nil || next == "" {
			return written(), nil // who went away reads no answer
		}
		if records, next, err = s.nextOfRegister(c, next); err != nil {
			c.Set(logError, err)
			panic(http.ErrAbortHandler)
		}
	}
}

// nextOfRegister reads on as who the session is now.
func (s *Server) nextOfRegister(c *call, cursor string) ([]consent.RegisterRecord, string, error) {
	if err := s.authenticate(c); err != nil {
		return nil, "", err
	}
	if !s.Policy.Decide(c.actor, policies.RegisterRead, policies.Facts{}, policies.NoPurpose).Allowed {
		return nil, "", errForbidden
	}
	filter, err := s.registerFilter(c)
	if err != nil {
		return nil, "", err
	}
	return s.Consent.RegisterPage(c.ctx(), filter, cursor, csvPage)
}

func csvLine(r consent.RegisterRecord) []string {
	at := func(t *time.Time) string {
		if t == nil {
			return ""
		}
		return t.UTC().Format(time.RFC3339)
	}
	line := []string{
		r.ID.String(), r.ConversationID.String(), r.Klantmanager, string(r.Role), string(r.State), r.Scopes.String(),
		r.Method, r.Language, r.TextVersion, r.TextHash, at(&r.GivenAt), at(&r.ChangedAt), "", "", "", "", at(&r.ProofUntil),
	}
	if e := r.Erasure; e != nil {
		line[12], line[13], line[14], line[15] = at(&e.RequestedAt), at(e.StoppedAt), at(e.KeyDestroyedAt), at(e.ErasedAt)
	}
	for i, cell := range line {
		line[i] = plainCell(cell)
	}
	return line
}

// plainCell keeps a spreadsheet from reading a cell as a formula (OWASP, CSV
// injection): text versions and languages come from a folder of the municipality.
func plainCell(cell string) string {
	trimmed := strings.TrimSpace(cell)
	first, _ := utf8.DecodeRuneInString(trimmed)
	if trimmed != cell || strings.ContainsRune("=+-@＝＋－＠", first) {
		return "'" + cell
	}
	return cell
}
