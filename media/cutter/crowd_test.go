package cutter

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"testing"
	"time"

	"vakspiegel/media/cutter/cuttertest"
)

// repeating is a film of 5 kB whose index names them as picture after picture:
// 1.2 GB in 15 s.
func repeating(t *testing.T) cuttertest.Film {
	t.Helper()
	const sample, count = 5_000, 240_000
	film := cuttertest.Make(t, "video/mp4", "like.mp4", "-c:v libx264 -preset ultrafast -g 30 -an -vf scale=32:32")
	like, first := film.Data, cuttertest.Packets(t, film.Data)[0]
	of := func(kind string) []byte { // the first box of a kind
		at := bytes.Index(like, []byte(kind)) - 4
		return like[at : at+int(binary.BigEndian.Uint32(like[at:]))]
	}
	numbers := func(all ...uint32) (b []byte) {
		for _, n := range all {
			b = binary.BigEndian.AppendUint32(b, n)
		}
		return b
	}
	box := func(kind string, parts ...[]byte) []byte {
		body := bytes.Join(parts, nil)
		return bytes.Join([][]byte{numbers(uint32(len(body) + 8)), []byte(kind), body}, nil) //nolint:gosec // a small one
	}
	// A picture, and what H.264 calls filler data.
	picture := like[first.Start : first.Start+first.Length]
	filler := sample - len(picture) - 4
	picture = bytes.Join([][]byte{picture, numbers(uint32(filler)), {12}, bytes.Repeat([]byte{0xff}, filler-1)}, nil) //nolint:gosec // a small one
	begins := uint32(len(of("ftyp")) + 8)                                                                             //nolint:gosec // a small one
	places := numbers(0, count)
	for range count {
		places = append(places, numbers(begins)...)
	}
	index := box("stbl", of("stsd"), box("stts", numbers(0, 1, count, 1)), box("stsc", numbers(0, 1, 1, 1, 1)), box("stsz", numbers(0, sample, count)), box("stco", places))
	track := box("trak", of("tkhd"), box("mdia", of("mdhd"), of("hdlr"), box("minf", of("vmhd"), of("dinf"), index)))
	return cuttertest.Film{Data: bytes.Join([][]byte{of("ftyp"), box("mdat", picture), box("moov", of("mvhd"), track)}, nil)}
}

// Invariant 2: a film can have FFmpeg write much more than there is to read, while
// the store takes its time.
func TestAFilmThatSaysTheSameAgainAndAgainFillsNoMemory(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	_, err := found(t).Cut(ctx, repeating(t), Order{Format: MP4, From: 0, To: 15 * time.Second, MaxSize: 4 << 30,
		Keep: func(ctx context.Context, _ int64, _ []byte) error { <-ctx.Done(); return ctx.Err() }})
	if !errors.Is(err, errCrowded) {
		t.Fatalf("got %v", err)
	}
}
