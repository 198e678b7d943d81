// Command vakspiegel is the whole of Vakspiegel in one program: a demo that
// needs nothing but itself, and the server of an installation.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

type commands struct {
	Demo    demoCommand    `cmd:"" help:"Try it: SQLite, a folder and demo people, on this machine only."`
	Serve   serveCommand   `cmd:"" help:"Run an installation, configured by VAKSPIEGEL_… variables."`
	Migrate migrateCommand `cmd:"" help:"Bring the database up to this version."`
	Check   checkCommand   `cmd:"" help:"Check the settings, the database, the store and the keys."`
	People  peopleCommand  `cmd:"" help:"The people of an installation."`
	Receipt receiptCommand `cmd:"" help:"Consent receipts and statements of erasure."`
	Version versionCommand `cmd:"" help:"Print the version and the hash of the policy."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c commands
	parsed := kong.Parse(&c, kong.Name("vakspiegel"), kong.UsageOnError(),
		kong.Description("A learning tool for conversations: consent that holds, recordings that are safe."),
		kong.BindTo(ctx, (*context.Context)(nil)))
	if err := parsed.Run(); err != nil {
		fmt.Fprintf(os.Stderr, "vakspiegel: %v\n", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop has run: nothing is left to defer
	}
}
