package envelope

import (
	"bytes"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/minio/sio"
)

// OpenText opens what [SealText] sealed. Errors: [ErrDamaged].
func OpenText(key Key, name Name, sealed []byte) ([]byte, error) {
	plainSize, err := PlainSize(int64(len(sealed)))
	if err != nil {
		return nil, err
	}
	salt := Salt(sealed[headerSize-SaltSize : headerSize])
	if !bytes.Equal(sealed[:headerSize], header(salt)) {
		return nil, fmt.Errorf("%w: not an object of this format", ErrDamaged)
	}
	span, err := SpanOf(plainSize, 0, plainSize)
	if err != nil {
		return nil, err
	}
	r, err := OpenSpan(bytes.NewReader(sealed[headerSize:]), key, name, salt, span)
	if err != nil {
		return nil, err
	}
	plain := make([]byte, plainSize)
	if _, err := io.ReadFull(r, plain); err != nil {
		return nil, err
	}
	if _, err := r.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
		return nil, err
	}
	return plain, nil
}

// Span says which bytes of a sealed object hold a range of its plaintext.
type Span struct {
	Offset, Length int64 // of the sealed object, in bytes: one ranged read

	plainSize int64 // of the whole plaintext
	first     int64 // number of the first package
	skip      int64 // plaintext bytes of it that were not asked for
	n         int64 // plaintext bytes asked for
}

// SpanOf returns what must be read for the n bytes at off of a plaintext of
// plainSize bytes. n is at least 1, except that an empty plaintext has the one
// range (0, 0), which reads its tag. Errors: [ErrRange].
func SpanOf(plainSize, off, n int64) (Span, error) {
	if plainSize < 0 || plainSize > MaxPlainSize || off < 0 || n < 0 || off > plainSize || n > plainSize-off ||
		(n == 0 && plainSize > 0) {
		return Span{}, fmt.Errorf("%w: %d bytes at %d of %d", ErrRange, n, off, plainSize)
	}
	if plainSize == 0 {
		return Span{Offset: int64(headerSize), Length: tagSize}, nil
	}
	first, last := off/PackageSize, (off+n-1)/PackageSize
	end := min((last+1)*sealedPackage, bodySize(plainSize))
	return Span{
		Offset: int64(headerSize) + first*sealedPackage, Length: end - first*sealedPackage,
		plainSize: plainSize, first: first, skip: off - first*PackageSize, n: n,
	}, nil
}

// OpenSpan returns a reader of the plaintext bytes that span stands for, and
// no others, from src, which holds the bytes of the sealed object that span
// names. Its reads return [ErrDamaged] for anything that is not what was
// sealed, also for an src that ends early or goes on; errors of src are passed
// on. salt and the size in span come from the database, not from the store.
func OpenSpan(src io.Reader, key Key, name Name, salt Salt, span Span) (io.Reader, error) {
	if span.Length == 0 {
		return nil, fmt.Errorf("%w: a span comes from SpanOf", ErrRange)
	}
	s, err := derive(key, name, salt)
	if err != nil {
		return nil, err
	}
	if span.plainSize == 0 {
		return &stickyReader{src: &emptyReader{src: src, secrets: s, salt: salt}}, nil
	}
	checked := &packageReader{src: src, secrets: s, span: span, next: span.first, left: span.Length}
	body, err := sio.DecryptReader(checked, sio.Config{
		MinVersion: sio.Version20, MaxVersion: sio.Version20,
		CipherSuites:   []byte{sio.AES_256_GCM},
		Key:            s.key[:],
		SequenceNumber: uint32(span.first),
	})
	if err != nil {
		return nil, fmt.Errorf("envelope: %w", err)
	}
	return &stickyReader{src: &spanReader{src: checked, body: body, skip: span.skip, left: span.n}}, nil
}

// packageReader passes on whole packages whose headers are, bit for bit, what
// they must be at this place.
type packageReader struct {
	src     io.Reader
	secrets secrets
	span    Span
	next    int64 // number of the next package
	left    int64 // sealed bytes of the span not read yet
	buffer  []byte
	rest    []byte // of buffer, not handed on yet
}

func (r *packageReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		if r.left == 0 {
			return 0, io.EOF
		}
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *packageReader) fill() error {
	if r.buffer == nil {
		r.buffer = make([]byte, min(r.left, sealedPackage))
	}
	pkg := r.buffer[:min(r.left, sealedPackage)]
	if _, err := io.ReadFull(r.src, pkg); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return fmt.Errorf("%w: it ends too early", ErrDamaged)
		}
		return err
	}
	last := r.next == packages(r.span.plainSize)-1
	nonce := r.secrets.nonce(last)
	want := [packageHeader]byte{sio.Version20, sio.AES_256_GCM}
	binary.LittleEndian.PutUint16(want[2:], uint16(len(pkg)-packageOverhead-1))
	copy(want[4:], nonce[:])
	if subtle.ConstantTimeCompare(want[:], pkg[:packageHeader]) != 1 {
		return fmt.Errorf("%w: package %d", ErrDamaged, r.next)
	}
	r.rest = pkg
	r.left -= int64(len(pkg))
	r.next++
	return nil
}

// spanReader cuts the range out of its packages and says when src goes on.
type spanReader struct {
	src  *packageReader
	body io.Reader
	skip int64
	left int64
}

func (r *spanReader) Read(p []byte) (int, error) {
	if r.skip > 0 {
		if _, err := io.CopyN(io.Discard, r.body, r.skip); err != nil {
			return 0, damaged(err)
		}
		r.skip = 0
	}
	if r.left == 0 {
		return 0, atEnd(r.src.src)
	}
	n, err := r.body.Read(p[:min(int64(len(p)), r.left)])
	r.left -= int64(n)
	if err != nil && (r.left > 0 || !errors.Is(err, io.EOF)) {
		return n, damaged(err)
	}
	if r.left == 0 {
		// At its end sio overwrites its 64 KiB of plaintext and keeps them for the
		// next; a reader that stops before leaves both to the garbage. What sio
		// says of this end tells nothing: every package of the span was verified,
		// and where it is not the object's last one sio would want more.
		_, _ = io.Copy(io.Discard, r.body)
	}
	return n, nil
}

// damaged turns sio's own errors, and an end before the end, into ErrDamaged.
// The cause is told as text only: a caller that looks for io.EOF must not find
// it in there and take the damage for the end.
func damaged(err error) error {
	var notAuthentic sio.Error
	if errors.As(err, &notAuthentic) || errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: %s", ErrDamaged, err.Error())
	}
	return err
}

// atEnd returns io.EOF if src ends here.
func atEnd(src io.Reader) error {
	switch n, err := io.ReadFull(src, make([]byte, 1)); {
	case n > 0:
		return fmt.Errorf("%w: it goes on after its end", ErrDamaged)
	default:
		return err
	}
}

// emptyReader verifies the tag of an empty plaintext.
type emptyReader struct {
	src     io.Reader
	secrets secrets
	salt    Salt
}

func (r *emptyReader) Read([]byte) (int, error) {
	tag := make([]byte, tagSize)
	if _, err := io.ReadFull(r.src, tag); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return 0, fmt.Errorf("%w: it ends too early", ErrDamaged)
		}
		return 0, err
	}
	want, err := r.secrets.emptyTag(r.salt)
	if err != nil {
		return 0, err
	}
	if subtle.ConstantTimeCompare(want, tag) != 1 {
		return 0, fmt.Errorf("%w: it is not empty", ErrDamaged)
	}
	return 0, atEnd(r.src)
}
