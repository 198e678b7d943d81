package database

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// ErrDSN says that a database URL is of no known form.
var ErrDSN = errors.New("database URL must be postgres://… or sqlite:PATH")

// Dialect names, as gorm gives them in (*gorm.DB).Name().
const (
	Postgres = "postgres"
	SQLite   = "sqlite"
)

// Open connects to the database at dsn and checks that it answers. It does
// not migrate. Errors: ErrDSN, or what the driver says (never the password).
func Open(ctx context.Context, dsn string) (*gorm.DB, error) {
	db, err := open(dsn)
	if err != nil {
		return nil, err
	}
	if err := Ping(ctx, db); err != nil {
		return nil, errors.Join(err, Close(db))
	}
	return db, nil
}

func open(dsn string) (*gorm.DB, error) {
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok && path != "" {
		return openSQLite(path)
	}
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		return openPostgres(dsn)
	}
	return nil, ErrDSN
}

func gormConfig() *gorm.Config {
	return &gorm.Config{
		TranslateError:         true,
		SkipDefaultTransaction: true,
		NowFunc:                func() time.Time { return time.Now().UTC() },
		Logger:                 logger.Discard,
	}
}

// Ping asks the primary for an answer; it says whether work can go on.
func Ping(ctx context.Context, db *gorm.DB) error {
	conn, err := db.DB()
	if err != nil {
		return err
	}
	if err := conn.PingContext(ctx); err != nil {
		return fmt.Errorf("database does not answer: %w", err)
	}
	return nil
}

// Close ends every connection, the readers' too.
func Close(db *gorm.DB) error {
	var errs []error
	if readers, ok := db.Config.Plugins[readersName].(*readers); ok {
		errs = append(errs, readers.conn.Close())
	}
	conn, err := db.DB()
	if err != nil {
		return errors.Join(append(errs, err)...)
	}
	return errors.Join(append(errs, conn.Close())...)
}
