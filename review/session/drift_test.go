package session

import (
	"testing"

	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
)

func TestRowsAreAsTheMigrationsMadeThem(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		databasetest.Drift(t, db, &sessionRow{}, &personRow{}, &fragmentRow{}, &agreementRow{}, &contributionRow{}, &postedRow{}, &insightRow{}, &filmRow{}, &presenceRow{})
	})
}
