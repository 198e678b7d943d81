package media

import (
	"context"
	"io"

	"github.com/google/uuid"

	"vakspiegel/policies"
)

// Import stores a film that the program has at hand (the demo's sample), by the
// same way as an upload: Begin, segments, completion. Errors: Begin's and those
// of receiving.
func (m *Media) Import(ctx context.Context, actor policies.Actor, upload NewUpload, film io.Reader) (uuid.UUID, error) {
	id, err := m.Begin(ctx, actor, upload)
	if err != nil {
		return id, err
	}
	if _, err := m.receive(ctx, id, 0, film); err != nil {
		return id, err
	}
	return id, m.complete(ctx, id)
}
