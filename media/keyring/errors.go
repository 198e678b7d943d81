package keyring

import "errors"

var (
	// ErrNoKeys: a holder has no key map. Nothing makes one but Init.
	ErrNoKeys = errors.New("keyring: no key map")
	// ErrEpochGone: that epoch key was destroyed; what it wrapped is erased.
	ErrEpochGone = errors.New("keyring: that epoch key was destroyed")
	// ErrOlderThanDatabase: the key map does not know an epoch that the
	// database has seen. It was put back from a copy, or is another
	// installation's. Nothing is erased by this; the newest key map opens all.
	ErrOlderThanDatabase = errors.New("keyring: the key map is older than the database")
	// ErrNotWrapped: the wrap is damaged, or another subject's or epoch's.
	ErrNotWrapped = errors.New("keyring: not a wrap of this subject and epoch")
	// ErrForked: two holders have different keys for one epoch.
	ErrForked = errors.New("keyring: the key holders contradict each other; put the right one's copy in place of the other, or remove the wrong one")
	// ErrConflict: another process changed the key map at the same time.
	ErrConflict = errors.New("keyring: the key map was changed at the same time")
	// ErrUnreachable: a holder cannot be read or written.
	ErrUnreachable = errors.New("keyring: a key holder cannot be reached")
	// ErrUnsafe: a holder's file or folder can be read by others.
	ErrUnsafe = errors.New("keyring: the key file is not safe")
	// ErrDamaged: a holder's content is not a key map.
	ErrDamaged = errors.New("keyring: the key map is damaged")
	// ErrExists: Init found a key map that it would have replaced.
	ErrExists = errors.New("keyring: there is a key map already")
)
