package media

import (
	"errors"
	"fmt"
	"strings"
)

// Errors of this room. Every method names those it returns; what else comes is
// the database's own.
var (
	// ErrNotFound: no such recording or upload for this person. Not there, not
	// yours, closed and erased look the same.
	ErrNotFound = errors.New("media: not found")
	// ErrConsentMissing: not everyone in the room had said yes when filming began.
	ErrConsentMissing = errors.New("media: consent is missing")
	// ErrUnconfirmed: it was asked ahead, and nobody said at the table that it still holds.
	ErrUnconfirmed = errors.New("media: asked ahead and not confirmed")
	// ErrInvalid: the input has faults; see InvalidError.
	ErrInvalid = errors.New("media: invalid input")
	// ErrTooLarge: more bytes than a recording may have.
	ErrTooLarge = errors.New("media: too large")
	// ErrLength: more bytes came than were declared.
	ErrLength = errors.New("media: longer than declared")
	// ErrOffset: the bytes do not begin where those that arrived end.
	ErrOffset = errors.New("media: wrong offset")
	// ErrNotVideo: by its first bytes it is no film and no sound.
	ErrNotVideo = errors.New("media: not a video")
	// ErrUnplayable: it is a film, in a container that no browser plays.
	ErrUnplayable = errors.New("media: a container that browsers do not play")
	// ErrLocked: another request is busy with this upload.
	ErrLocked = errors.New("media: the upload is in use")
	// ErrUnavailable: the store or a key holder is down. Trying again may help.
	ErrUnavailable = errors.New("media: not available now")
	// ErrRange: several ranges, or one that is not in the film (RFC 9110, 15.5.17).
	ErrRange = errors.New("media: range not satisfiable")
	// ErrLeaseOver: the right to hand out bytes has ended.
	ErrLeaseOver = errors.New("media: the lease is over")
	// ErrDamaged: what is stored is not what was sealed.
	ErrDamaged = errors.New("media: the stored film is damaged")
	// ErrKeyGone: the data key was deleted or its epoch destroyed: nobody can
	// open this any more.
	ErrKeyGone = errors.New("media: the key is gone")
	// ErrTusVersion: the request is not of tus 1.0.0.
	ErrTusVersion = errors.New("media: tus version is not 1.0.0")
	// ErrContentType: a PATCH is not application/offset+octet-stream.
	ErrContentType = errors.New("media: wrong content type")
	// ErrMethod: not a method of uploads.
	ErrMethod = errors.New("media: method not allowed")
	// ErrInterrupted: the connection broke; what arrived is kept.
	ErrInterrupted = errors.New("media: the connection broke")
)

// Fault is one thing wrong with an input. Code is stable.
type Fault struct {
	Field  string
	Code   string
	Detail string
}

// InvalidError is ErrInvalid with all faults of an input at once.
type InvalidError struct{ Faults []Fault }

func (e *InvalidError) Error() string {
	fields := make([]string, len(e.Faults))
	for i, fault := range e.Faults {
		fields[i] = fault.Field + " " + fault.Code
	}
	return fmt.Sprintf("%v: %s", ErrInvalid, strings.Join(fields, ", "))
}

// Is makes errors.Is find ErrInvalid.
func (e *InvalidError) Is(target error) bool { return target == ErrInvalid }
