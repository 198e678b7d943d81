package policies

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// People keeps the staff: who they are, their roles, teams and evaluators.
type People struct {
	db *gorm.DB
	settings
}

// NewPeople returns the people kept in db.
func NewPeople(db *gorm.DB, options ...Option) *People {
	return &People{db, apply(options)}
}

// ByLogin finds a person by login name. Error: ErrNoPerson.
func (p *People) ByLogin(ctx context.Context, login string) (Person, error) {
	return p.one(ctx, "login = ?", login)
}

// BySubject finds a person by the subject ("issuer|sub") they sign in with.
// Error: ErrNoPerson.
func (p *People) BySubject(ctx context.Context, subject string) (Person, error) {
	return p.one(ctx, "subject = ?", subject)
}

// ByID finds a person. Error: ErrNoPerson.
func (p *People) ByID(ctx context.Context, id uuid.UUID) (Person, error) {
	return p.one(ctx, "id = ?", id)
}

// Names are the names of these people, also of who is disabled, with one query.
// Who is not there is not in the answer. db is a transaction or nil.
func (p *People) Names(ctx context.Context, db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	if db == nil {
		db = p.db
	}
	var rows []personRow
	if err := db.WithContext(ctx).Select("id", "name").Where("id IN ?", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	names := make(map[uuid.UUID]string, len(rows))
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, nil
}

// List returns everyone who is not disabled, ordered by name.
func (p *People) List(ctx context.Context) ([]Person, error) {
	return find(p.db.WithContext(ctx), "disabled_at IS NULL")
}

func (p *People) one(ctx context.Context, where string, value any) (Person, error) {
	found, err := find(p.db.WithContext(ctx), where, value)
	if err != nil {
		return Person{}, err
	}
	if len(found) != 1 {
		return Person{}, ErrNoPerson
	}
	return found[0], nil
}

func find(db *gorm.DB, where string, values ...any) ([]Person, error) {
	var rows []personRow
	if err := db.Where(where, values...).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("people: %w", err)
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	roles, err := rolesOf(db, ids)
	if err != nil {
		return nil, err
	}
	teams, err := teamsOf(db, ids)
	if err != nil {
		return nil, err
	}
	people := make([]Person, len(rows))
	for i, row := range rows {
		people[i] = Person{row.ID, row.Login, row.Name, roles[row.ID], teams[row.ID], row.DisabledAt != nil}
	}
	// Ordered here and not by the database: each collates in its own way.
	slices.SortFunc(people, func(a, b Person) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Login, b.Login))
	})
	return people, nil
}

func rolesOf(db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID][]Role, error) {
	var rows []roleRow
	if err := db.Where("person_id IN ?", ids).Order("role").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("roles: %w", err)
	}
	roles := map[uuid.UUID][]Role{}
	for _, row := range rows {
		roles[row.PersonID] = append(roles[row.PersonID], row.Role)
	}
	return roles, nil
}

func teamsOf(db *gorm.DB, ids []uuid.UUID) (map[uuid.UUID][]string, error) {
	var rows []struct {
		PersonID uuid.UUID
		Name     string
	}
	err := db.Table("team_members m").Select("m.person_id, t.name").Joins("JOIN teams t ON t.id = m.team_id").
		Where("m.person_id IN ?", ids).Order("t.name").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("teams: %w", err)
	}
	teams := map[uuid.UUID][]string{}
	for _, row := range rows {
		teams[row.PersonID] = append(teams[row.PersonID], row.Name)
	}
	return teams, nil
}

// within runs work in tx, or in a transaction of its own when tx is nil.
func within(ctx context.Context, db, tx *gorm.DB, work func(tx *gorm.DB) error) error {
	if tx != nil {
		return work(tx.WithContext(ctx))
	}
	return db.WithContext(ctx).Transaction(work)
}

func notFound(err error) bool { return errors.Is(err, gorm.ErrForeignKeyViolated) }
