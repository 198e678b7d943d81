package protocol

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// ErrInvalid says that a protocol cannot be used; the message of what wraps it
// names file, line and what to write.
var ErrInvalid = errors.New("protocol: invalid")

// Fault is one thing that is wrong in a file.
type Fault struct {
	File  string
	Line  int    // from 1
	Field string // as in steps[2].gate; "" for the file as a whole
	Says  string // what to do
}

// Error implements error.
func (f Fault) Error() string {
	where := fmt.Sprintf("%s:%d: ", f.File, f.Line)
	if f.Field != "" {
		where += f.Field + " "
	}
	return where + f.Says
}

// Unwrap makes a fault an ErrInvalid.
func (f Fault) Unwrap() error { return ErrInvalid }

// joined is all faults in the order of the lines, nil when there are none.
func joined(faults []Fault) error {
	slices.SortStableFunc(faults, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	errs := make([]error, len(faults))
	for i, fault := range faults {
		errs[i] = fault
	}
	return errors.Join(errs...)
}
