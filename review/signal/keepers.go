package signal

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/policies"
)

// Keepers are the people who keep the list, in no order.
func (s *Service) Keepers(ctx context.Context) ([]uuid.UUID, error) {
	return keepers(s.DB.WithContext(ctx))
}

func keepers(tx *gorm.DB) ([]uuid.UUID, error) {
	ids := []uuid.UUID{}
	err := tx.Model(&keeperRow{}).Order("person_id").Pluck("person_id", &ids).Error
	return ids, err
}

// Keeps reports whether someone keeps the list.
func (s *Service) Keeps(ctx context.Context, personID uuid.UUID) (bool, error) {
	var found int64
	err := s.DB.WithContext(ctx).Model(&keeperRow{}).Where("person_id = ?", personID).Limit(1).Count(&found).Error
	return found > 0, err
}

// Name makes these people, who must exist, the keepers and nobody else; the last
// administrator's list counts. Who begins and who ends is in the audit log.
func (s *Service) Name(ctx context.Context, actor policies.Actor, rule string, people []uuid.UUID) error {
	return s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		before, err := keepers(tx)
		if err != nil {
			return err
		}
		for _, id := range before {
			if slices.Contains(people, id) {
				continue
			}
			if err := tx.Where("person_id = ?", id).Delete(&keeperRow{}).Error; err != nil {
				return err
			}
			if err := s.Audit.Append(ctx, tx, entry(actor, policies.SignalName, rule, keeperEnded, id)); err != nil {
				return err
			}
		}
		for _, id := range unique(people) {
			if slices.Contains(before, id) {
				continue
			}
			if err := tx.Create(&keeperRow{PersonID: id}).Error; err != nil {
				return err
			}
			if err := s.Audit.Append(ctx, tx, entry(actor, policies.SignalName, rule, keeperNamed, id)); err != nil {
				return err
			}
		}
		return nil
	})
}

// What the audit log calls a person who begins, and who ends, to keep the list.
const (
	keeperNamed = "signal_keeper"
	keeperEnded = "former_signal_keeper"
)

func unique(ids []uuid.UUID) []uuid.UUID {
	sorted := slices.SortedFunc(slices.Values(ids), func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(sorted)
}
