package consent

import (
	"context"
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"vakspiegel/consent/receipt"
)

// Announce makes known what this server shows and signs with, before it takes
// the first yes: organisation.yaml and the public key go into the database.
func (s *Service) Announce(ctx context.Context) error {
	key, err := s.ReceiptKey(ctx)
	if err != nil {
		return err
	}
	key.Wipe()
	return s.keepOrganisation(s.DB.WithContext(ctx))
}

// ReceiptKey is the key that receipts are signed with. Its public half is
// published before it signs anything. The caller wipes it after one operation.
// Errors: those of the key holders, and the database's.
func (s *Service) ReceiptKey(ctx context.Context) (receipt.Key, error) {
	seed, err := s.Vault.ReceiptSeed(ctx)
	if err != nil {
		return receipt.Key{}, err
	}
	defer clear(seed)
	key, err := receipt.NewKey(seed)
	if err != nil {
		return receipt.Key{}, err
	}
	public := key.Public()
	db := s.DB.WithContext(ctx)
	err = db.Where("kid = ?", public.ID()).Take(&receiptKeyRow{}).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		row := receiptKeyRow{Kid: public.ID(), PublicKey: public, CreatedAt: s.now()}
		err = db.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
	}
	if err != nil {
		key.Wipe()
		return receipt.Key{}, err
	}
	return key, nil
}

// PublicKeys are all that ever signed a receipt, the newest first: old receipts
// are verified with old keys.
func (s *Service) PublicKeys(ctx context.Context) ([]receipt.PublicKey, error) {
	var rows []receiptKeyRow
	err := s.DB.WithContext(ctx).Order("created_at DESC, kid").Find(&rows).Error
	keys := make([]receipt.PublicKey, len(rows))
	for i, row := range rows {
		keys[i] = row.PublicKey
	}
	return keys, err
}

// Facts are what a receipt is made from: the record as of its last event here.
func (h History) Facts(controller receipt.Controller, site string) receipt.Facts {
	f := receipt.Facts{RecordID: h.RecordID, Role: string(h.Role), Capacity: string(h.Capacity), Told: h.Told, Controller: controller, Site: site}
	for _, e := range h.Events {
		f.Events = append(f.Events, receipt.Event{
			ID: e.ID, Kind: e.Kind, At: e.At, ByWhom: e.ByWhom, Until: e.Until, KeptUntil: e.KeptUntil, Scopes: e.Scopes.Names(), Lookback: e.Lookback, Method: e.Method,
			TextVersion: e.TextVersion, TextHash: e.TextHash, Language: e.Language, OrganisationHash: e.OrganisationHash,
			LegalBasis: e.LegalBasis, RetentionDays: e.RetentionDays,
		})
	}
	return f
}
