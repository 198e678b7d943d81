// Package mailtest is a small real mail server on this machine, for tests: it
// speaks SMTP in plain and keeps what it is given in memory.
package mailtest

import (
	"bufio"
	"context"
	"net"
	"strings"
	"sync"
)

// Letter is one message as it came over the line.
type Letter struct{ From, To, Body string }

// Server takes mail until Close.
type Server struct {
	listener net.Listener
	mu       sync.Mutex
	letters  []Letter
	refuse   string
	hangUp   bool
}

// Start listens on a free port of this machine.
func Start(ctx context.Context) (*Server, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &Server{listener: listener}
	go s.accept()
	return s, nil
}

// URL is what SMTP_URL takes.
func (s *Server) URL() string { return "smtp://" + s.listener.Addr().String() }

// Close ends it: the next letter finds no server.
func (s *Server) Close() error { return s.listener.Close() }

// Letters are those taken so far.
func (s *Server) Letters() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Letter{}, s.letters...)
}

// Refuse answers every address that holds this with "550 no such user".
func (s *Server) Refuse(part string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = part
}

// HangUp makes it keep the next letters and break the connection without an answer.
func (s *Server) HangUp(hangUp bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hangUp = hangUp
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		go s.serve(conn)
	}
}

func (s *Server) serve(conn net.Conn) {
	defer conn.Close()
	lines := bufio.NewReader(conn)
	say := func(line string) { _, _ = conn.Write([]byte(line + "\r\n")) }
	say("220 mailtest ESMTP")
	var letter Letter
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimSpace(line)
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		switch verb {
		case "EHLO", "HELO":
			say("250 mailtest")
		case "MAIL":
			letter = Letter{From: line}
			say("250 ok")
		case "RCPT":
			letter.To = line
			say(s.recipient(line))
		case "DATA":
			say("354 go on")
			if !s.data(lines, &letter) {
				return
			}
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (s *Server) recipient(line string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse != "" && strings.Contains(line, s.refuse) {
		return "550 5.1.1 no such user: " + line // as servers do: it repeats the address
	}
	return "250 ok"
}

func (s *Server) data(lines *bufio.Reader, letter *Letter) bool {
	var body strings.Builder
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		body.WriteString(line)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	letter.Body = body.String()
	s.letters = append(s.letters, *letter)
	return !s.hangUp
}
