package media

import (
	"context"

	"gorm.io/gorm"
)

// HasKeys tells whether this database has ever seen an epoch key: then a
// missing key map is a loss, not a first start.
func HasKeys(ctx context.Context, db *gorm.DB) (bool, error) {
	var epochs int64
	err := db.WithContext(ctx).Model(&epochRow{}).Count(&epochs).Error
	return epochs > 0, err
}

// Ping asks the key holders for an answer. Errors: the holders'.
func (k *Keys) Ping(ctx context.Context) error {
	_, err := k.ring.Newest(ctx)
	return err
}
