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

	isSessionMember = "is:session_member"
	isSessionMaker  = "is:session_maker"
	isSessionLeader = "is:session_leader"
	isSessionOwner  = "is:session_owner" // of the recording that is looked at
	isSessionCoach  = "is:session_coach"
	isSessionPeer   = "is:session_peer"
	isSignalKeeper  = "is:signal_keeper"
)

// relations returns every relation that a policy line may name.
func relations() []string {
	return []string{isPerson, isOwner, isFormerOwner, isAuthor, isParticipant, isSystem, isAnonymous,
		isSessionMember, isSessionMaker, isSessionLeader, isSessionOwner, isSessionCoach, isSessionPeer, isSignalKeeper}
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
	subjects = append(subjects, sessionSubjects(a, f)...)
	if a.ID != f.OwnerID {
		return subjects
	}
	if !a.Has(Klantmanager) {
		return append(subjects, isFormerOwner)
	}
	subjects = append(subjects, isOwner)
	// A note is its author's only where the author may look at all: the owner's.
	// What is written in a session has rules of its own.
	if a.ID == f.AuthorID {
		subjects = append(subjects, isAuthor)
	}
	return subjects
}

// sessionSubjects says as what a person stands before a session, before a
// recording that is looked at in one, and before the list of signals.
func sessionSubjects(a Actor, f Facts) (subjects []any) {
	for subject, is := range map[string]bool{
		isSessionMember: f.Member,
		isSessionMaker:  f.Maker && f.Member && a.Has(Klantmanager),
		isSessionLeader: f.Leader && f.Member,
		isSignalKeeper:  f.Keeper,
		isSessionOwner:  f.Part == PartOwner && f.shared() && a.ID == f.OwnerID && a.Has(Klantmanager),
		isSessionCoach:  f.Part == PartCoach && f.shared() && a.ID != f.OwnerID && a.Has(Coach),
		isSessionPeer:   f.Part == PartPeer && f.shared() && a.ID != f.OwnerID && (a.Has(Klantmanager) || a.Has(Coach)),
	} {
		if is {
			subjects = append(subjects, subject)
		}
	}
	return subjects
}
