package main

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"vakspiegel/media"
	"vakspiegel/media/keyring"
)

// openRing opens the key holders. Only an installation whose database has never
// seen a key gets new ones: a lost key file is never silently replaced.
func openRing(ctx context.Context, db *gorm.DB, urls []string) (*keyring.Ring, error) {
	for {
		holders, ring, err := findRing(ctx, db, urls)
		if ring != nil || err != nil {
			return ring, err
		}
		// Several servers of a fresh installation may get here at once: one makes
		// the keys, the others find them.
		err = keyring.Init(ctx, holders)
		if err != nil && !errors.Is(err, keyring.ErrExists) && !errors.Is(err, keyring.ErrConflict) {
			return nil, err
		}
	}
}

// findRing opens the key holders and makes nothing: without an error or a ring
// there are no keys, and the database has never seen any.
func findRing(ctx context.Context, db *gorm.DB, urls []string) ([]keyring.Holder, *keyring.Ring, error) {
	holders := make([]keyring.Holder, len(urls))
	for i, holder := range urls {
		var err error
		if holders[i], err = keyring.OpenHolder(holder); err != nil {
			return nil, nil, err
		}
	}
	seen, err := media.HasKeys(ctx, db) // before the holders: they are made first
	if err != nil {
		return nil, nil, err
	}
	ring, err := keyring.Open(ctx, holders)
	if errors.Is(err, keyring.ErrNoKeys) && !seen {
		return holders, nil, nil
	}
	return holders, ring, err
}
