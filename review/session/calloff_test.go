package session

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/cmd/database/databasetest"
	"vakspiegel/policies"
)

func TestASessionWaitsADayAtMostForTheLettersThatCallItOff(t *testing.T) {
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	at := func(hours time.Duration) *time.Time {
		moment := now.Add(hours * time.Hour)
		return &moment
	}
	databasetest.Each(t, func(t *testing.T, db *gorm.DB) {
		person := policies.Person{ID: uuid.New(), Login: "iemand", Name: "Iemand"}
		must(t, policies.NewPeople(db).Save(t.Context(), nil, person))
		for name, c := range map[string]struct {
			state          State
			ended          *time.Time
			invitedFor     *time.Time
			removed        *time.Time
			want, callsOff bool
		}{
			"it goes on":                           {state: Preparing, invitedFor: at(48)},
			"it is off":                            {state: Cancelled, ended: at(-1), invitedFor: at(48), want: true, callsOff: true},
			"nobody was told":                      {state: Cancelled, ended: at(-1)},
			"its moment is over":                   {state: Cancelled, ended: at(-1), invitedFor: at(-1)},
			"it has been off for a day":            {state: Cancelled, ended: at(-24), invitedFor: at(48), callsOff: true},
			"they were taken out":                  {state: Preparing, invitedFor: at(48), removed: at(-1), want: true, callsOff: true},
			"they have been out for a day":         {state: Preparing, invitedFor: at(48), removed: at(-25), callsOff: true},
			"out for a day, and off since an hour": {state: Cancelled, ended: at(-1), invitedFor: at(48), removed: at(-25), want: true, callsOff: true},
			"it was held":                          {state: Finished, ended: at(-1), invitedFor: at(1)},
		} {
			t.Run(name, func(t *testing.T) {
				row := sessionRow{
					ID: uuid.New(), Round: 1, Rounds: 1, MakerID: person.ID, LeaderID: person.ID, Request: NotAsked, State: c.state, Place: AtDistance,
					Sealed: []byte{1}, Revealed: "[]", NextN: 1, Version: 1, CreatedAt: now, UpdatedAt: now, EndedAt: c.ended,
				}
				must(t, db.Create(&row).Error)
				must(t, db.Create(&personRow{SessionID: row.ID, PersonID: person.ID, AddedAt: now, RemovedAt: c.removed, InvitedFor: c.invitedFor}).Error)
				s := New(Config{DB: db, Clock: func() time.Time { return now }})
				due, err := s.lettersDue(db, row.ID)
				must(t, err)
				var off int64
				must(t, s.toCallOff(db).Where("s.id = ?", row.ID).Count(&off).Error)
				if due != c.want || off > 0 != c.callsOff {
					t.Errorf("due %v, called off %v", due, off > 0)
				}
			})
		}
	})
}
