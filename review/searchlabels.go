package review

import (
	"fmt"

	"gorm.io/gorm"
)

// labelBook is what codes are called, in every version of every list.
type labelBook struct {
	markers, codes map[string]Label
	questions      map[string]Label // by form, version and code
}

func readLabels(tx *gorm.DB) (labelBook, error) {
	book := labelBook{map[string]Label{}, map[string]Label{}, map[string]Label{}}
	all, err := allVersions(tx)
	for _, version := range all {
		for _, entry := range version.Entries {
			label := entry.Label.Whole()
			switch version.Kind {
			case FormList:
				book.questions[questionKey(version.Code, version.Version, entry.Code)] = label
			case MomentList:
				keepNewest(book.markers, entry.Code, label)
			case CodeList:
				keepNewest(book.codes, entry.Code, label)
			}
		}
	}
	return book, err
}

// keepNewest keeps the first name of a code: allVersions has the newest first.
func keepNewest(labels map[string]Label, code string, label Label) {
	if _, known := labels[code]; !known {
		labels[code] = label
	}
}

// asked is what a form asked under a code, in the version it was begun with.
func (b labelBook) asked(row formRow, code string) Label {
	return b.questions[questionKey(row.FormCode, row.FormVersion, code)]
}

func questionKey(form string, version int64, code string) string {
	return fmt.Sprintf("%s/%d/%s", form, version, code)
}
