// Package seed fills a database with much: recordings with their conversations
// and consent, notes of many people on one recording, and sessions of a few
// people. For benchmarks and for tests that look at how the program bears it; never
// for an installation.
//
// What it writes is sealed for real: data keys of their own, wrapped under the
// current epoch of the key holders; labels and notes under those keys. Rows go
// in by the batch, past the rooms, so they are written here once more: a test
// holds them against what the rooms read. The recordings have no film.
package seed
