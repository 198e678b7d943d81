package citizen

import (
	"fmt"
	"html/template"
)

// pictures are drawings of 48 by 48, in the colour of the text. They are hidden
// from screen readers: the words beside them say the same.
var pictures = map[string]string{
	"camera":   `<rect x="5" y="14" width="27" height="21" rx="4"/><path d="m32 22 11-6v17l-11-6z"/><circle class="fill" cx="13" cy="21" r="2.5"/>`,
	"learn":    `<path d="M24 5a13 13 0 0 0-7 24c1.5 1.2 2 2.5 2 5h10c0-2.5.5-3.800 2-5a13 13 0 0 0-7-24z"/><path d="M19 39h10M21 44h6"/>`,
	"eyes":     `<path d="M4 24c5-9 12-13 20-13s15 4 20 13c-5 9-12 13-20 13S9 33 4 24z"/><circle cx="24" cy="24" r="7"/><circle class="fill" cx="24" cy="24" r="2.5"/>`,
	"calendar": `<rect x="6" y="10" width="36" height="32" rx="4"/><path d="M6 19h36M15 5v9M33 5v9"/><path d="m17 31 5 5 9-10"/>`,
	"bin":      `<path d="M7 13h34M18 13V7h12v6M11 13l2 29h22l2-29M20 21l.7 14M28 21l-.7 14"/>`,
	"shield":   `<path d="M24 4 8 10v12c0 10 6 17 16 22 10-5 16-12 16-22V10z"/><path d="m16 24 6 6 11-12"/>`,
	"together": `<circle cx="16" cy="15" r="7"/><circle cx="34" cy="18" r="5.5"/><path d="M4 41c0-9 5-14 12-14s12 5 12 14M31 29c7-1 12 4 12 12"/>`,
	"check":    `<circle cx="24" cy="24" r="19"/><path d="m15 25 6 6 12-13"/>`,
	"wait":     `<circle cx="24" cy="24" r="19"/><path d="M24 13v11l8 5"/>`,
	"house":    `<path d="M5 20 24 6l19 14M9 18v24h30V18M17 42V27M24 42V27M31 42V27"/>`,
	"phone":    `<rect x="13" y="4" width="22" height="40" rx="4"/><path d="M21 38h6"/>`,
}

// picture returns a drawing as trusted markup; its only source is the table
// above, and a name that is not in it is an error.
func picture(name string) (template.HTML, error) {
	drawing, ok := pictures[name]
	if !ok {
		return "", fmt.Errorf("citizen: no picture %q", name)
	}
	return template.HTML(`<svg class="picture" viewBox="0 0 48 48" aria-hidden="true" focusable="false">` + drawing + `</svg>`), nil
}
