package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"strings"
)

var (
	// ErrNotFound: there is no object of that key.
	ErrNotFound = errors.New("blob: no such object")
	// ErrExists: PutIfAbsent found an object of that key.
	ErrExists = errors.New("blob: the object exists already")
	// ErrUnavailable: the store is down, full, refuses us or does not answer.
	// Trying again later may help.
	ErrUnavailable = errors.New("blob: the store is not available")
	// ErrRange: the range is not within the object.
	ErrRange = errors.New("blob: the range is not within the object")
	// ErrSize: the reader gave fewer or more bytes than was said.
	ErrSize = errors.New("blob: the content has not the size that was said")
	// ErrKey: the key or prefix is not valid.
	ErrKey = errors.New("blob: not a valid key")
)

// Info describes an object. Size is in bytes, of what is stored.
type Info struct {
	Key  string
	Size int64
}

// Store keeps objects. Every method may return [ErrUnavailable], [ErrKey] and
// the context's error beside those it names.
type Store interface {
	// Put stores size bytes of r under key, in the place of what was there.
	// Errors: ErrSize, and errors of r.
	Put(ctx context.Context, key string, r io.Reader, size int64) error
	// PutIfAbsent is Put for a key that has no object. Errors: ErrExists too.
	PutIfAbsent(ctx context.Context, key string, r io.Reader, size int64) error
	// Get reads n bytes from off, or all from off if n < 0, in one request.
	// The caller closes the reader, which returns n bytes or an error. Errors:
	// ErrNotFound, ErrRange (also for n = 0, and for off at the end of an
	// object that is not empty).
	Get(ctx context.Context, key string, off, n int64) (io.ReadCloser, error)
	// Stat errors: ErrNotFound.
	Stat(ctx context.Context, key string) (Info, error)
	// Delete removes the object, all its versions, unfinished uploads of
	// exactly this key, and temporary files. A key without an object is no
	// error.
	Delete(ctx context.Context, key string) error
	// List yields the objects whose keys begin with prefix ("" is all), in the
	// order of their bytes. It ends after the first error.
	List(ctx context.Context, prefix string) iter.Seq2[Info, error]
	// Remains names everything that is left under a prefix: objects, old
	// versions and delete markers ("key?version=…"), unfinished uploads
	// ("key?upload=…"), temporary files ("key?temporary=…"). MinIO shows
	// unfinished uploads for an exact key only; this package never begins one.
	Remains(ctx context.Context, prefix string) ([]string, error)
	// Ping says whether the store answers and lets us in.
	Ping(ctx context.Context) error
	// String names the store for logs, without secrets.
	String() string
}

// S3Credentials are what an S3 store asks for. They come from settings, never
// from a URL.
type S3Credentials struct{ AccessKey, SecretKey string }

// Format keeps the secret out of every log and message.
func (S3Credentials) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("blob.S3Credentials(…)")) }

// Open opens the store that a setting names:
//
//	dir:PATH                                      a folder, made if it is missing
//	s3://BUCKET?endpoint=HOST:PORT                over TLS
//	s3://BUCKET?endpoint=HOST:PORT&tls=false      only on a network of one's own
//	            &region=NAME                      if it is not us-east-1
//
// A bucket that is missing is made if the credentials allow it.
func Open(ctx context.Context, storeURL string, cred S3Credentials) (Store, error) {
	scheme, rest, _ := strings.Cut(storeURL, ":")
	switch scheme {
	case "dir":
		return openDir(rest)
	case "s3":
		u, err := url.Parse(storeURL)
		if err != nil {
			return nil, errors.New(`blob: not a URL; write for example "s3://vakspiegel?endpoint=minio.example:9000"`)
		}
		return openS3(ctx, u, cred)
	default:
		return nil, fmt.Errorf(`blob: unknown kind of store %q; use "dir:PATH" or "s3://BUCKET?endpoint=HOST:PORT"`, scheme)
	}
}
