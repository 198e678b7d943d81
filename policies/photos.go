package policies

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// ErrNoPhoto says that the person shows no photo.
var ErrNoPhoto = errors.New("no photo")

// SetPhoto keeps what Portrait makes of the file as the person's photo, in place
// of an earlier one. Errors: ErrPortrait.
func (p *People) SetPhoto(ctx context.Context, id uuid.UUID, file []byte) error {
	portrait, err := Portrait(file)
	if err != nil {
		return err
	}
	row := photoRow{PersonID: id, Jpeg: portrait, ChangedAt: p.utc()}
	err = p.db.WithContext(ctx).Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "person_id"}}, DoUpdates: clause.AssignmentColumns([]string{"jpeg", "changed_at"}),
	}).Create(&row).Error
	if err != nil {
		return fmt.Errorf("set photo: %w", err)
	}
	return nil
}

// RemovePhoto forgets the person's photo; without one it changes nothing.
func (p *People) RemovePhoto(ctx context.Context, id uuid.UUID) error {
	return removePhoto(p.db.WithContext(ctx), id)
}

func removePhoto(tx *gorm.DB, id uuid.UUID) error {
	if err := tx.Where("person_id = ?", id).Delete(&photoRow{}).Error; err != nil {
		return fmt.Errorf("remove photo: %w", err)
	}
	return nil
}

// Photo is the person's photo, a JPEG. Error: ErrNoPhoto.
func (p *People) Photo(ctx context.Context, id uuid.UUID) ([]byte, error) {
	var row photoRow
	err := p.db.WithContext(ctx).Where("person_id = ?", id).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, ErrNoPhoto
	}
	if err != nil {
		return nil, fmt.Errorf("photo: %w", err)
	}
	return row.Jpeg, nil
}
