package envelope

import (
	"errors"
	"fmt"
)

var (
	// ErrDamaged: the bytes are not what was sealed under this key and name.
	ErrDamaged = errors.New("envelope: the sealed content is damaged, or belongs to another key or place")
	// ErrRange: the range is not within the plaintext.
	ErrRange = errors.New("envelope: the range is not within the content")
)

const (
	magic      = "vkspgl\x00"
	version    = 1
	headerSize = len(magic) + 1 + SaltSize

	// PackageSize is the plaintext of a full package, in bytes. Ranges that
	// begin and end on multiples of it read nothing in vain.
	PackageSize = 64 << 10

	packageOverhead = 32
	sealedPackage   = PackageSize + packageOverhead
	packageHeader   = 16
	tagSize         = 16
	finalBit        = 0x80

	// MaxPlainSize is the largest plaintext of one object, in bytes (256 TiB):
	// DARE counts packages in 32 bits.
	MaxPlainSize = int64(PackageSize) << 32
)

// header returns the first bytes of a sealed object.
func header(salt Salt) []byte {
	h := make([]byte, 0, headerSize)
	h = append(h, magic...)
	h = append(h, version)
	return append(h, salt[:]...)
}

// SealedSize returns the size of a sealed object from that of its plaintext,
// both in bytes. It panics on a size below 0 or above [MaxPlainSize], which no
// content has.
func SealedSize(plain int64) int64 {
	if plain < 0 || plain > MaxPlainSize {
		panic(fmt.Sprintf("envelope: no content has %d bytes", plain))
	}
	return int64(headerSize) + bodySize(plain)
}

func bodySize(plain int64) int64 {
	if plain == 0 {
		return tagSize
	}
	return plain + packages(plain)*packageOverhead
}

func packages(plain int64) int64 { return (plain + PackageSize - 1) / PackageSize }

// PlainSize returns the size of the plaintext from that of the sealed object,
// both in bytes, or [ErrDamaged] if no plaintext seals to that size.
func PlainSize(sealed int64) (int64, error) {
	body := sealed - int64(headerSize)
	if body == tagSize {
		return 0, nil
	}
	if body <= packageOverhead || sealed > SealedSize(MaxPlainSize) {
		return 0, fmt.Errorf("%w: no content seals to %d bytes", ErrDamaged, sealed)
	}
	n := (body + sealedPackage - 1) / sealedPackage
	plain := body - n*packageOverhead
	if plain < 1 || bodySize(plain) != body {
		return 0, fmt.Errorf("%w: no content seals to %d bytes", ErrDamaged, sealed)
	}
	return plain, nil
}
