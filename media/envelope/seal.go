package envelope

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"

	"github.com/minio/sio"
)

// NewSealReader returns a reader of the sealed object of all that src holds,
// and the salt in its header, which the caller keeps beside the object's size.
// It reads src once, one package at a time. An error of src is passed on; what
// was read until then is not a sealed object.
func NewSealReader(src io.Reader, key Key, name Name) (io.Reader, Salt, error) {
	var salt Salt
	if _, err := rand.Read(salt[:]); err != nil {
		return nil, Salt{}, fmt.Errorf("envelope: no random bytes for a salt: %w", err)
	}
	r, err := sealReader(src, key, name, salt)
	return r, salt, err
}

func sealReader(src io.Reader, key Key, name Name, salt Salt) (io.Reader, error) {
	s, err := derive(key, name, salt)
	if err != nil {
		return nil, err
	}
	counted := &countingReader{src: src}
	nonce := s.nonce(false)
	body, err := sio.EncryptReader(counted, sio.Config{
		MinVersion: sio.Version20, MaxVersion: sio.Version20,
		CipherSuites: []byte{sio.AES_256_GCM},
		Key:          s.key[:],
		Nonce:        &nonce,
	})
	if err != nil {
		return nil, fmt.Errorf("envelope: %w", err)
	}
	end := &emptyEnd{counted: counted, secrets: s, salt: salt}
	return &stickyReader{src: io.MultiReader(bytes.NewReader(header(salt)), body, end)}, nil
}

// SealText seals a text that fits in memory. The empty text is a text.
func SealText(key Key, name Name, plain []byte) ([]byte, error) {
	r, _, err := NewSealReader(bytes.NewReader(plain), key, name)
	if err != nil {
		return nil, err
	}
	sealed := make([]byte, SealedSize(int64(len(plain))))
	if _, err := io.ReadFull(r, sealed); err != nil {
		return nil, fmt.Errorf("envelope: seal a text: %w", err)
	}
	// To its end, where sio overwrites the buffer that held the text.
	if _, err := io.Copy(io.Discard, r); err != nil {
		return nil, fmt.Errorf("envelope: seal a text: %w", err)
	}
	return sealed, nil
}

// emptyEnd follows the body: nothing, or the tag of an empty plaintext.
type emptyEnd struct {
	counted *countingReader
	secrets secrets
	salt    Salt
	rest    []byte
	begun   bool
}

func (e *emptyEnd) Read(p []byte) (int, error) {
	if !e.begun {
		e.begun = true
		if e.counted.n == 0 {
			tag, err := e.secrets.emptyTag(e.salt)
			if err != nil {
				return 0, err
			}
			e.rest = tag
		}
	}
	if len(e.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

type countingReader struct {
	src io.Reader
	n   int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	c.n += int64(n)
	return n, err
}

// stickyReader repeats the first error for ever. sio's readers may go on after
// one, with what was read before it lost.
type stickyReader struct {
	src io.Reader
	err error
}

func (s *stickyReader) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	n, err := s.src.Read(p)
	s.err = err
	return n, err
}
