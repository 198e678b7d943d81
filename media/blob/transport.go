package blob

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

// patience is how long a store may keep us waiting.
type patience struct {
	dial     time.Duration
	response time.Duration // for the first byte of an answer
	silence  time.Duration // while nothing moves on a connection in use
}

var usual = patience{dial: 3 * time.Second, response: 15 * time.Second, silence: 20 * time.Second}

// newTransport returns a transport that never waits for ever. It uses no proxy
// and no compression: an object store is a neighbour.
func newTransport(p patience) *http.Transport {
	dialer := &net.Dialer{Timeout: p.dial, KeepAlive: 15 * time.Second}
	return &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := dialer.DialContext(ctx, network, address)
			if err != nil {
				return nil, err
			}
			return &livelyConn{Conn: c, silence: p.silence}, nil
		},
		TLSHandshakeTimeout:   p.dial,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
		ResponseHeaderTimeout: p.response,
		ExpectContinueTimeout: time.Second,
		IdleConnTimeout:       p.silence / 2,
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
