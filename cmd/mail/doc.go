// Package mail hands letters to the municipality's mail server (SMTP). It keeps
// none, and its errors name no address: a mail server likes to repeat one.
//
// smtps://USER:PASS@HOST:465 speaks TLS from the first byte, smtp://…:587 must be
// offered STARTTLS. Plain is for this machine alone (loopback).
package mail
