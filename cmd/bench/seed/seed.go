package seed

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent/texts"
	"vakspiegel/media"
	"vakspiegel/media/keyring"
	"vakspiegel/policies"
)

// Seeder writes into one database.
type Seeder struct {
	db     *gorm.DB
	ring   *keyring.Ring
	keys   *media.Keys
	people *policies.People
	text   texts.Text // what everyone said yes to
}

// New returns a seeder for a migrated database whose keys have been started.
// The key holders are read now and not again.
func New(ctx context.Context, db *gorm.DB, holder keyring.Holder) (*Seeder, error) {
	read, err := holder.Load(ctx)
	if err != nil {
		return nil, err
	}
	ring, err := keyring.Open(ctx, []keyring.Holder{still{holder, read}})
	if err != nil {
		return nil, err
	}
	catalogue, err := texts.Load(texts.Demo())
	if err != nil {
		return nil, err
	}
	return &Seeder{
		db: db, ring: ring, keys: media.NewKeys(db, ring, nil), people: policies.NewPeople(db), text: catalogue.Consent("nl"),
	}, nil
}

// People makes n klantmanagers, or finds them back.
func (s *Seeder) People(ctx context.Context, n int) ([]policies.Person, error) {
	people := make([]policies.Person, n)
	err := s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		for i := range people {
			login := fmt.Sprintf("collega-%d", i+1)
			people[i] = policies.Person{
				ID: policies.DemoID(login), Login: login, Name: fmt.Sprintf("Collega %d", i+1),
				Roles: []policies.Role{policies.Klantmanager}, Teams: []string{"Oost"},
			}
			if err := s.people.Save(ctx, tx, people[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return people, err
}

// now is as both databases keep it.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// still is a key holder as it was read: opening it for each of a hundred
// thousand keys would take longer than all the rest.
type still struct {
	keyring.Holder
	read keyring.Map
}

// Load implements keyring.Holder; the reader wipes what it gets.
func (s still) Load(context.Context) (keyring.Map, error) { return copied(s.read), nil }

// Store implements keyring.Holder.
func (s still) Store(context.Context, keyring.Map, int64) error {
	return fmt.Errorf("%w: seeding changes no keys", keyring.ErrConflict)
}
