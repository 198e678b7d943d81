package review

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// listRow is one published version. Rows are only ever added.
type listRow struct {
	Kind        ListKind
	Code        string
	Version     int64
	Content     string // JSON; of nobody
	PublishedAt time.Time
	PublishedBy uuid.UUID
}

func (listRow) TableName() string { return "learning_lists" }

func (r listRow) read() (ListVersion, error) {
	list := ListVersion{Kind: r.Kind, Code: r.Code, Version: r.Version, PublishedAt: &r.PublishedAt}
	decoder := json.NewDecoder(bytes.NewBufferString(r.Content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&list.ListContent); err != nil {
		return list, fmt.Errorf("review: learning list %s/%s/%d: %w", r.Kind, r.Code, r.Version, err)
	}
	return list, nil
}

// allVersions are all versions of all lists, the newest of each list first. A
// municipality publishes a few times a year: there are never many.
func allVersions(tx *gorm.DB) ([]ListVersion, error) {
	var rows []listRow
	if err := tx.Order("version DESC, kind, code").Find(&rows).Error; err != nil {
		return nil, err
	}
	var versions []ListVersion
	for _, row := range rows {
		version, err := row.read()
		if err != nil {
			return nil, err
		}
		versions = append(versions, version)
	}
	return append(versions, builtinLists...), nil
}

// versionsOf are those of one list, the newest first.
func versionsOf(tx *gorm.DB, kind ListKind, code string) ([]ListVersion, error) {
	all, err := allVersions(tx.Where("kind = ? AND code = ?", kind, code))
	return slices.DeleteFunc(all, func(v ListVersion) bool { return v.Kind != kind || v.Code != code }), err
}

// add keeps a version. Error: ErrListChanged when someone was first.
func (l ListVersion) add(tx *gorm.DB, by uuid.UUID) error {
	content, err := json.Marshal(l.ListContent)
	if err != nil {
		return err
	}
	row := listRow{l.Kind, l.Code, l.Version, string(content), *l.PublishedAt, by}
	done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row)
	if done.Error == nil && done.RowsAffected == 0 {
		return ErrListChanged
	}
	return done.Error
}
