// Package citizen renders the citizen's pages: plain HTML from html/template,
// complete without any script, in one column. It knows no HTTP, no database and
// no rules: a handler fills a page's struct and calls the method of that name.
// It imports consent/texts of ours and nothing else; api may import it.
//
// # Terms
//
// Ref is the reference of a consent record; every form carries it as `r`.
// A page is one of the structs of pages.go. A picture is a small drawing in
// pictures.go, set beside a heading for whoever would rather look
// than read; it never says anything that the words do not.
//
// # Invariants (tests cite them by number)
//
//  1. No script, no inline style, no event handler: the CSP of standards.md
//     needs no exception. Forms post to our own paths only.
//  2. On the consent page yes and no are two submit buttons of one class, so of
//     one size and weight, and every box is unticked, but for those that someone
//     ticked in a form that comes back.
//  3. Every form that changes something carries `r` and `taal`; only "Klaar" on a
//     shared screen has no `r`, because after a no there is none.
//  4. A page with its style sheet weighs at most 60 kB, uncompressed.
//  5. Whatever stands in a name or label is shown as text.
//  6. A page is rendered whole or not at all: on an error nothing is written.
//  7. The page after a yes has exactly as many bytes as the page after a no,
//     and fetches as much: nothing but the style sheet.
//  8. No form changes anything as it is found ("Klaar" closes only the page that
//     it is on): each needs a box ticked or
//     something typed. Mail scanners run pages and post their forms. The hidden
//     `vink` tells the server that there was a box to tick; who posts a form of
//     their own making, with what the contract asks, needs none but for erasing.
//
// # Style sheet
//
// dist/citizen.css is built by build-css.mjs (npm run citizen-css in web) from
// the design system's components, the tokens that they use, and citizen.css. It
// is not committed; without it the pages work unstyled, and Styled tells.
package citizen
