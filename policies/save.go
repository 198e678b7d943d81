package policies

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Save makes the person or updates login, name, roles and teams; what is left
// out of Roles and Teams is taken away. Saving twice changes nothing. A
// disabled person stays disabled and a bound subject stays bound. tx may be
// nil. Errors: ErrPerson, ErrLoginTaken.
func (p *People) Save(ctx context.Context, tx *gorm.DB, person Person) error {
	if err := valid(person); err != nil {
		return err
	}
	return within(ctx, p.db, tx, func(tx *gorm.DB) error {
		row := personRow{ID: person.ID, Login: person.Login, Name: person.Name, CreatedAt: p.utc()}
		err := tx.Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "id"}},
			DoUpdates: clause.AssignmentColumns([]string{"login", "name"}),
		}).Create(&row).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return ErrLoginTaken
		}
		if err != nil {
			return fmt.Errorf("save person: %w", err)
		}
		if err := saveRoles(tx, person); err != nil {
			return err
		}
		return saveTeams(tx, person)
	})
}

func valid(person Person) error {
	if person.ID == uuid.Nil || strings.TrimSpace(person.Login) == "" || strings.TrimSpace(person.Name) == "" {
		return fmt.Errorf("%w: id, login and name are needed", ErrPerson)
	}
	for _, role := range person.Roles {
		if !role.known() {
			return fmt.Errorf("%w: unknown role", ErrPerson)
		}
	}
	for _, team := range person.Teams {
		if strings.TrimSpace(team) == "" {
			return fmt.Errorf("%w: a team has no name", ErrPerson)
		}
	}
	return nil
}

func saveRoles(tx *gorm.DB, person Person) error {
	// Never an empty IN list: it would delete nothing at all.
	gone := tx.Where("person_id = ?", person.ID)
	if len(person.Roles) > 0 {
		gone = gone.Where("role NOT IN ?", person.Roles)
	}
	if err := gone.Delete(&roleRow{}).Error; err != nil {
		return fmt.Errorf("save roles: %w", err)
	}
	for _, role := range person.Roles {
		if err := ignoreExisting(tx).Create(&roleRow{person.ID, role}).Error; err != nil {
			return fmt.Errorf("save roles: %w", err)
		}
	}
	return nil
}

func saveTeams(tx *gorm.DB, person Person) error {
	ids := make([]uuid.UUID, len(person.Teams))
	for i, name := range person.Teams {
		if err := ignoreExisting(tx).Create(&teamRow{uuid.NewSHA1(namespace, []byte("team "+name)), name}).Error; err != nil {
			return fmt.Errorf("save team: %w", err)
		}
		var team teamRow
		if err := tx.Where("name = ?", name).Take(&team).Error; err != nil {
			return fmt.Errorf("save team: %w", err)
		}
		ids[i] = team.ID
	}
	gone := tx.Where("person_id = ?", person.ID)
	if len(ids) > 0 {
		gone = gone.Where("team_id NOT IN ?", ids)
	}
	if err := gone.Delete(&memberRow{}).Error; err != nil {
		return fmt.Errorf("save teams: %w", err)
	}
	for _, id := range ids {
		if err := ignoreExisting(tx).Create(&memberRow{id, person.ID}).Error; err != nil {
			return fmt.Errorf("save teams: %w", err)
		}
	}
	return nil
}

func ignoreExisting(tx *gorm.DB) *gorm.DB {
	return tx.Clauses(clause.OnConflict{DoNothing: true})
}

// BindSubject fixes the subject ("issuer|sub") that the person signs in with,
// at first use; binding the same one again changes nothing. Errors:
// ErrAlreadyBound, ErrNoPerson (also for a disabled one).
func (p *People) BindSubject(ctx context.Context, id uuid.UUID, subject string) error {
	if strings.TrimSpace(subject) == "" {
		return fmt.Errorf("%w: empty subject", ErrPerson)
	}
	done := p.db.WithContext(ctx).Model(&personRow{}).
		Where("id = ? AND disabled_at IS NULL AND (subject IS NULL OR subject = ?)", id, subject).
		Update("subject", subject)
	if errors.Is(done.Error, gorm.ErrDuplicatedKey) {
		return ErrAlreadyBound
	}
	if done.Error != nil {
		return fmt.Errorf("bind subject: %w", done.Error)
	}
	if done.RowsAffected == 1 {
		return nil
	}
	person, err := p.ByID(ctx, id)
	if err != nil {
		return err
	}
	if person.Disabled {
		return ErrNoPerson
	}
	return ErrAlreadyBound
}

// Disable takes the person's access away at once and ends their sessions.
// Disabling twice keeps the first time. Error: ErrNoPerson.
func (p *People) Disable(ctx context.Context, id uuid.UUID, at time.Time) error {
	return within(ctx, p.db, nil, func(tx *gorm.DB) error {
		done := tx.Model(&personRow{}).Where("id = ?", id).
			Update("disabled_at", gorm.Expr("COALESCE(disabled_at, ?)", at.UTC()))
		if done.Error != nil {
			return fmt.Errorf("disable person: %w", done.Error)
		}
		if done.RowsAffected == 0 {
			return ErrNoPerson
		}
		if err := tx.Where("person_id = ?", id).Delete(&sessionRow{}).Error; err != nil {
			return fmt.Errorf("end sessions: %w", err)
		}
		return removePhoto(tx, id)
	})
}

// FirstAdmin makes an administrator bound to the subject ("issuer|sub") on an
// installation that has no people yet, and reports whether it did. With
// anybody there it changes nothing: the setting is no way back in.
func (p *People) FirstAdmin(ctx context.Context, subject string) (bool, error) {
	if strings.TrimSpace(subject) == "" {
		return false, fmt.Errorf("%w: empty subject", ErrPerson)
	}
	// One id for all replicas that start at once: only one of them makes it.
	admin := Person{ID: uuid.NewSHA1(namespace, []byte("first administrator")), Login: "beheerder", Name: "Beheerder", Roles: []Role{Administrator}}
	made := false
	err := within(ctx, p.db, nil, func(tx *gorm.DB) error {
		var people int64
		if err := tx.Model(&personRow{}).Count(&people).Error; err != nil || people > 0 {
			return err
		}
		row := personRow{ID: admin.ID, Login: admin.Login, Name: admin.Name, Subject: &subject, CreatedAt: p.utc()}
		done := ignoreExisting(tx).Create(&row)
		if done.Error != nil || done.RowsAffected == 0 {
			return done.Error
		}
		made = true
		return saveRoles(tx, admin)
	})
	if err != nil {
		return false, fmt.Errorf("first administrator: %w", err)
	}
	return made, nil
}
