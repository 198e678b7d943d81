package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"vakspiegel/cmd/config"
	"vakspiegel/cmd/database"
	"vakspiegel/policies"
)

type peopleCommand struct {
	Import importCommand `cmd:"" help:"Add and change people from a CSV file: login,name,roles,teams,evaluates."`
}

type importCommand struct {
	File  string `arg:"" type:"existingfile" help:"CSV with a heading line; several values in one cell are separated by semicolons."`
	Apply bool   `help:"Make the changes. Without it they are only shown."`
}

// Run shows what an import would change, and with --apply changes it. People
// who are not in the file stay as they are, and a relation of an evaluator is
// never ended here: that takes two people (trust.md 4).
func (i importCommand) Run(ctx context.Context) error {
	c, err := config.Load()
	if err != nil {
		return err
	}
	file, err := os.Open(i.File)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	lines, err := readPeople(file)
	if err != nil {
		return err
	}
	db, err := database.Open(ctx, c.DatabaseURL)
	if err != nil {
		return err
	}
	defer func() { _ = database.Close(db) }()
	people := policies.NewPeople(db)
	changes, err := planPeople(ctx, people, lines)
	if err != nil {
		return err
	}
	for _, change := range changes {
		fmt.Println(change.says)
		if !i.Apply {
			continue
		}
		if err := change.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", change.says, err)
		}
	}
	switch {
	case len(changes) == 0:
		fmt.Println("nothing to change")
	case !i.Apply:
		fmt.Printf("%d changes, none made: add --apply to make them\n", len(changes))
	}
	return nil
}

// personLine is a line of the file.
type personLine struct {
	number    int
	person    policies.Person // without an id
	evaluates []string        // logins
}

var peopleHeading = []string{"login", "name", "roles", "teams", "evaluates"}

// readPeople reads the file whole and names every fault with its line.
func readPeople(from io.Reader) (lines []personLine, err error) {
	reader := csv.NewReader(from)
	heading, err := reader.Read()
	if err != nil || !slices.Equal(heading, peopleHeading) {
		return nil, fmt.Errorf("the first line must be %s", strings.Join(peopleHeading, ","))
	}
	var faults []error
	seen := map[string]bool{}
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return lines, errors.Join(faults...)
		}
		if err != nil {
			return nil, err // it names the line
		}
		number, _ := reader.FieldPos(0)
		line := personLine{number, policies.Person{Login: strings.ToLower(strings.TrimSpace(cells[0])), Name: strings.TrimSpace(cells[1]), Teams: split(cells[3])}, split(strings.ToLower(cells[4]))}
		for _, role := range split(cells[2]) {
			if !slices.Contains(policies.Roles(), policies.Role(role)) {
				faults = append(faults, fmt.Errorf("line %d: %q is no role; choose from %v", number, role, policies.Roles()))
			}
			line.person.Roles = append(line.person.Roles, policies.Role(role))
		}
		if line.person.Login == "" || line.person.Name == "" {
			faults = append(faults, fmt.Errorf("line %d: login and name are needed", number))
		}
		if seen[line.person.Login] {
			faults = append(faults, fmt.Errorf("line %d: the login stands in the file twice", number))
		}
		seen[line.person.Login] = true
		lines = append(lines, line)
	}
}

func split(cell string) []string {
	var values []string
	for value := range strings.SplitSeq(cell, ";") {
		if value = strings.TrimSpace(value); value != "" {
			values = append(values, value)
		}
	}
	return values
}

// change is one thing an import does, and how it says so.
type change struct {
	says string
	do   func(ctx context.Context) error
}

// planPeople compares the file with what there is.
func planPeople(ctx context.Context, people *policies.People, lines []personLine) (changes []change, err error) {
	ids := map[string]uuid.UUID{}
	for i := range lines {
		wanted := &lines[i].person
		now, err := people.ByLogin(ctx, wanted.Login)
		switch {
		case errors.Is(err, policies.ErrNoPerson):
			wanted.ID = uuid.Must(uuid.NewV7())
			changes = append(changes, save(people, "new", *wanted))
		case err != nil:
			return nil, err
		default:
			if wanted.ID = now.ID; !samePerson(now, *wanted) {
				changes = append(changes, save(people, "changed", *wanted))
			}
		}
		ids[wanted.Login] = wanted.ID
	}
	var faults []error
	for _, line := range lines {
		for _, login := range line.evaluates {
			evaluated, known := ids[login]
			if !known {
				faults = append(faults, fmt.Errorf("line %d: %q, whom this person evaluates, is not in the file", line.number, login))
				continue
			}
			relation, err := relate(ctx, people, line.person, login, evaluated)
			if err != nil {
				return nil, err
			}
			changes = append(changes, relation...)
		}
	}
	return changes, errors.Join(faults...)
}

func save(people *policies.People, what string, person policies.Person) change {
	return change{
		fmt.Sprintf("%s: %s (%s), roles %v, teams %v", what, person.Login, person.Name, person.Roles, person.Teams),
		func(ctx context.Context) error { return people.Save(ctx, nil, person) },
	}
}

func samePerson(a, b policies.Person) bool {
	sorted := func(values []string) []string { slices.Sort(values); return values }
	words := func(roles []policies.Role) (out []string) {
		for _, role := range roles {
			out = append(out, string(role))
		}
		return sorted(out)
	}
	return a.Name == b.Name && slices.Equal(words(a.Roles), words(b.Roles)) &&
		slices.Equal(sorted(slices.Clone(a.Teams)), sorted(slices.Clone(b.Teams)))
}

// relate writes down an evaluator, once.
func relate(ctx context.Context, people *policies.People, evaluator policies.Person, login string, evaluated uuid.UUID) ([]change, error) {
	pair := policies.Pair{ActorID: evaluator.ID, OwnerID: evaluated}
	live, err := people.Live(ctx, nil, []policies.Pair{pair})
	if err != nil || live[pair].Evaluates {
		return nil, err
	}
	return []change{{fmt.Sprintf("evaluator: %s of %s, from now on", evaluator.Login, login), func(ctx context.Context) error {
		_, err := people.RecordEvaluator(ctx, evaluator.ID, evaluated, time.Now(), nil)
		return err
	}}}, nil
}
