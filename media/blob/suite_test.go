package blob_test

import (
	"testing"

	"go.uber.org/goleak"

	"vakspiegel/media/blob"
	"vakspiegel/media/blob/blobtest"
)

func TestDirStore(t *testing.T) { blobtest.Run(t, blobtest.Dir) }

func TestS3Store(t *testing.T) {
	blobtest.Run(t, func(t *testing.T) blob.Store {
		storeURL, cred := blobtest.MinIO(t)
		store, err := blob.Open(t.Context(), storeURL, cred)
		if err != nil {
			t.Fatal(err)
		}
		return store
	})
}

// Connections that are kept for the next request have goroutines of their own.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("net/http.(*persistConn).readLoop"),
		goleak.IgnoreAnyFunction("net/http.(*persistConn).writeLoop"))
}
