package media

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/tus/tusd/v2/pkg/handler"
)

// FuzzUploadMetadata: whatever a client writes in Upload-Metadata, it is either
// refused with its faults or begins an upload that makes sense.
func FuzzUploadMetadata(f *testing.F) {
	now := time.Date(2026, 11, 3, 10, 15, 0, 0, time.UTC)
	for _, header := range []string{
		"", "conversationId", "conversationId !!!", ",", "a b,a b", strings.Repeat("x eA==,", 1000),
		"conversationId MDE5YTAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAx,filename b3BuYW1lLm1wNA==,filetype dmlkZW8vbXA0,startedAt MjAyNi0xMS0wM1QxMDowMDowMFo=",
		"filename Li4vLi4vZXRjL3Bhc3N3ZA==,startedAt OTk5OS0wMS0wMVQwMDowMDowMFo=",
	} {
		f.Add(header, int64(1000))
	}
	f.Fuzz(func(t *testing.T, header string, length int64) {
		metadata := handler.ParseMetadataHeader(header)
		upload := NewUpload{
			Length: length, ConversationID: metadata["conversationId"], Filename: metadata["filename"],
			Filetype: metadata["filetype"], StartedAt: metadata["startedAt"],
		}
		b, err := upload.check(now, DefaultMaxUpload, DefaultRetention)
		var invalid *InvalidError
		if err != nil {
			if !errors.Is(err, ErrTooLarge) && (!errors.As(err, &invalid) || len(invalid.Faults) == 0) {
				t.Fatalf("refused without a fault: %v", err)
			}
			for _, secret := range []string{upload.Filename, upload.StartedAt} {
				if len(secret) > 20 && strings.Contains(err.Error(), secret) {
					t.Fatalf("the error repeats what was sent: %q", err)
				}
			}
			return
		}
		switch {
		case b.conversation.String() != strings.ToLower(upload.ConversationID) && uuid.Validate(upload.ConversationID) != nil:
			t.Fatalf("conversation %v from %q", b.conversation, upload.ConversationID)
		case b.startedAt.After(now.Add(clockSkew)) || b.startedAt.IsZero():
			t.Fatalf("filming began at %v", b.startedAt)
		case b.length <= 0 || b.length > DefaultMaxUpload:
			t.Fatalf("%d bytes", b.length)
		case strings.ContainsAny(upload.Filename, `/\`) || strings.ContainsFunc(upload.Filename, unicode.IsControl):
			t.Fatalf("a file called %q", upload.Filename)
		}
	})
}
