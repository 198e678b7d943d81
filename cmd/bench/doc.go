// Command bench measures Vakspiegel beside something bare that does the same
// work without its protections, on the same machine in the same run, and prints
// the ratio. A figure by itself says more about the machine than about the
// program, so none is stored and no test holds one.
//
//	make bench        builds the program and runs this
//
//	go run ./cmd/bench seed --data DIR --notes 2000 --people 20
//	                  fills the folder of a demo, stopped or running (package seed)
//
// For a film it starts the real binary as a demo in a folder of its own, on the
// loopback address, and ends it by its own process id; bare is a folder of plain
// files behind net/http. For fragments it makes a film of two hours and has the
// rooms cut it; bare is FFmpeg alone, on plain files. For many notes, recordings
// and sessions it joins the rooms on a throw-away database of each dialect; bare is
// the SQL that reads the same rows. For following, sessions of six look at once, on
// PostgreSQL through two servers; bare is a stream of events from memory. Of all
// followers together p50 and p99 are printed.
package main
