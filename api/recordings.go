package api

import (
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"vakspiegel/api/contract"
	"vakspiegel/media"
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
	views = merged(views)
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

// merged makes one view of the pieces of a look. views are newest first.
func merged(views []media.View) []media.View {
	var looks []media.View
	for _, v := range views {
		if n := len(looks) - 1; n >= 0 {
			last := &looks[n]
			if last.ActorID == v.ActorID && last.Purpose == v.Purpose && last.At.Sub(v.At) < oneLook {
				last.At = v.At
				continue
			}
		}
		looks = append(looks, v)
	}
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
