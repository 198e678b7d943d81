package blob_test

import (
	"strings"
	"testing"

	"vakspiegel/media/blob"
)

func TestASettingThatIsWrongSaysHowToMendIt(t *testing.T) {
	for setting, hint := range map[string]string{
		"":                             "dir:PATH",
		"dir:":                         "dir:/",
		"/var/lib/objects":             "dir:PATH",
		"gcs://bucket":                 "dir:PATH",
		"s3://":                        "endpoint=",
		"s3://bucket":                  "endpoint=",
		"s3://?endpoint=h:1":           "names no bucket",
		"s3://bucket/x?endpoint=h:1":   "endpoint=",
		"s3://b?endpoint=h:1&tls=no":   "tls (true or false)",
		"s3://b?endpoint=h:1&sse=on":   "which means nothing",
		"s3://key:pw@b?endpoint=h:1":   "credentials do not belong",
		"s3://b?endpoint=http://h:1/x": "blob:",
	} {
		store, err := blob.Open(t.Context(), setting, blob.S3Credentials{})
		if err == nil {
			t.Errorf("%q opens %s", setting, store)
		} else if !strings.Contains(err.Error(), hint) || strings.Contains(err.Error(), "pw") {
			t.Errorf("%q: %v; want a hint %q and no password", setting, err, hint)
		}
	}
}
