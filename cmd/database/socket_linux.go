package database

import (
	"errors"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// answersWithin has the system break a connection whose other end does not
// acknowledge what was sent (TCP_USER_TIMEOUT, tcp(7)).
func answersWithin(term time.Duration) func(network, address string, conn syscall.RawConn) error {
	return func(network, _ string, conn syscall.RawConn) (err error) {
		if network == "unix" {
			return nil
		}
		failed := conn.Control(func(fd uintptr) {
			err = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(term.Milliseconds()))
		})
		return errors.Join(failed, err)
	}
}
