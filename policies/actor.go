package policies

import (
	"slices"

	"github.com/google/uuid"
)

// Role is what a person is in the organisation.
type Role string

// The roles there are.
const (
	Klantmanager   Role = "klantmanager"
	Coach          Role = "coach"
	Manager        Role = "manager"
	HR             Role = "hr"
	PrivacyManager Role = "privacy_manager"
	DPO            Role = "dpo"
	WorksCouncil   Role = "works_council"
	Administrator  Role = "administrator"
)

// Roles returns every role, in a fixed order.
func Roles() []Role {
	return []Role{Klantmanager, Coach, Manager, HR, PrivacyManager, DPO, WorksCouncil, Administrator}
}

func (r Role) known() bool { return slices.Contains(Roles(), r) }

// ActorKind is what sort of actor acts.
type ActorKind string

// The kinds of actor. Only persons have roles and relations.
const (
	ActorPerson      ActorKind = "person"
	ActorParticipant ActorKind = "participant"
	ActorSystem      ActorKind = "system"
	ActorAnonymous   ActorKind = "anonymous"
)

// Actor is who acts: someone of the staff who signed in, someone who came
// with a link, the program itself, or nobody known. Roles are those of this
// moment (Sessions.Actor, People.Live), never those of an earlier sign-in.
type Actor struct {
	Kind  ActorKind
	ID    uuid.UUID // of the person or participant
	Name  string    // to show; decides nothing
	Login string    // to show; decides nothing
	Roles []Role
}

// Has reports whether the actor is a person with the role.
func (a Actor) Has(role Role) bool {
	return a.Kind == ActorPerson && a.ID != uuid.Nil && slices.Contains(a.Roles, role)
}

// The relations, as policy.csv writes them.
const (
	isPerson      = "is:person"
	isOwner       = "is:owner"
	isFormerOwner = "is:former_owner"
	isAuthor      = "is:author"
	isParticipant = "is:participant"
	isSystem      = "is:system"
	isAnonymous   = "is:anonymous"
)

// relations returns every relation that a policy line may name.
func relations() []string {
	return []string{isPerson, isOwner, isFormerOwner, isAuthor, isParticipant, isSystem, isAnonymous}
}

// subjects says as what the actor stands before the object. Names and logins
// play no part in it (invariant 5).
func subjects(a Actor, f Facts) []any {
	switch a.Kind {
	case ActorPerson:
		return personSubjects(a, f)
	case ActorParticipant:
		return []any{isParticipant}
	case ActorSystem:
		return []any{isSystem}
	case ActorAnonymous:
		return []any{isAnonymous}
	}
	return nil
}

func personSubjects(a Actor, f Facts) []any {
	if a.ID == uuid.Nil {
		return nil
	}
	subjects := []any{isPerson}
	for _, role := range a.Roles {
		if role.known() {
			subjects = append(subjects, "role:"+string(role))
		}
	}
	if a.ID != f.OwnerID {
		return subjects
	}
	if !a.Has(Klantmanager) {
		return append(subjects, isFormerOwner)
	}
	subjects = append(subjects, isOwner)
	// A note is its author's only where the author may look at all. That is
	// the owner; sessions will add theirs.
	if a.ID == f.AuthorID {
		subjects = append(subjects, isAuthor)
	}
	return subjects
}
