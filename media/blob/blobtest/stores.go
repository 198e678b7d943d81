package blobtest

import (
	"testing"

	"vakspiegel/media/blob"
)

// Each runs fn as a subtest on every kind of store, empty: a folder, and a
// fresh bucket on MinIO.
func Each(t *testing.T, fn func(t *testing.T, store blob.Store)) {
	t.Helper()
	t.Run("dir", func(t *testing.T) { fn(t, Dir(t)) })
	t.Run("minio", func(t *testing.T) {
		storeURL, cred := MinIO(t)
		fn(t, open(t, storeURL, cred))
	})
}

// Dir returns an empty store in a folder of the test's.
func Dir(t *testing.T) blob.Store {
	t.Helper()
	return open(t, "dir:"+t.TempDir(), blob.S3Credentials{})
}

func open(t *testing.T, storeURL string, cred blob.S3Credentials) blob.Store {
	t.Helper()
	store, err := blob.Open(t.Context(), storeURL, cred)
	if err != nil {
		t.Fatalf("open %s: %v", storeURL, err)
	}
	return store
}
