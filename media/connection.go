package media

import (
	"net"
)

// sendBuffer is what we ask the kernel to hold of a stream, in bytes. Linux
// grants twice of it (socket(7)), 128 KiB, and goes on sending that after a
// process was frozen (trust.md P1).
const sendBuffer = 64 << 10

// HoldConnection makes a connection forget what it has not sent yet when it is
// closed, and keeps that little. It is called before the first write of a
// stream: after a timed-out write the library closes the socket itself. restore
// is called when the stream ended as it should, so that its last bytes arrive.
// A connection that is not TCP is left as it is.
func HoldConnection(conn net.Conn) (restore func()) {
	for {
		inner, ok := conn.(interface{ NetConn() net.Conn })
		if !ok {
			break
		}
		conn = inner.NetConn()
	}
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return func() {}
	}
	_ = tcp.SetWriteBuffer(sendBuffer)
	_ = tcp.SetLinger(0)
	return func() { _ = tcp.SetLinger(-1) }
}
