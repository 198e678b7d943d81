package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// s3Store keeps objects in one bucket. It never begins a multipart upload and
// never retries by itself: reconcilers do, and a citizen's page must not wait.
type s3Store struct {
	core   *minio.Core
	bucket string
	name   string
}

func openS3(ctx context.Context, u *url.URL, cred S3Credentials) (Store, error) {
	set, err := parseS3(u)
	if err != nil {
		return nil, err
	}
	s, err := newS3(set, cred, usual)
	if err != nil {
		return nil, err
	}
	if err := s.ensureBucket(ctx, set.region); err != nil {
		return nil, err
	}
	return s, nil
}

func newS3(set s3Settings, cred S3Credentials, p patience) (*s3Store, error) {
	core, err := minio.NewCore(set.endpoint, &minio.Options{
		Creds:      credentials.NewStaticV4(cred.AccessKey, cred.SecretKey, ""),
		Secure:     set.tls,
		Region:     set.region,
		Transport:  newTransport(p),
		MaxRetries: 1,
	})
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	name := fmt.Sprintf("s3://%s?endpoint=%s&tls=%t", set.bucket, set.endpoint, set.tls)
	return &s3Store{core: core, bucket: set.bucket, name: name}, nil
}

type s3Settings struct {
	bucket, endpoint, region string
	tls                      bool
}

func parseS3(u *url.URL) (s3Settings, error) {
	set := s3Settings{bucket: u.Host, region: "us-east-1", tls: true}
	if u.User != nil {
		return set, errors.New("blob: credentials do not belong in the store's URL; give them in the settings for them")
	}
	for name, values := range u.Query() {
		switch value := values[len(values)-1]; {
		case name == "endpoint":
			set.endpoint = value
		case name == "region":
			set.region = value
		case name == "tls" && (value == "true" || value == "false"):
			set.tls = value == "true"
		default:
			return set, fmt.Errorf("blob: the store's URL has %s=%s, which means nothing; known are endpoint, tls (true or false) and region", name, value)
		}
	}
	if set.bucket == "" || set.endpoint == "" || strings.Trim(u.Path, "/") != "" {
		return set, errors.New(`blob: the store's URL names no bucket or no endpoint; write for example "s3://vakspiegel?endpoint=minio.example:9000"`)
	}
	return set, nil
}

func (s *s3Store) ensureBucket(ctx context.Context, region string) error {
	there, err := s.core.BucketExists(ctx, s.bucket)
	if err != nil {
		return s.fail(ctx, err)
	}
	if there {
		return nil
	}
	err = s.core.MakeBucket(ctx, s.bucket, minio.MakeBucketOptions{Region: region})
	if code := minio.ToErrorResponse(err).Code; err != nil && code != minio.BucketAlreadyOwnedByYou {
		return fmt.Errorf("the bucket %s is missing and could not be made; make it, or allow these credentials to: %w", s.bucket, s.fail(ctx, err))
	}
	return nil
}

func (s *s3Store) String() string { return s.name }

// Ping implements [Store].
func (s *s3Store) Ping(ctx context.Context) error {
	there, err := s.core.BucketExists(ctx, s.bucket)
	if err != nil {
		return s.fail(ctx, err)
	}
	if !there {
		return fmt.Errorf("%w: the bucket %s is missing", ErrUnavailable, s.bucket)
	}
	return nil
}

// Put implements [Store].
func (s *s3Store) Put(ctx context.Context, key string, r io.Reader, size int64) error {
	return s.put(ctx, key, r, size, minio.PutObjectOptions{})
}

// PutIfAbsent implements [Store].
func (s *s3Store) PutIfAbsent(ctx context.Context, key string, r io.Reader, size int64) error {
	var opts minio.PutObjectOptions
	opts.SetMatchETagExcept("*") // If-None-Match: *
	return s.put(ctx, key, r, size, opts)
}

func (s *s3Store) put(ctx context.Context, key string, r io.Reader, size int64, opts minio.PutObjectOptions) error {
	if err := errors.Join(checkKey(key), ctx.Err()); err != nil {
		return err
	}
	exact, err := newExactReader(r, size)
	if err != nil {
		return err
	}
	opts.DisableMultipart = true
	opts.ContentType = "application/octet-stream"
	_, err = s.core.Client.PutObject(ctx, s.bucket, key, exact, size, opts)
	broken := exact.stop()
	switch response := minio.ToErrorResponse(err); {
	case err == nil:
		return nil
	case broken != nil:
		return broken
	case response.StatusCode == http.StatusPreconditionFailed:
		return fmt.Errorf("%w: %s", ErrExists, key)
	}
	return s.fail(ctx, err)
}

// Get implements [Store].
func (s *s3Store) Get(ctx context.Context, key string, off, n int64) (io.ReadCloser, error) {
	if err := errors.Join(checkKey(key), ctx.Err()); err != nil {
		return nil, err
	}
	var opts minio.GetObjectOptions
	switch {
	case off < 0 || n == 0:
		return nil, fmt.Errorf("%w: %d bytes at %d", ErrRange, n, off)
	case n > 0:
		opts.Set("Range", fmt.Sprintf("bytes=%d-%d", off, off+n-1))
	case off > 0:
		opts.Set("Range", fmt.Sprintf("bytes=%d-", off))
	}
	content, info, header, err := s.core.GetObject(ctx, s.bucket, key, opts)
	if err != nil {
		return nil, s.fail(ctx, err)
	}
	if n > 0 && info.Size != n { // the store shortened the range to what there is
		return nil, errors.Join(fmt.Errorf("%w: %d bytes at %d", ErrRange, n, off), content.Close())
	}
	if (n > 0 || off > 0) && !strings.HasPrefix(header.Get("Content-Range"), fmt.Sprintf("bytes %d-", off)) {
		return nil, errors.Join(fmt.Errorf("%w: it ignored the range asked for", ErrUnavailable), content.Close())
	}
	return &body{src: content, closer: content, left: info.Size}, nil
}

// Stat implements [Store].
func (s *s3Store) Stat(ctx context.Context, key string) (Info, error) {
	if err := errors.Join(checkKey(key), ctx.Err()); err != nil {
		return Info{}, err
	}
	info, err := s.core.StatObject(ctx, s.bucket, key, minio.StatObjectOptions{})
	if err != nil {
		return Info{}, s.fail(ctx, err)
	}
	return Info{Key: key, Size: info.Size}, nil
}

// Delete implements [Store].
func (s *s3Store) Delete(ctx context.Context, key string) error {
	if err := checkKey(key); err != nil {
		return err
	}
	for v, err := range s.versions(ctx, key, true) {
		if err != nil {
			return err
		}
		err := s.core.RemoveObject(ctx, s.bucket, key, minio.RemoveObjectOptions{VersionID: v.VersionID})
		if err := s.fail(ctx, err); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	uploads, err := s.uploads(ctx, key)
	if err != nil {
		return err
	}
	for _, up := range uploads {
		if up.Key != key {
			continue
		}
		err := s.core.AbortMultipartUpload(ctx, s.bucket, key, up.UploadID)
		if err := s.fail(ctx, err); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
	}
	return nil
}

// List implements [Store].
func (s *s3Store) List(ctx context.Context, prefix string) iter.Seq2[Info, error] {
	return func(yield func(Info, error) bool) {
		if err := checkPrefix(prefix); err != nil {
			yield(Info{}, err)
			return
		}
		opts := minio.ListObjectsOptions{Prefix: prefix, Recursive: true}
		for o := range s.core.ListObjectsIter(ctx, s.bucket, opts) {
			if o.Err != nil {
				yield(Info{}, s.fail(ctx, o.Err))
				return
			}
			if !yield(Info{Key: o.Key, Size: o.Size}, nil) {
				return
			}
		}
		// minio-go ends the list without a word when the context ends.
		if err := ctx.Err(); err != nil {
			yield(Info{}, err)
		}
	}
}

// Remains implements [Store].
func (s *s3Store) Remains(ctx context.Context, prefix string) ([]string, error) {
	if err := checkPrefix(prefix); err != nil {
		return nil, err
	}
	var left []string
	for v, err := range s.versions(ctx, prefix, false) {
		if err != nil {
			return nil, err
		}
		if v.VersionID == "" || v.VersionID == "null" {
			left = append(left, v.Key)
		} else {
			left = append(left, v.Key+"?version="+v.VersionID)
		}
	}
	uploads, err := s.uploads(ctx, prefix)
	if err != nil {
		return nil, err
	}
	for _, up := range uploads {
		left = append(left, up.Key+"?upload="+up.UploadID)
	}
	return left, nil
}

// versions yields every version and delete marker of the keys with a prefix, or
// of exactly that key, which sorts before all longer ones.
func (s *s3Store) versions(ctx context.Context, prefix string, exact bool) iter.Seq2[minio.ObjectInfo, error] {
	return func(yield func(minio.ObjectInfo, error) bool) {
		opts := minio.ListObjectsOptions{Prefix: prefix, Recursive: true, WithVersions: true}
		for o := range s.core.ListObjectsIter(ctx, s.bucket, opts) {
			switch {
			case o.Err != nil:
				yield(minio.ObjectInfo{}, s.fail(ctx, o.Err))
				return
			case exact && o.Key != prefix:
				return
			case !yield(o, nil):
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(minio.ObjectInfo{}, err)
		}
	}
}

// uploads returns the unfinished uploads of the keys with a prefix.
func (s *s3Store) uploads(ctx context.Context, prefix string) ([]minio.ObjectMultipartInfo, error) {
	var all []minio.ObjectMultipartInfo
	keyMarker, idMarker := "", ""
	for {
		page, err := s.core.ListMultipartUploads(ctx, s.bucket, prefix, keyMarker, idMarker, "", 1000)
		if err != nil {
			return nil, s.fail(ctx, err)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		all = append(all, page.Uploads...)
		if !page.IsTruncated {
			return slices.Clip(all), nil
		}
		keyMarker, idMarker = page.NextKeyMarker, page.NextUploadIDMarker
	}
}

// fail turns an error of minio-go into one of this package.
func (s *s3Store) fail(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	switch response := minio.ToErrorResponse(err); {
	case response.Code == minio.NoSuchBucket:
		return fmt.Errorf("%w: the bucket %s is missing", ErrUnavailable, s.bucket)
	case response.Code == minio.NoSuchKey, response.Code == minio.NoSuchVersion, response.Code == minio.NoSuchUpload,
		response.StatusCode == http.StatusNotFound:
		return ErrNotFound
	case response.StatusCode == http.StatusRequestedRangeNotSatisfiable:
		return ErrRange
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}
