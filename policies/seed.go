package policies

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// namespace makes ids that are the same everywhere (RFC 9562, version 5).
var namespace = uuid.MustParse("5b0a6d4e-3f0c-5c1e-9f55-7c1d3a2e8b10")

// DemoID is the id of a demo person.
func DemoID(login string) uuid.UUID { return uuid.NewSHA1(namespace, []byte("demo "+login)) }

var demoPeople = []Person{
	{Login: "noor", Name: "Noor", Roles: []Role{Klantmanager}, Teams: []string{"Centrum"}},
	{Login: "sem", Name: "Sem", Roles: []Role{Klantmanager}, Teams: []string{"Centrum"}},
	{Login: "aylin", Name: "Aylin", Roles: []Role{Klantmanager}, Teams: []string{"Centrum"}},
	{Login: "daan", Name: "Daan", Roles: []Role{Klantmanager}, Teams: []string{"Oost"}},
	{Login: "fatima", Name: "Fatima", Roles: []Role{Klantmanager}, Teams: []string{"Oost"}},
	{Login: "bram", Name: "Bram", Roles: []Role{Coach}},
	{Login: "ingrid", Name: "Ingrid", Roles: []Role{Manager, Coach}, Teams: []string{"Centrum"}},
	{Login: "henk", Name: "Henk", Roles: []Role{HR}},
	{Login: "petra", Name: "Petra", Roles: []Role{PrivacyManager}},
	{Login: "paul", Name: "Paul", Roles: []Role{PrivacyManager}},
	{Login: "femke", Name: "Femke", Roles: []Role{DPO}},
	{Login: "olga", Name: "Olga", Roles: []Role{WorksCouncil}},
	{Login: "omar", Name: "Omar", Roles: []Role{Administrator}},
}

// demoEvaluated are the people whom ingrid evaluates.
var demoEvaluated = []string{"noor", "sem", "aylin"}

// SeedDemo makes the demo people, their teams and who evaluates whom. All are
// fictional. Seeding twice changes nothing.
func SeedDemo(ctx context.Context, db *gorm.DB) error {
	people := NewPeople(db)
	return within(ctx, db, nil, func(tx *gorm.DB) error {
		for _, person := range demoPeople {
			person.ID = DemoID(person.Login)
			if err := people.Save(ctx, tx, person); err != nil {
				return fmt.Errorf("demo people: %w", err)
			}
		}
		begins := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
		for _, login := range demoEvaluated {
			id := uuid.NewSHA1(namespace, []byte("demo ingrid evaluates "+login))
			row := relationRow{id, DemoID("ingrid"), DemoID(login), begins, people.utc(), nil}
			if err := ignoreExisting(tx).Create(&row).Error; err != nil {
				return fmt.Errorf("demo evaluators: %w", err)
			}
		}
		return nil
	})
}
