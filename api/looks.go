package api

import (
	"vakspiegel/media"
	"vakspiegel/policies"
	"vakspiegel/web/citizen"
)

// looksShown is how many looks the citizen's page lists; the number of
// colleagues counts all.
const looksShown = 5

// looks says when colleagues looked and for what, newest first, never who: those
// who look together are one line.
func looks(views []media.View) []citizen.Look {
	var shown []citizen.Look
	for _, view := range merged(views, func(v media.View) policies.Purpose { return v.Purpose }) {
		if len(shown) < looksShown {
			shown = append(shown, citizen.Look{At: view.At, Purpose: string(view.Purpose)})
		}
	}
	return shown
}
