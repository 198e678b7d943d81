// Package texts holds the words that citizens read, as data: one folder per
// language, no Go in it. It imports nothing of ours; consent, web/citizen and
// api may import it.
//
// # Files of a language
//
//	nl/language.yaml       its own name, its direction, how it writes a date
//	nl/consent/v1.yaml     the text of the consent page, version v1
//	nl/pages.yaml          the short words of the other pages, key by key
//	nl/limits.yaml         an article: title, introduction, sections
//	nl/privacy.yaml        an article
//	nl/accessibility.yaml  an article
//
// A sentence may hold places like {klantmanager}, filled when it is shown.
// Dutch is authoritative: it says which keys, sections, versions and places
// there are. It is written at level B1, with "u", in sentences of 12 words on
// average and 20 at most.
//
// # Terms
//
// Text: one version of the consent text in one language. Hash: the SHA-256 of
// its file, in lower-case hex; with version and language it is what a consent
// record keeps, so that anyone can show later what was read.
//
// # Invariants
//
//  1. A published consent text is never edited in place: a change is a new file
//     with the next number. (testdata/published.txt holds the hashes.)
//  2. Every language has the same versions, keys, sections and places as Dutch;
//     else Load names the file and the key and the program does not start.
//  3. An unknown key or a place left open is an error, never an empty spot.
//  4. Dutch sentences keep the lengths above.
package texts
