// Package words seals what people write about a recording, or in a session, to
// the row where it stands: a row swapped with another, or an older version put
// back by hand, does not open.
package words
