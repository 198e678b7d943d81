package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/consent"
	"vakspiegel/media"
	"vakspiegel/policies"
)

// A film of two hours, as a phone with modest settings makes it, and pieces from
// its middle.
const (
	filmMinute = "-f lavfi -i testsrc2=size=640x360:rate=25:duration=60 -f lavfi -i anoisesrc=duration=60:amplitude=0.1" +
		" -c:v libx264 -preset ultrafast -g 50 -b:v 1M -minrate 1M -maxrate 1M -bufsize 1M -x264-params nal-hrd=cbr -c:a aac -b:a 96k"
	filmMinutes = 120
	pieceAt     = 61*time.Minute + 700*time.Millisecond
)

// cutting prints how long a fragment takes from being ordered to being ready:
// read, opened, cut, sealed, stored and entered. Bare is FFmpeg alone, from a
// plain file to a plain file.
func cutting(ctx context.Context) (err error) {
	dir, err := os.MkdirTemp("", "vakspiegel-cut-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	film, err := longFilm(ctx, dir)
	if err != nil {
		return err
	}
	r, err := joinRooms(ctx, "sqlite:"+filepath.Join(dir, "vakspiegel.db"), dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	if !r.media.CanCut() {
		return errors.New("there is no FFmpeg")
	}
	recording, err := r.take(ctx, film)
	if err != nil {
		return err
	}
	var table []measure
	for _, length := range []time.Duration{30 * time.Second, 5 * time.Minute} {
		table = append(table, measure{
			fmt.Sprintf("cut %v from a film of %d min", length, filmMinutes), "ms",
			func(ctx context.Context) (float64, error) { return r.cut(ctx, recording, length) },
			func(ctx context.Context) (float64, error) { return cutBare(ctx, film, length) }, false,
		})
	}
	return report(ctx, table)
}

// longFilm makes one minute and repeats it.
func longFilm(ctx context.Context, dir string) (path string, err error) {
	minute, path := filepath.Join(dir, "minute.mp4"), filepath.Join(dir, "film.mp4")
	if err := ffmpeg(ctx, append(strings.Fields(filmMinute), minute)...); err != nil {
		return "", err
	}
	return path, ffmpeg(ctx, "-stream_loop", strconv.Itoa(filmMinutes-1), "-i", minute, "-c", "copy", path)
}

func ffmpeg(ctx context.Context, args ...string) error {
	out, err := exec.CommandContext(ctx, "ffmpeg", append([]string{"-nostdin", "-v", "error", "-y"}, args...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("ffmpeg: %w: %s", err, out)
	}
	return nil
}

// take is a conversation with everyone's yes, and its film.
func (r *rooms) take(ctx context.Context, path string) (uuid.UUID, error) {
	noor := policies.Actor{Kind: policies.ActorPerson, ID: policies.DemoID("noor"), Roles: []policies.Role{policies.Klantmanager}}
	conversation, err := r.consent.Open(ctx, consent.NewConversation{OwnerID: noor.ID, HeldAt: time.Now(), Others: []consent.NewParticipant{{Role: consent.Citizen}}})
	if err != nil {
		return uuid.Nil, err
	}
	if err := r.consent.Yes(ctx, conversation.Participants[0].ID, consent.Answer{Method: "own_device", Language: "nl"}); err != nil {
		return uuid.Nil, err
	}
	film, err := os.Open(path)
	if err != nil {
		return uuid.Nil, err
	}
	defer func() { _ = film.Close() }()
	size, err := film.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = film.Seek(0, io.SeekStart)
	}
	if err != nil {
		return uuid.Nil, err
	}
	return r.media.Import(ctx, noor, media.NewUpload{
		Length: size, ConversationID: conversation.ID.String(), Filename: "film.mp4", Filetype: "video/mp4", StartedAt: time.Now().UTC().Format(time.RFC3339),
	}, film)
}

// cut has a fragment cut, and takes it away again.
func (r *rooms) cut(ctx context.Context, recording uuid.UUID, length time.Duration) (float64, error) {
	began := time.Now()
	var id uuid.UUID
	err := r.db.WithContext(ctx).Transaction(func(tx *gorm.DB) (err error) {
		id, err = r.media.OrderCut(ctx, tx, recording, pieceAt.Milliseconds(), (pieceAt + length).Milliseconds())
		return err
	})
	if err == nil {
		err = r.media.CutOwed(ctx)
	}
	took := milliseconds(began)
	if err != nil {
		return 0, err
	}
	cuts, err := r.media.Cuts(ctx, r.db, []uuid.UUID{id})
	if err == nil && cuts[id].State != media.CutReady {
		err = fmt.Errorf("the cut is %s: %s", cuts[id].State, cuts[id].Failure)
	}
	return took, errors.Join(err, r.media.DropCuts(ctx, r.db, id), r.media.EraseCuts(ctx))
}

func cutBare(ctx context.Context, film string, length time.Duration) (float64, error) {
	began := time.Now()
	err := ffmpeg(ctx, "-ss", fmt.Sprint(pieceAt.Seconds()), "-i", film, "-t", fmt.Sprint(length.Seconds()), "-c", "copy", filepath.Join(filepath.Dir(film), "bare.mp4"))
	return milliseconds(began), err
}
