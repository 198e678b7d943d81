package database

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// Unavailable reports whether err means that the database cannot be reached
// or cannot work now, so that the caller answers 503 and the client tries
// again, instead of 500.
func Unavailable(err error) bool {
	if err == nil {
		return false
	}
	var network net.Error
	var connect *pgconn.ConnectError
	if errors.As(err, &network) || errors.As(err, &connect) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, io.ErrUnexpectedEOF) {
		return true
	}
	var server *pgconn.PgError
	if errors.As(err, &server) {
		// Classes of PostgreSQL's appendix A: connection, rolled back for another
		// transaction, resources, operator, system.
		class := server.Code[:2]
		return class == "08" || class == "40" || class == "53" || class == "57" || class == "58" ||
			server.Code == "25006" || server.Code == "25P03" // a standby; a transaction that stood still (idleTerm)
	}
	return strings.Contains(err.Error(), "conn closed") || sqliteUnavailable(err)
}
