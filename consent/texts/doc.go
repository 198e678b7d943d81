// Package texts holds the words that citizens read, as data: one folder per
// language, no Go in it. It imports nothing of ours; consent, web/citizen and
// api may import it.
//
// # Files of a language
//
//	nl/language.yaml       its own name, its direction, how it writes a date
//	nl/consent/v1.yaml     the text of the consent page, version v1
//	nl/consent/v1.mp3      that version read aloud (.mp3, .m4a or .ogg); need not be there
//	nl/pages.yaml          the short words of the other pages, key by key
//	nl/limits.yaml         an article: title, introduction, sections
//	nl/privacy.yaml        an article
//	nl/accessibility.yaml  an article
//
// Beside them may lie organisation.yaml: who is responsible, on what legal basis,
// whom to call (Organisation). A municipality's folder lies over the texts of the
// program, file by file (Load).
//
// A sentence may hold places like {klantmanager}, filled when it is shown.
// Dutch is authoritative: it says which keys, sections, versions and places
// there are. It is written at level B1, with "u", in sentences of 12 words on
// average and 20 at most. In sentences from right to left every value that is
// filled in keeps its own direction (Isolate).
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
//     with the next number. (testdata/published.txt holds the hashes; a folder
//     that holds a published version with other words is refused.)
//  2. Every language has the same versions, keys, sections and places as Dutch;
//     else Load names the file and the key and the program does not start.
//  3. An unknown key or a place left open is an error, never an empty spot.
//  4. Dutch sentences keep the lengths above.
//  5. An organisation.yaml is whole and without unknown fields, or Load names file
//     and fields; without the file only the legal basis is known: consent.
package texts
