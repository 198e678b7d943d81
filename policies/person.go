package policies

import (
	"errors"

	"github.com/google/uuid"
)

// Person is someone of the staff.
type Person struct {
	ID       uuid.UUID
	Login    string
	Name     string
	Roles    []Role
	Teams    []string // names, ordered
	Disabled bool
}

// Actor returns the person as one who acts.
func (p Person) Actor() Actor {
	return Actor{Kind: ActorPerson, ID: p.ID, Name: p.Name, Login: p.Login, Roles: p.Roles}
}

var (
	// ErrNoPerson says that there is no such person.
	ErrNoPerson = errors.New("no such person")
	// ErrPerson says that a person's id, login, name, role or team is not valid.
	ErrPerson = errors.New("person is not valid")
	// ErrLoginTaken says that another person has the login.
	ErrLoginTaken = errors.New("login belongs to another person")
	// ErrAlreadyBound says that the person has another subject, or the subject another person.
	ErrAlreadyBound = errors.New("sign-in subject is already bound")
)
