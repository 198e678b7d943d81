package review

import (
	"testing"

	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
)

func TestRowsAreTheSchema(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		databasetest.Drift(t, db, &annotationRow{}, &draftRow{}, &lookBackRow{}, &nextStepRow{}, &listRow{}, &formRow{}, &fragmentRow{}, &captionsRow{})
	})
}
