package keyring

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// Holder is a place that keeps the key map, and nothing of its past.
type Holder interface {
	// Load returns the map. Errors: ErrNoKeys, ErrUnsafe, ErrDamaged,
	// ErrUnreachable.
	Load(ctx context.Context) (Map, error)
	// Store replaces the map if the holder is still at expectedGeneration (0:
	// has none), else ErrConflict. When it returns, the map is durable and the
	// one before cannot be read from the holder.
	Store(ctx context.Context, m Map, expectedGeneration int64) error
	// String names the holder, without secrets.
	String() string
}

// OpenHolder returns the holder that a setting names: "file:PATH". It does not
// touch it.
func OpenHolder(url string) (Holder, error) {
	scheme, rest, _ := strings.Cut(url, ":")
	switch {
	case scheme == "file" && rest != "":
		path, err := filepath.Abs(rest)
		if err != nil {
			return nil, fmt.Errorf("keyring: %w", err)
		}
		return &fileHolder{path: path}, nil
	case scheme == "file":
		return nil, fmt.Errorf(`keyring: %q names no file; write for example "file:/var/lib/vakspiegel-keys/keys.json"`, url)
	case scheme == "https":
		return nil, fmt.Errorf(`keyring: a key holder over https is not supported yet; use "file:PATH"`)
	default:
		return nil, fmt.Errorf(`keyring: unknown kind of key holder %q; use "file:PATH"`, scheme)
	}
}
