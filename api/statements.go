package api

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"vakspiegel/consent/receipt"
	"vakspiegel/web/citizen"
)

// erased is what a statement is made from. Everyone who was in the room may have
// it: it is the same whatever the cause. Errors: consent.ErrNotFound while
// nothing is being erased.
func (s *Server) erased(ctx context.Context, recordID uuid.UUID) (receipt.Erasure, error) {
	history, err := s.Consent.History(ctx, recordID)
	if err != nil {
		return receipt.Erasure{}, err
	}
	controller, err := s.controller(ctx, history.Events[len(history.Events)-1].OrganisationHash)
	if err != nil {
		return receipt.Erasure{}, err
	}
	kept, err := s.Media.Kept(ctx, history.ConversationID)
	if err != nil {
		return receipt.Erasure{}, err
	}
	// After what is kept: an erasure that ends between the two would look like a
	// conversation without a film.
	erasure, err := s.Consent.ErasureOf(ctx, recordID)
	if err != nil {
		return receipt.Erasure{}, err
	}
	had := kept.Recordings > 0 || erasure.Filmed
	policy := erasure.PolicyHash
	if policy == "" {
		policy = s.Policy.Hash()
	}
	return receipt.Erasure{
		ID: erasure.ID, RecordID: recordID, Controller: controller.Name, ClosedAt: erasure.RequestedAt.UTC(),
		StoppedAt: erasure.StoppedAt, KeyDestroyedAt: erasure.KeyDestroyedAt, ErasedAt: erasure.ErasedAt, HadRecording: had,
		FromFile:   had, // every recording comes from a file until there is a recorder
		KeyHolders: erasure.KeyHolders, ProofUntil: erasure.ProofUntil, LogDays: int(s.LogTerm / (24 * time.Hour)), PolicyHash: policy,
	}, nil
}

func (s *Server) statementOf(ctx context.Context, recordID uuid.UUID) (receipt.Statement, error) {
	e, err := s.erased(ctx, recordID)
	if err != nil {
		return receipt.Statement{}, err
	}
	return receipt.NewStatement(e), nil
}

func (s *Server) showStatement(c *call) (reply, error) {
	v, err := s.visit(c)
	if err != nil {
		return s.sorry(c, err)
	}
	out, err := s.statementPage(c, v.documents())
	if err != nil {
		return s.noDocument(c, err)
	}
	return out, nil
}

// statementPage is the statement to read and to print. Errors as of erased.
func (s *Server) statementPage(c *call, of asked) (reply, error) {
	e, err := s.erased(c.ctx(), of.record)
	if err != nil {
		return reply{}, err
	}
	numbers, err := s.numbers(receipt.NewStatement(e), e.ID, e.RecordID, url.Values{citizen.FieldKind: {citizen.KindStatement}})
	if err != nil {
		return reply{}, err
	}
	page := citizen.StatementPage{
		HadRecording: e.HadRecording, ClosedAt: e.ClosedAt, StoppedAt: e.StoppedAt, KeyAt: e.KeyDestroyedAt, ErasedAt: e.ErasedAt,
		FromFile: e.FromFile, Holders: e.KeyHolders, ProofUntil: e.ProofUntil, LogDays: e.LogDays, PolicyHash: e.PolicyHash,
		Controller: e.Controller, Numbers: numbers, Places: of.places,
	}
	if !page.Done() {
		page.Numbers.QR = "" // what it checks is not final
		c.Header("Refresh", "5")
	}
	return s.page(c, http.StatusOK, func(w io.Writer) error { return s.pages(c).Statement(w, of.lang, page) })
}

func (s *Server) getStatement(c *call) (reply, error) {
	v, err := s.visit(c)
	if err != nil {
		return s.sorry(c, err)
	}
	out, err := s.statementFile(c, v.documents())
	if err != nil {
		return s.noDocument(c, err)
	}
	return out, nil
}

// statementFile is the signed file. Errors as of erased.
func (s *Server) statementFile(c *call, of asked) (reply, error) {
	statement, err := s.statementOf(c.ctx(), of.record)
	if err != nil {
		return reply{}, err
	}
	return s.sendSigned(c, statement, "wisverklaring.json")
}
