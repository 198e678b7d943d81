package audit

import (
	"context"
	"fmt"

	"gorm.io/gorm"
)

// Purge deletes entries past their term, by the database's clock and from the
// front of each chain only, and returns how many. A chain that is empty then
// goes too: its id would be a trace of the recording.
func (l *Log) Purge(ctx context.Context) (int64, error) {
	var chains []string
	err := l.db.WithContext(ctx).Raw(`SELECT DISTINCT chain_id FROM audit_entries WHERE purge_after <= CURRENT_TIMESTAMP`).Scan(&chains).Error
	if err != nil {
		return 0, fmt.Errorf("audit purge: %w", err)
	}
	var purged int64
	for _, chain := range chains {
		err := l.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
			n, err := purge(tx, chain)
			purged += n
			return err
		})
		if err != nil {
			return purged, fmt.Errorf("audit purge: %w", err)
		}
	}
	return purged, nil
}

func purge(tx *gorm.DB, chain string) (int64, error) {
	// Locked against Append by a statement of its own: the next one then sees
	// everything that was written before.
	if err := tx.Exec(`UPDATE audit_chains SET seq = seq WHERE chain_id = ?`, chain).Error; err != nil {
		return 0, err
	}
	done := tx.Exec(`UPDATE audit_chains SET purged_seq = COALESCE(
		(SELECT MIN(seq) - 1 FROM audit_entries WHERE chain_id = @chain AND purge_after > CURRENT_TIMESTAMP), seq)
		WHERE chain_id = @chain`, map[string]any{"chain": chain})
	if done.Error != nil {
		return 0, done.Error
	}
	done = tx.Exec(`DELETE FROM audit_entries WHERE chain_id = @chain
		AND seq <= (SELECT purged_seq FROM audit_chains WHERE chain_id = @chain)`, map[string]any{"chain": chain})
	if done.Error != nil {
		return 0, done.Error
	}
	return done.RowsAffected, tx.Where("chain_id = ? AND seq = purged_seq", chain).Delete(&chainRow{}).Error
}
