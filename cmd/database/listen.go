package database

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// listenRetry is how long after a broken connection the next one is tried.
	listenRetry = 500 * time.Millisecond
	// listenCheck is how often a silent connection is asked whether it still is one.
	listenCheck = 15 * time.Second
)

// Listen calls heard with every NOTIFY on the channel of the PostgreSQL database at
// dsn, and with "" at every new connection, since what is said meanwhile is lost. It has a
// connection of its own, connects again when that breaks (failed is told why) and
// returns when ctx ends.
func Listen(ctx context.Context, dsn, channel string, heard func(payload string), failed func(error)) {
	for ctx.Err() == nil {
		err := listen(ctx, dsn, channel, heard)
		if ctx.Err() != nil {
			return
		}
		failed(err)
		select {
		case <-ctx.Done():
		case <-time.After(listenRetry):
		}
	}
}

func listen(ctx context.Context, dsn, channel string, heard func(string)) error {
	conn, err := connectListener(ctx, dsn)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = conn.Close(closing)
	}()
	if _, err := conn.Exec(ctx, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	for payload := ""; ; {
		heard(payload)
		if payload, err = await(ctx, conn); err != nil {
			return fmt.Errorf("listen: %w", err)
		}
	}
}

func connectListener(ctx context.Context, dsn string) (*pgx.Conn, error) {
	config, err := parsePostgres(dsn)
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["application_name"] = "vakspiegel listens"
	ctx, cancel := context.WithTimeout(ctx, listenCheck)
	defer cancel()
	return pgx.ConnectConfig(ctx, config)
}

// await returns the next notification. A connection that is silent may be
// dead: it is asked now and then.
func await(ctx context.Context, conn *pgx.Conn) (payload string, err error) {
	for {
		silent, cancel := context.WithTimeout(ctx, listenCheck)
		told, err := conn.WaitForNotification(silent)
		cancel()
		if err == nil {
			return told.Payload, nil
		}
		if ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded) {
			return "", err
		}
		asking, cancel := context.WithTimeout(ctx, listenCheck)
		err = conn.Ping(asking)
		cancel()
		if err != nil {
			return "", err
		}
	}
}
