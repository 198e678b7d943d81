package database

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// maxConns leaves room for several replicas under PostgreSQL's default of 100.
const maxConns = 20

// Who is gone without a word, because a machine lost its power or its network, keeps
// nobody waiting for long.
const (
	// idleTerm is how long PostgreSQL holds the locks of a transaction that does
	// nothing: of a server that is gone or stands still. Ours never wait in one for
	// anything but the keys; requests wait for a lock up to 15 s.
	idleTerm = 10 * time.Second
	// answerTerm is how long a connection may leave what was sent unacknowledged
	// before it counts as broken; the system's own term is a quarter of an hour.
	answerTerm = 20 * time.Second
)

func openPostgres(dsn string) (*gorm.DB, error) {
	config := gormConfig()
	config.DisableAutomaticPing = true
	to, err := parsePostgres(dsn)
	if err != nil {
		return nil, err
	}
	conn := stdlib.OpenDB(*to, stdlib.OptionAfterConnect(func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, fmt.Sprintf("SET idle_in_transaction_session_timeout = %d", idleTerm.Milliseconds()))
		return err
	}))
	conn.SetMaxOpenConns(maxConns)
	conn.SetMaxIdleConns(maxConns / 2)
	conn.SetConnMaxIdleTime(5 * time.Minute)
	db, err := gorm.Open(postgres.New(postgres.Config{Conn: conn}), config)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return db, nil
}

// parsePostgres reads a database URL. Its error does not quote it, as that of pgx may.
func parsePostgres(dsn string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, errors.New("database URL cannot be read")
	}
	dialer := net.Dialer{Timeout: answerTerm, Control: answersWithin(answerTerm)}
	config.DialFunc = dialer.DialContext
	return config, nil
}
