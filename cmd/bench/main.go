package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/alecthomas/kong"

	"vakspiegel/cmd/database"
)

// rounds is how often each side is measured; the median counts.
const rounds = 5

// megabytes is the size of the film that is sent and watched.
const megabytes = 96

// measure is one line of the table: the same work, ours and bare.
type measure struct {
	name       string
	unit       string
	ours, bare func(context.Context) (float64, error) // in unit
	more       bool                                   // more is better
}

type commands struct {
	Run  runCommand  `cmd:"" default:"withargs" help:"Measure and print the table."`
	Seed seedCommand `cmd:"" help:"Fill the folder of a demo with much."`
}

func main() {
	var c commands
	parsed := kong.Parse(&c, kong.Name("bench"), kong.UsageOnError(), kong.BindTo(context.Background(), (*context.Context)(nil)))
	if err := parsed.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type runCommand struct {
	Film   bool `help:"A film, sent and watched." default:"true" negatable:""`
	Cut    bool `help:"Fragments, cut from a film of two hours." default:"true" negatable:""`
	Many   bool `help:"Many notes, recordings and sessions, on SQLite and PostgreSQL." default:"true" negatable:""`
	Follow bool `help:"Following one film in many sessions, on SQLite and PostgreSQL." default:"true" negatable:""`
}

// Run measures and prints each part as it is done.
func (c runCommand) Run(ctx context.Context) error {
	if c.Film {
		if err := film(ctx); err != nil {
			return err
		}
	}
	if c.Cut {
		if err := cutting(ctx); err != nil {
			return err
		}
	}
	for _, dialect := range []string{database.SQLite, database.Postgres} {
		if c.Follow {
			if err := following(ctx, dialect); err != nil {
				return fmt.Errorf("%s: %w", dialect, err)
			}
		}
		if c.Many {
			if err := manyLines(ctx, dialect); err != nil {
				return fmt.Errorf("%s: %w", dialect, err)
			}
		}
	}
	return nil
}

func manyLines(ctx context.Context, dialect string) (err error) {
	m, end, err := manyOn(ctx, dialect)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	table, err := m.table(ctx)
	if err != nil {
		return err
	}
	return report(ctx, table)
}

func film(ctx context.Context) (err error) {
	sample, err := os.ReadFile("cmd/vakspiegel/demo/gesprek.mp4")
	if err != nil {
		return fmt.Errorf("run it from the top of the checkout: %w", err)
	}
	film := padded(sample, megabytes<<20)
	product, err := start(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, product.stop()) }()
	bare, err := newBare(film)
	if err != nil {
		return err
	}
	defer bare.close()
	conversation, err := product.consented(ctx)
	if err != nil {
		return err
	}
	recording := ""
	return report(ctx, []measure{
		{"send a film", "MB/s", func(ctx context.Context) (rate float64, err error) {
			recording, rate, err = product.send(ctx, conversation, film)
			return rate, err
		}, bare.send(film), true},
		{"watch a film", "MB/s", func(ctx context.Context) (float64, error) { return product.watch(ctx, recording) }, bare.watch, true},
		{"begin in the middle", "ms", func(ctx context.Context) (float64, error) { return product.seek(ctx, recording) }, bare.seek, false},
	})
}

// padded is the film with a box of padding behind it (ISO/IEC 14496-12, 8.1.2).
func padded(film []byte, size int) []byte {
	padding := make([]byte, size-len(film))
	n := len(padding)
	copy(padding, []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n), 'f', 'r', 'e', 'e'})
	return append(bytes.Clone(film), padding...)
}

func report(ctx context.Context, table []measure) error {
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 3, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "work\tunit\tVakspiegel\tbare\tratio\t")
	for _, m := range table {
		ours, err := median(ctx, m.ours)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		bare, err := median(ctx, m.bare)
		if err != nil {
			return fmt.Errorf("%s, bare: %w", m.name, err)
		}
		ratio := ours / bare
		if m.more {
			ratio = bare / ours
		}
		fmt.Fprintf(out, "%s\t%s\t%.2f\t%.2f\t%.1f times as slow\t\n", m.name, m.unit, ours, bare, ratio)
	}
	return out.Flush()
}

func median(ctx context.Context, once func(context.Context) (float64, error)) (float64, error) {
	figures := make([]float64, rounds)
	for i := range figures {
		figure, err := once(ctx)
		if err != nil {
			return 0, err
		}
		figures[i] = figure
	}
	slices.Sort(figures)
	return figures[rounds/2], nil
}

// rate is megabytes a second.
func rate(n int, since time.Time) float64 { return float64(n) / 1e6 / time.Since(since).Seconds() }

func milliseconds(since time.Time) float64 { return float64(time.Since(since).Microseconds()) / 1000 }
