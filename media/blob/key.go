package blob

import (
	"fmt"
	"strings"
)

// MaxKey is the longest key, in bytes: a temporary file of the folder store
// carries the whole key in its name.
const MaxKey = 200

// checkKey returns ErrKey unless key may name an object.
func checkKey(key string) error {
	if err := checkPrefix(key); err != nil {
		return err
	}
	if key == "" || strings.HasSuffix(key, "/") {
		return fmt.Errorf("%w: %q", ErrKey, key)
	}
	return nil
}

// checkPrefix returns ErrKey unless a key could begin with prefix.
func checkPrefix(prefix string) error {
	if len(prefix) > MaxKey || strings.HasPrefix(prefix, "/") || strings.HasPrefix(prefix, ".") ||
		strings.Contains(prefix, "//") || strings.Contains(prefix, "/.") || strings.Trim(prefix, keyBytes) != "" {
		return fmt.Errorf("%w: %q", ErrKey, prefix)
	}
	for i := range len(prefix) {
		if !strings.Contains(keyBytes, prefix[i:i+1]) {
			return fmt.Errorf("%w: %q", ErrKey, prefix)
		}
	}
	return nil
}

const keyBytes = "abcdefghijklmnopqrstuvwxyz0123456789._-/"
