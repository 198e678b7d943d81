package api

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"vakspiegel/consent"
	"vakspiegel/consent/receipt"
	"vakspiegel/consent/texts"
	"vakspiegel/web/citizen"
)

// Receipts and statements of erasure: as a page to print, as a signed file, and
// a page that checks a printed one. They are there as long as the record is,
// also after everything else was erased. None of them changes anything.

// asked is whose documents are wanted, in which language, and where their pages
// are: behind a link, or of someone who signed in.
type asked struct {
	record uuid.UUID
	lang   string
	ended  bool // there is a statement of erasure
	places citizen.Places
}

func (v visit) documents() asked {
	return asked{v.ParticipantID, v.lang, v.Erasure != nil, citizen.LinkPlaces()}
}

// issued is a receipt as of one event, with what the page needs beside it.
type issued struct {
	receipt.Receipt
	controller receipt.Controller
	event      consent.Event
	nr         int // from 1
	all        []consent.Event
}

// issue makes the receipt that the address asks for: `nr`, or the newest.
// Errors: consent.ErrNotFound before everyone has answered; errNotFound.
func (s *Server) issue(c *call, of asked) (issued, error) {
	h, err := s.Consent.History(c.ctx(), of.record)
	if err != nil {
		return issued{}, err
	}
	out := issued{nr: len(h.Events), all: h.Events}
	if asked := c.Query(citizen.FieldNumber); asked != "" {
		if out.nr, err = strconv.Atoi(asked); err != nil || out.nr < 1 || out.nr > len(h.Events) {
			return issued{}, errNotFound
		}
	}
	h.Events = h.Events[:out.nr]
	out.event = h.Events[out.nr-1]
	out.Receipt, out.controller, err = s.receiptOf(c.ctx(), h)
	return out, err
}

func (s *Server) receiptOf(ctx context.Context, h consent.History) (receipt.Receipt, receipt.Controller, error) {
	controller, err := s.controller(ctx, h.Events[len(h.Events)-1].OrganisationHash)
	if err != nil {
		return receipt.Receipt{}, controller, err
	}
	return receipt.NewReceipt(h.Facts(controller, s.site())), controller, nil
}

func (s *Server) site() string { return strings.TrimSuffix(s.PublicURL.String(), "/") }

// controller is who was responsible by the organisation.yaml with this hash; ""
// is an installation that had none.
func (s *Server) controller(ctx context.Context, hash string) (receipt.Controller, error) {
	if hash == "" {
		return receipt.Controller{Name: s.Organisation}, nil
	}
	raw, err := s.Consent.OrganisationShown(ctx, hash)
	if err != nil {
		return receipt.Controller{}, fmt.Errorf("organisation.yaml as it was shown: %w", err)
	}
	o, err := texts.ParseOrganisation(raw)
	if err != nil {
		return receipt.Controller{}, err
	}
	return receipt.Controller{
		Name: o.Name, Address: o.Address, Telephone: string(o.Telephone), PrivacyName: o.PrivacyContact.Name,
		PrivacyTelephone: string(o.PrivacyContact.Telephone), PrivacyEmail: o.PrivacyContact.Email,
	}, nil
}

// noDocument answers who has no receipt or statement (yet): the page that fits.
func (s *Server) noDocument(c *call, err error) (reply, error) {
	if errors.Is(err, consent.ErrNotFound) || errors.Is(err, errNotFound) {
		return s.to(c, citizen.PathConsent)
	}
	return s.sorry(c, err)
}

func (s *Server) showReceipt(c *call) (reply, error) {
	v, err := s.visit(c)
	if err != nil {
		return s.sorry(c, err)
	}
	out, err := s.receiptPage(c, v.documents())
	if err != nil {
		return s.noDocument(c, err)
	}
	return out, nil
}

// receiptPage is a receipt to read and to print. Errors as of issue.
func (s *Server) receiptPage(c *call, of asked) (reply, error) {
	r, err := s.issue(c, of)
	if err != nil {
		return reply{}, err
	}
	numbers, err := s.numbers(r.Receipt, r.Identifier, r.Record.Identifier, url.Values{})
	if err != nil {
		return reply{}, err
	}
	page := citizen.ReceiptPage{
		Kind: said(r.all, r.nr-1), At: r.event.At, Paused: r.event.Kind == string(consent.Paused), Lookback: r.event.Lookback,
		Ended: receipt.Ended(r.event.Kind), Scopes: r.event.Scopes.Names(), Days: r.event.RetentionDays, KeptUntil: r.event.KeptUntil,
		Text: r.event.TextVersion, Read: s.nameOf(r.event.Language), Basis: r.event.LegalBasis,
		Controller: citizen.Controller{Name: r.controller.Name, Address: r.controller.Address, Telephone: r.controller.Telephone},
		Numbers:    numbers, CodeAt: s.PublicURL.Host + citizen.PathCode, Nr: r.nr, Statement: of.ended, Places: of.places, Own: r.Record.DataSubject.Role == string(consent.Klantmanager),
	}
	for i, event := range r.all {
		page.All = append(page.All, citizen.ReceiptLink{Nr: i + 1, Kind: said(r.all, i), At: event.At})
	}
	slices.Reverse(page.All)
	return s.page(c, http.StatusOK, func(w io.Writer) error { return s.pages(c).Receipt(w, of.lang, page) })
}

// said is which sentence tells an event: some of a kind are not the person's own
// act, or only about the wish to look back.
func said(events []consent.Event, i int) string {
	event := events[i]
	if i > 0 && slices.Equal(event.Scopes, events[i-1].Scopes) {
		switch {
		case event.Kind == "widened" && event.Lookback:
			return "lookback"
		case event.Kind == "narrowed" && !event.Lookback:
			return "nolookback"
		}
	}
	if event.Kind == "given" && event.Method == "represented" {
		return "givenfor"
	}
	if event.ByWhom == "privacy_manager" && (event.Kind == "paused" || event.Kind == "resumed") {
		return event.Kind + "for"
	}
	return event.Kind
}

// nameOf is a language's own name, "" for one that we no longer have.
func (s *Server) nameOf(tag string) string {
	if l := s.Texts.Language(tag); l.Tag == tag {
		return l.Name
	}
	return ""
}

func (s *Server) getReceipt(c *call) (reply, error) {
	v, err := s.visit(c)
	if err != nil {
		return s.sorry(c, err)
	}
	out, err := s.receiptFile(c, v.documents())
	if err != nil {
		return s.noDocument(c, err)
	}
	return out, nil
}

// receiptFile is the signed file. Errors as of issue.
func (s *Server) receiptFile(c *call, of asked) (reply, error) {
	r, err := s.issue(c, of)
	if err != nil {
		return reply{}, err
	}
	return s.sendSigned(c, r.Receipt, fmt.Sprintf("verklaring-%d.json", r.nr))
}

// sendSigned gives a document out as a file.
func (s *Server) sendSigned(c *call, document receipt.Document, name string) (reply, error) {
	key, err := s.Consent.ReceiptKey(c.ctx())
	if err != nil {
		return reply{}, err
	}
	defer key.Wipe()
	file, err := key.Sign(document)
	if err != nil {
		return reply{}, err
	}
	c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	c.Data(http.StatusOK, "application/jose+json", file)
	return written(), nil
}

// numbers are what a document is known by. The address in the QR code names it
// and the beginning of its digest; more says the file.
func (s *Server) numbers(document receipt.Document, id, record uuid.UUID, query url.Values) (citizen.Numbers, error) {
	digest, err := receipt.Digest(document)
	if err != nil {
		return citizen.Numbers{}, err
	}
	query.Set(citizen.FieldDocument, id.String())
	if query.Has(citizen.FieldKind) {
		query.Set(citizen.FieldDocument, record.String())
	}
	query.Set(citizen.FieldDigest, digest[:citizen.DigestDigits])
	svg, err := qrSVG(s.site() + citizen.PathCheck + "?" + query.Encode())
	return citizen.Numbers{Document: id.String(), Record: record.String(), Digest: digest, QR: svg}, err
}

// showCheck tells whether a printed document is ours and unchanged. It knows
// only who asks about one by its number and digest, and says nothing of it.
func (s *Server) showCheck(c *call) (reply, error) {
	lang := s.language(c)
	page := citizen.CheckPage{Keys: s.site() + pathKeys, Query: url.Values{}}
	for _, field := range []string{citizen.FieldDocument, citizen.FieldDigest, citizen.FieldKind} {
		if value := c.Query(field); value != "" && len(value) <= 64 {
			page.Query.Set(field, value)
		}
	}
	page.Asked = page.Query.Has(citizen.FieldDocument)
	if page.Asked {
		same, err := s.isOurs(c.ctx(), page.Query)
		if err == nil && !same && !s.guesses.allow(c.ClientIP()) {
			err = errTooMany
		}
		if err != nil {
			return s.sorry(c, err)
		}
		page.Same = same
	}
	return s.page(c, http.StatusOK, func(w io.Writer) error { return s.pages(c).Check(w, lang, page) })
}

func (s *Server) isOurs(ctx context.Context, query url.Values) (bool, error) {
	id, err := uuid.Parse(query.Get(citizen.FieldDocument))
	digest := query.Get(citizen.FieldDigest)
	if err != nil || len(digest) < citizen.DigestDigits {
		return false, nil
	}
	var document receipt.Document
	if query.Get(citizen.FieldKind) == citizen.KindStatement {
		var statement receipt.Statement
		statement, err = s.statementOf(ctx, id)
		document = statement
	} else {
		document, err = s.receiptOfEvent(ctx, id)
	}
	if errors.Is(err, consent.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	ours, err := receipt.Digest(document)
	return subtle.ConstantTimeCompare([]byte(ours[:min(len(ours), len(digest))]), []byte(digest)) == 1, err
}

func (s *Server) receiptOfEvent(ctx context.Context, id uuid.UUID) (receipt.Receipt, error) {
	h, err := s.Consent.HistoryOfEvent(ctx, id)
	if err != nil {
		return receipt.Receipt{}, err
	}
	made, _, err := s.receiptOf(ctx, h)
	return made, err
}

// pathKeys is where the public keys are.
const pathKeys = "/.well-known/vakspiegel-keys.json"

// getKeys publishes every key that ever signed, for anyone from anywhere. An
// hour old is fresh enough: keys are added once in years, and none is taken away.
func (s *Server) getKeys(c *call) (reply, error) {
	keys, err := s.Consent.PublicKeys(c.ctx())
	if err != nil {
		return reply{}, err
	}
	set, err := receipt.Publish(keys)
	if err != nil {
		return reply{}, err
	}
	c.Header("Cache-Control", "public, max-age=3600")
	c.Header("Access-Control-Allow-Origin", "*")
	c.Header("Cross-Origin-Resource-Policy", "cross-origin")
	c.Data(http.StatusOK, "application/jwk-set+json", set)
	return written(), nil
}
