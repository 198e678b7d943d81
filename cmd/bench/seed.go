package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/bench/seed"
	"vakspiegel/cmd/database"
	"vakspiegel/media/keyring"
	"vakspiegel/policies"
)

// seedCommand fills the folder of a demo, stopped or running.
type seedCommand struct {
	Data       string `help:"Folder of a demo that was started before." required:"" type:"existingdir"`
	Recordings int    `help:"How many recordings to make, without a film." placeholder:"N"`
	Owner      string `help:"Whose." default:"noor" placeholder:"LOGIN"`
	Notes      int    `help:"How many notes to write on one recording." placeholder:"N"`
	People     int    `help:"How many colleagues write them, in turn." default:"20" placeholder:"N"`
	Recording  string `help:"Which recording; the owner's oldest one by default." placeholder:"ID"`
}

// Run writes, and prints the recording that has the notes.
func (c seedCommand) Run(ctx context.Context) (err error) {
	db, err := database.Open(ctx, "sqlite:"+filepath.Join(c.Data, "vakspiegel.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Close(db)) }()
	holder, err := keyring.OpenHolder("file:" + filepath.Join(c.Data, "keys", "keys.json"))
	if err != nil {
		return err
	}
	seeder, err := seed.New(ctx, db, holder)
	if err != nil {
		return err
	}
	owner, err := policies.NewPeople(db).ByLogin(ctx, c.Owner)
	if err != nil {
		return err
	}
	if err := seeder.Recordings(ctx, owner.ID, c.Recordings); err != nil {
		return err
	}
	if c.Notes == 0 {
		return nil
	}
	return c.notes(ctx, db, seeder, owner.ID)
}

func (c seedCommand) notes(ctx context.Context, db *gorm.DB, seeder *seed.Seeder, owner uuid.UUID) error {
	recording := c.Recording
	if recording == "" {
		// The oldest is the demo's sample, which has a film.
		oldest := db.WithContext(ctx).Table("recordings").Where("owner_id = ? AND closed_at IS NULL", owner).Order("id").Limit(1)
		if err := oldest.Pluck("id", &recording).Error; err != nil {
			return err
		}
	}
	id, err := uuid.Parse(recording)
	if err != nil {
		return seed.ErrNoRecording
	}
	people, err := seeder.People(ctx, c.People)
	if err != nil {
		return err
	}
	if err := seeder.Notes(ctx, id, people, c.Notes); err != nil {
		return err
	}
	fmt.Println(id)
	return nil
}
