package api

import (
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/media"
	"vakspiegel/policies"
)

// media decides on live facts and answers ErrNotFound when it may not: a result
// is a decision.

func (s *Server) listRecordings(c *call) (reply, error) {
	recordings, next, err := paged(c, func(cursor string, limit int) ([]media.Recording, string, error) {
		return s.Media.List(c.ctx(), c.actor, cursor, limit)
	})
	if err != nil {
		return reply{}, err
	}
	list := contract.RecordingList{Items: []contract.Recording{}, Next: next}
	for _, r := range recordings {
		list.Items = append(list.Items, recording(r))
	}
	return ok(list), nil
}

func (s *Server) getRecording(c *call) (reply, error) {
	id, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	r, err := s.Media.Get(c.ctx(), c.actor, id)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	return ok(recording(r)), nil
}

func (s *Server) eraseRecording(c *call) (reply, error) {
	id, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	if err := s.Media.Erase(c.ctx(), c.actor, id); err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return reply{status: 202}, nil
}

func (s *Server) keepRecording(c *call) (reply, error) {
	id, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	if err := s.Media.Keep(c.ctx(), c.actor, id); err != nil {
		return reply{}, err
	}
	c.decided = true
	s.hub.nudge()
	return noContent(), nil
}

func (s *Server) listViews(c *call) (reply, error) {
	id, err := c.id("recordingId")
	if err != nil {
		return reply{}, err
	}
	views, err := s.Media.Views(c.ctx(), c.actor, id)
	if err != nil {
		return reply{}, err
	}
	c.decided = true
	list := contract.ViewList{Items: []contract.View{}}
	views = merged(views, partOf)
	names, err := namesOf(s, c, views, func(v media.View) uuid.UUID { return v.ActorID })
	if err != nil {
		return reply{}, err
	}
	for _, v := range views {
		list.Items = append(list.Items, contract.View{
			Who: names[v.ActorID], At: v.At, Purpose: contract.ViewPurpose(v.Purpose), FromMs: v.FromMs, ToMs: v.ToMs,
		})
	}
	return ok(list), nil
}

// oneLook is how long a pause ends a look: a player asks for a film in pieces.
const oneLook = 30 * time.Minute

// part is what someone looks at, and for what; the zero times are the owner's own
// looking, of which no part is kept.
type part struct {
	actor    uuid.UUID
	purpose  policies.Purpose
	from, to int64
}

func partOf(v media.View) part { return part{v.ActorID, v.Purpose, value(v.FromMs), value(v.ToMs)} }

// merged makes one view of the pieces of a look, also where several people look
// at once or someone goes from one part to another and back. views are newest
// first, and so is what it answers, each by its beginning.
func merged[K comparable](views []media.View, same func(media.View) K) []media.View {
	looks, last := []media.View{}, map[K]int{}
	for _, v := range views {
		at, seen := last[same(v)]
		if seen && looks[at].At.Sub(v.At) < oneLook {
			looks[at].At = v.At
			continue
		}
		last[same(v)] = len(looks)
		looks = append(looks, v)
	}
	slices.SortStableFunc(looks, func(a, b media.View) int { return b.At.Compare(a.At) })
	return looks
}

// namesOf are the names of whom the items are by, asked together; of who is gone
// from the system too.
func namesOf[T any](s *Server, c *call, items []T, by func(T) uuid.UUID) (map[uuid.UUID]string, error) {
	asked := map[uuid.UUID]bool{}
	for _, item := range items {
		asked[by(item)] = true
	}
	names, err := s.People.Names(c.ctx(), nil, slices.Collect(maps.Keys(asked)))
	if err != nil {
		return nil, err
	}
	for id := range asked {
		if _, there := names[id]; !there {
			names[id] = nobody
		}
	}
	return names, nil
}

// nobody stands for who is gone from the system.
const nobody = "-"

// name is a person's name; who is gone from the system stays a view.
func (s *Server) name(c *call, id uuid.UUID) string {
	person, err := s.People.ByID(c.ctx(), id)
	if err != nil {
		return nobody
	}
	return person.Name
}

func recording(r media.Recording) contract.Recording {
	out := contract.Recording{
		ID: r.ID, ConversationID: r.ConversationID, State: contract.RecordingState(r.State),
		Origin: contract.RecordingOrigin(r.Origin), ContentType: r.ContentType, DurationMs: r.DurationMs,
		SizeBytes: r.SizeBytes, ReceivedBytes: r.ReceivedBytes, StartedAt: r.StartedAt,
		Scopes: scopes(r.Scopes), SharingOpensAt: &r.SharingOpensAt, ExpiresAt: r.ExpiresAt,
	}
	if r.Notice != media.NoNotice {
		notice := contract.RecordingNotice(r.Notice)
		out.Notice = &notice
	}
	if r.Paused {
		out.Paused = &r.Paused
	}
	if r.Waiting {
		out.Waiting = &r.Waiting
	}
	if r.Failure != "" {
		failure := contract.RecordingFailure(r.Failure)
		out.Failure = &failure
	}
	out.Can.Watch, out.Can.Annotate, out.Can.Erase = r.Can.Watch, r.Can.Annotate, r.Can.Erase
	return out
}
