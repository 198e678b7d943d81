package main

import (
	"context"

	"vakspiegel/api"
	"vakspiegel/cmd/config"
	"vakspiegel/cmd/database"
)

// listed are the settings as the administrator's screen shows them.
func listed(l config.Learning) []api.Setting {
	var settings []api.Setting
	for _, setting := range l.Listed() {
		settings = append(settings, api.Setting(setting))
	}
	return settings
}

// health asks each of what the program depends on. An oldest erasure that
// cannot be read is the database's fault, which is told.
func (a *App) health(ctx context.Context) api.Health {
	h := api.Health{Database: database.Ping(ctx, a.db), Store: a.store.Ping(ctx), Keys: a.keys.Ping(ctx), KeyHolders: a.keys.Answering(ctx)}
	if h.Database == nil {
		h.Waiting, h.Database = a.consent.OldestOwed(ctx)
	}
	return h
}
