package blob

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

// How long a store may keep us waiting.
const (
	dialTimeout     = 3 * time.Second
	tlsTimeout      = 5 * time.Second
	responseTimeout = 15 * time.Second
	// silence is how long nothing may move on a connection in use.
	silence = 20 * time.Second
)

// newTransport returns a transport that never waits for ever. It uses no proxy
// and no compression: an object store is a neighbour.
func newTransport() *http.Transport {
	dialer := &net.Dialer{Timeout: dialTimeout, KeepAlive: 15 * time.Second}
	return &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &livelyConn{Conn: c, silence: silence}, nil
		},
		TLSHandshakeTimeout:   tlsTimeout,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
		ResponseHeaderTimeout: responseTimeout,
		ExpectContinueTimeout: time.Second,
		IdleConnTimeout:       silence / 2,
		MaxIdleConns:          256,
		MaxIdleConnsPerHost:   64,
		DisableCompression:    true,
	}
}

// livelyConn is cut when nothing moves on it for too long. Every read and write
// moves the deadline of both, also of a read that waits already.
type livelyConn struct {
	net.Conn
	silence time.Duration
}

func (c *livelyConn) Read(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.silence)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

func (c *livelyConn) Write(p []byte) (int, error) {
	if err := c.SetDeadline(time.Now().Add(c.silence)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}
