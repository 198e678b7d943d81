package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"vakspiegel/cmd/bench/seed"
	"vakspiegel/cmd/database"
	"vakspiegel/cmd/database/throwaway"
	"vakspiegel/policies"
	"vakspiegel/review/session"
)

// Everyone looks at the same time: sessions of so many people, whose film is moved
// once a second for so long, through two servers where there can be two.
const (
	groups    = 20
	groupSize = 6
	moveEvery = time.Second
	moveFor   = 6 * time.Second
)

// following prints how long it takes until everyone's player knows that the film
// was moved, beside a bare stream of events that does the same from memory.
func following(ctx context.Context, dialect string) (err error) {
	dir, err := os.MkdirTemp("", "vakspiegel-follow-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	dsn, servers := "sqlite:"+filepath.Join(dir, "vakspiegel.db"), 1
	if dialect == database.Postgres {
		cluster, err := throwaway.Start(ctx)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, cluster.End()) }()
		if err := cluster.Create(ctx, "bench"); err != nil {
			return err
		}
		dsn, servers = cluster.DSN("bench"), 2
	}
	ours, err := followOurs(ctx, dsn, dir, servers)
	if err != nil {
		return err
	}
	bare, err := followBare(ctx)
	if err != nil {
		return err
	}
	name := func(p string) string {
		return fmt.Sprintf("following, %d × %d people, %s, %s", groups, groupSize, p, dialect)
	}
	return report(ctx, []measure{
		{name("p50"), "ms", constant(ours.at(50)), constant(bare.at(50)), false},
		{name("p99"), "ms", constant(ours.at(99)), constant(bare.at(99)), false},
	})
}

func constant(figure float64) func(context.Context) (float64, error) {
	return func(context.Context) (float64, error) { return figure, nil }
}

// delays are those of all followers, in ms, from the command to the event.
type delays []float64

// at is the percentile.
func (d delays) at(percent int) float64 {
	slices.Sort(d)
	return d[min(len(d)*percent/100, len(d)-1)]
}

// followOurs measures the product: sign-in, policy, database and all.
func followOurs(ctx context.Context, dsn, dir string, servers int) (d delays, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var sides []*rooms
	var running sync.WaitGroup
	defer func() {
		stop()
		running.Wait()
		for _, r := range sides {
			err = errors.Join(err, r.close())
		}
	}()
	for range servers {
		r, err := joinRooms(ctx, dsn, dir)
		if err != nil {
			return nil, err
		}
		sides = append(sides, r)
		running.Go(func() { r.front.Run(ctx) })
	}
	talks, err := talksOn(ctx, sides[0])
	if err != nil {
		return nil, err
	}
	var all []group
	for _, t := range talks {
		g, err := t.seats(ctx, sides)
		if err != nil {
			return nil, err
		}
		all = append(all, g)
	}
	return measureGroups(ctx, all)
}

// talk is a running session, its leader first.
type talk struct {
	id     uuid.UUID
	people []policies.Person
}

// talksOn makes the sessions: each with a whole film of its leader's.
func talksOn(ctx context.Context, r *rooms) (talks []talk, err error) {
	seeder, err := seed.New(ctx, r.db, r.holder)
	if err != nil {
		return nil, err
	}
	people, err := seeder.People(ctx, groups*groupSize)
	if err != nil {
		return nil, err
	}
	for members := range slices.Chunk(people, groupSize) {
		if err := seeder.Recordings(ctx, members[0].ID, 1); err != nil {
			return nil, err
		}
		if err := r.db.WithContext(ctx).Exec("UPDATE consent_records SET scopes = 'coach peers' WHERE owner_id = ?", members[0].ID).Error; err != nil {
			return nil, err
		}
		id, err := r.talk(ctx, members)
		if err != nil {
			return nil, err
		}
		talks = append(talks, talk{id, members})
	}
	return talks, nil
}

// talk goes the way of a session up to the step in which its film is looked at.
func (r *rooms) talk(ctx context.Context, members []policies.Person) (uuid.UUID, error) {
	leader := members[0].Actor()
	var recordings []uuid.UUID
	if err := r.db.WithContext(ctx).Table("recordings").Where("owner_id = ?", leader.ID).Limit(1).Pluck("id", &recordings).Error; err != nil {
		return uuid.Nil, err
	}
	soon := time.Now().Add(time.Hour)
	plan := session.Plan{
		Title: "Intervisie", Protocol: "videoclub", StartsAt: &soon,
		Pieces: []session.Piece{{RecordingID: recordings[0], Whole: true}},
	}
	for _, member := range members[1:] {
		plan.People = append(plan.People, member.ID)
	}
	made, err := r.together.Create(ctx, leader, plan)
	if err != nil {
		return uuid.Nil, err
	}
	for _, member := range members {
		if _, err := r.together.Agree(ctx, member.Actor(), made.ID, session.AgreementVersion); err != nil {
			return uuid.Nil, err
		}
	}
	if _, err := r.together.Prepare(ctx, leader, made.ID); err != nil {
		return uuid.Nil, err
	}
	if _, err := r.together.Start(ctx, leader, made.ID, session.Presence{}); err != nil {
		return uuid.Nil, err
	}
	return made.ID, r.together.GoTo(ctx, leader, made.ID, 1, nil)
}

// seats signs everyone in and lets them follow, in turn at each server.
func (t talk) seats(ctx context.Context, sides []*rooms) (group, error) {
	g := group{}
	for i, person := range t.people {
		side := sides[i%len(sides)]
		client, err := side.as(ctx, person.Login)
		if err != nil {
			return g, err
		}
		address := side.server.URL + "/api/v1/review-sessions/" + t.id.String()
		follower, err := listenTo(ctx, client, address+"/live")
		if err != nil {
			return g, err
		}
		g.followers = append(g.followers, follower)
		if i == 0 {
			g.client, g.method, g.address = client, http.MethodPut, address+"/film"
		}
	}
	return g, nil
}

// group is who leads, as a client, and the streams of all who follow.
type group struct {
	client          *http.Client
	method, address string
	followers       []<-chan arrival
}

// arrival is a film event: where the film is to be, and when that came.
type arrival struct {
	positionMs int64
	at         time.Time
}

// listenTo opens a stream of events and gives the films of it.
func listenTo(ctx context.Context, client *http.Client, address string) (<-chan arrival, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	response, err := client.Do(r) //nolint:bodyclose // ends with ctx
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", r.URL.Path, response.Status)
	}
	films, first := make(chan arrival, 64), make(chan struct{})
	go func() {
		defer func() { _ = response.Body.Close() }()
		begun := sync.OnceFunc(func() { close(first) })
		lines, kind := bufio.NewScanner(response.Body), ""
		for lines.Scan() {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				kind = name
			}
			data, ok := strings.CutPrefix(lines.Text(), "data: ")
			if !ok {
				continue
			}
			begun()
			var film struct{ PositionMs int64 }
			if kind == "film" && json.Unmarshal([]byte(data), &film) == nil {
				films <- arrival{film.PositionMs, time.Now()}
			}
		}
	}()
	select {
	case <-first:
		return films, nil
	case <-time.After(10 * time.Second):
		return nil, errors.New("a stream says nothing")
	}
}

// measureGroups moves the film in all groups, each at a moment of its own.
func measureGroups(ctx context.Context, all []group) (delays, error) {
	var mu sync.Mutex
	var total delays
	var failed error
	var moving sync.WaitGroup
	for i, g := range all {
		moving.Go(func() {
			wait(ctx, moveEvery*time.Duration(i)/time.Duration(len(all)))
			d, err := g.measure(ctx)
			mu.Lock()
			defer mu.Unlock()
			total, failed = append(total, d...), errors.Join(failed, err)
		})
	}
	moving.Wait()
	return total, failed
}

func (g group) measure(ctx context.Context) (d delays, err error) {
	for n := int64(1); n <= int64(moveFor/moveEvery); n++ {
		began := time.Now()
		body, err := json.Marshal(map[string]any{"n": 1, "positionMs": n, "playing": true, "rate": 1})
		if err != nil {
			return nil, err
		}
		header := http.Header{"Content-Type": {"application/json"}}
		if _, err := fetch(ctx, g.client, g.method, g.address, header, bytes.NewReader(body), http.StatusOK); err != nil {
			return nil, err
		}
		for _, films := range g.followers {
			arrived, err := await(films, n)
			if err != nil {
				return nil, err
			}
			d = append(d, float64(arrived.Sub(began).Microseconds())/1000)
		}
		wait(ctx, moveEvery-time.Since(began))
	}
	return d, nil
}

func await(films <-chan arrival, positionMs int64) (time.Time, error) {
	patience := time.After(10 * time.Second)
	for {
		select {
		case film := <-films:
			if film.positionMs == positionMs {
				return film.at, nil
			}
		case <-patience:
			return time.Time{}, errors.New("a follower was not told")
		}
	}
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
