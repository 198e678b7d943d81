// Package database opens the one database of an installation and brings its
// schema up to date. Two dialects are supported and held to the same suites:
// PostgreSQL for production, SQLite (pure Go) embedded.
//
// A DSN is "postgres://…" or "sqlite:PATH".
//
// Invariants:
//
//  1. The schema comes from the SQL migrations in migrations/, never from
//     AutoMigrate; each dialect has its own file under the same number.
//  2. SQLite writes go through one connection (immediate transactions), reads
//     through others, so that a writer never meets "database is locked".
//  3. SQLite overwrites what is deleted (secure_delete); Compact also empties
//     the write-ahead log, because deleted pages stay in it until then.
//  4. Every time is stored and read in UTC.
//  5. SQL parameters are never logged.
//
// Rooms get a *gorm.DB and may not import this package; their tests use
// databasetest.
package database
