package api

import (
	"errors"
	"strconv"

	"vakspiegel/api/contract"
	"vakspiegel/consent"
	"vakspiegel/media"
)

const (
	defaultPage = 50
	maxPage     = 100
)

// paged asks a room for one page of a list: cursor and limit of the query, all
// their faults at once. next is nil at the end.
func paged[T any](c *call, list func(cursor string, limit int) ([]T, string, error)) (items []T, next *string, err error) {
	var faults []contract.Fault
	limit := defaultPage
	if typed := c.Query("limit"); typed != "" {
		if limit, err = strconv.Atoi(typed); err != nil || limit < 1 || limit > maxPage {
			faults = append(faults, contract.Fault{Field: "limit", Code: "range", Detail: "From 1 to 100."})
			limit = 1
		}
	}
	items, after, err := list(c.Query("cursor"), limit)
	if errors.Is(err, consent.ErrInvalid) || errors.Is(err, media.ErrInvalid) {
		faults = append(faults, contract.Fault{Field: "cursor", Code: "malformed", Detail: "Send next of the page before."})
		err = nil
	}
	if len(faults) > 0 && err == nil {
		err = &fault{faults}
	}
	if after != "" {
		next = &after
	}
	return items, next, err
}
