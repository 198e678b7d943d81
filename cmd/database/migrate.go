package database

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"gorm.io/gorm"
)

//go:embed migrations
var migrations embed.FS

// Migrate brings the schema up to this program's version. Several processes
// may call it at once: on PostgreSQL a session lock lets one go first; on SQLite,
// which has none, who finds that another did a step looks again.
func Migrate(ctx context.Context, db *gorm.DB) error {
	provider, err := provider(db)
	if err != nil {
		return err
	}
	for {
		before, err := provider.GetDBVersion(ctx)
		if err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
		_, err = provider.Up(ctx)
		if err == nil {
			return nil
		}
		// Each step is a transaction: one that failed left nothing.
		if after, look := provider.GetDBVersion(ctx); look != nil || after <= before {
			return fmt.Errorf("migrate: %w", err)
		}
	}
}

// Pending says how many migrations the database still lacks.
func Pending(ctx context.Context, db *gorm.DB) (int, error) {
	provider, err := provider(db)
	if err != nil {
		return 0, err
	}
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return 0, err
	}
	return int(target - current), nil
}

func provider(db *gorm.DB) (*goose.Provider, error) {
	conn, err := db.DB()
	if err != nil {
		return nil, err
	}
	files, err := fs.Sub(migrations, "migrations/"+db.Name())
	if err != nil {
		return nil, err
	}
	if db.Name() == SQLite {
		return goose.NewProvider(goose.DialectSQLite3, conn, files)
	}
	// Who waits for another's migrations looks every second, for five minutes.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, conn, files, goose.WithSessionLocker(locker))
}
