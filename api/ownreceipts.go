package api

import (
	"slices"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
	"vakspiegel/policies"
	"vakspiegel/web/citizen"
)

// The receipts of who signs in: the klantmanager's and a colleague's own record,
// the same documents as behind a link. Nobody else's record is ever there.

// ownRecord reads the record of the path and decides on it.
func (s *Server) ownRecord(c *call) (consent.OwnRecord, error) {
	id, err := c.id("participantId")
	if err != nil {
		return consent.OwnRecord{}, err
	}
	record, err := s.Consent.OwnRecord(c.ctx(), c.actor.ID, id)
	if err != nil {
		return record, err
	}
	return record, s.allow(c, policies.Facts{OwnerID: record.OwnerID, Closed: record.Ended})
}

// ownDocument is one document of one's own record.
func (s *Server) ownDocument(make func(*Server, *call, asked) (reply, error)) func(*call) (reply, error) {
	return func(c *call) (reply, error) {
		record, err := s.ownRecord(c)
		if err != nil {
			return reply{}, err
		}
		return make(s, c, asked{record.ID, s.language(c), record.Ended, citizen.OwnPlaces(record.ID.String())})
	}
}

func (s *Server) listOwnReceipts(c *call) (reply, error) {
	record, err := s.ownRecord(c)
	if err != nil {
		return reply{}, err
	}
	h, err := s.Consent.History(c.ctx(), record.ID)
	if err != nil {
		return reply{}, err
	}
	list := contract.OwnReceiptList{Items: []contract.OwnReceipt{}, Statement: record.Ended}
	for i, event := range h.Events {
		list.Items = append(list.Items, contract.OwnReceipt{
			Number: i + 1, Kind: contract.OwnReceiptKind(said(h.Events, i)), At: event.At,
		})
	}
	slices.Reverse(list.Items)
	return ok(list), nil
}

func (s *Server) listOwnRecords(c *call) (reply, error) {
	records, next, err := paged(c, func(cursor string, limit int) ([]consent.OwnRecord, string, error) {
		return s.Consent.OwnRecords(c.ctx(), c.actor.ID, cursor, limit)
	})
	if err != nil {
		return reply{}, err
	}
	list := contract.OwnRecordList{Items: []contract.OwnRecord{}, Next: next}
	for _, r := range records {
		list.Items = append(list.Items, contract.OwnRecord{
			ID: r.ID, Role: contract.OwnRecordRole(r.Role), GivenAt: r.GivenAt, Erased: r.Ended,
		})
	}
	return ok(list), nil
}
