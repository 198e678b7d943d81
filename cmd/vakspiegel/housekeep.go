package main

import (
	"context"
	"errors"
	"time"

	"vakspiegel/cmd/database"
)

const (
	reconcileEvery = 2 * time.Second
	sweepEvery     = 10 * time.Minute
	inviteEvery    = time.Minute
)

// housekeep does what is owed outside media: confirmations that a store that
// was down delayed, and what has outlived its term.
func (a *App) housekeep(ctx context.Context) {
	reconcile, sweep := time.NewTicker(reconcileEvery), time.NewTicker(sweepEvery)
	defer reconcile.Stop()
	defer sweep.Stop()
	a.sweep(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case <-reconcile.C:
			a.try(ctx, "asking the database's time", func(ctx context.Context) error { return a.clock.ask(ctx, a.db) })
			a.try(ctx, "confirming closings", a.consent.Reconcile)
			a.try(ctx, "removing deleted notes", a.review.Purge)
			a.try(ctx, "forgetting sessions without recordings", a.together.Forget)
			a.try(ctx, "mixing signals", a.signals.Mix)
		case <-sweep.C:
			a.sweep(ctx)
		}
	}
}

// post sends the letters that are owed. It has a loop of its own: a mail server may
// take its time, and nothing that closes or erases waits for it.
func (a *App) post(ctx context.Context) {
	if a.mailer == nil {
		return
	}
	invite, remind := time.NewTicker(inviteEvery), time.NewTicker(sweepEvery)
	defer invite.Stop()
	defer remind.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-invite.C:
			a.try(ctx, "sending invitations", a.invite)
		case <-remind.C:
			a.try(ctx, "sending reminders", a.remind)
		}
	}
}

// remind sends the reminders whose time has come.
func (a *App) remind(ctx context.Context) error {
	return a.consent.Remind(ctx, a.mailer, a.api.Reminder)
}

// invite sends the invitations that are owed, and calls off what is off.
func (a *App) invite(ctx context.Context) error {
	return errors.Join(a.together.CallOff(ctx, a.mailer, a.api.CallOff), a.together.Invite(ctx, a.mailer, a.api.Invitation))
}

func (a *App) sweep(ctx context.Context) {
	a.try(ctx, "sweeping consent", a.consent.Sweep)
	a.try(ctx, "sweeping sessions", a.sessions.Sweep)
	a.try(ctx, "sweeping signals", a.signals.Sweep)
	a.try(ctx, "ending sessions", a.together.Sweep)
	a.try(ctx, "purging the audit log", func(ctx context.Context) error { _, err := a.audit.Purge(ctx); return err })
	a.try(ctx, "emptying the database's log", func(ctx context.Context) error { return database.Compact(ctx, a.db) })
	a.try(ctx, "purging relations", func(ctx context.Context) error { _, err := a.people.PurgeEvaluators(ctx); return err })
}

func (a *App) try(ctx context.Context, what string, do func(context.Context) error) {
	if err := do(ctx); err != nil && ctx.Err() == nil {
		a.settings.Log.WarnContext(ctx, "housekeeping failed and will be tried again", "what", what, "error", err)
	}
}
