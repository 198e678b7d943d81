package media

import (
	"context"
	"errors"
	"io"

	"github.com/google/uuid"
	"github.com/tus/tusd/v2/pkg/handler"

	"vakspiegel/policies"
)

// dataStore is tusd's way to this room. It keeps plaintext in memory only, one
// segment for each running request. Who may reach what was decided before tusd
// was asked (tusServer.admit).
type dataStore struct{ m *Media }

// request is that of the context; outside of tusServer there is none, and
// nobody has acted.
func requestOf(ctx context.Context) *tusRequest {
	if request, ok := ctx.Value(tusRequestKey{}).(*tusRequest); ok {
		return request
	}
	return &tusRequest{actor: policies.Actor{Kind: policies.ActorAnonymous}}
}

// NewUpload implements handler.DataStore.
func (d *dataStore) NewUpload(ctx context.Context, info handler.FileInfo) (handler.Upload, error) {
	request := requestOf(ctx)
	if info.SizeIsDeferred || info.IsPartial || info.IsFinal {
		return nil, request.keep(&InvalidError{[]Fault{{"uploadLength", "required", "the size must be known from the start"}}})
	}
	id, err := d.m.Begin(ctx, request.actor, NewUpload{
		Length: info.Size, ConversationID: info.MetaData["conversationId"],
		Filename: info.MetaData["filename"], Filetype: info.MetaData["filetype"], StartedAt: info.MetaData["startedAt"],
	})
	if err != nil {
		return nil, request.keep(err)
	}
	return &tusUpload{m: d.m, id: id}, nil
}

// GetUpload implements handler.DataStore.
func (d *dataStore) GetUpload(ctx context.Context, id string) (handler.Upload, error) {
	parsed, err := uuid.Parse(id)
	if err != nil {
		return nil, handler.ErrNotFound
	}
	upload := &tusUpload{m: d.m, id: parsed}
	_, err = upload.GetInfo(ctx)
	return upload, err
}

// AsTerminatableUpload implements handler.TerminaterDataStore.
func (d *dataStore) AsTerminatableUpload(upload handler.Upload) handler.TerminatableUpload {
	return upload.(*tusUpload)
}

// tusUpload is one upload, as tusd sees it.
type tusUpload struct {
	m  *Media
	id uuid.UUID
}

// GetInfo implements handler.Upload. It has no metadata: the file name was not
// kept.
func (u *tusUpload) GetInfo(ctx context.Context) (handler.FileInfo, error) {
	row, upload, err := u.m.upload(ctx, u.id)
	if err == nil && row.ClosedAt != nil {
		err = ErrNotFound
	}
	if err != nil {
		return handler.FileInfo{}, requestOf(ctx).keep(err)
	}
	return handler.FileInfo{ID: u.id.String(), Size: upload.Length, Offset: upload.Received}, nil
}

// WriteChunk implements handler.Upload.
func (u *tusUpload) WriteChunk(ctx context.Context, offset int64, src io.Reader) (int64, error) {
	n, err := u.m.receive(ctx, u.id, offset, src)
	return n, requestOf(ctx).keep(err)
}

// FinishUpload implements handler.Upload. tusd calls it once: a completion that
// has to wait is the sweeper's, and no error of the client's.
func (u *tusUpload) FinishUpload(ctx context.Context) error {
	err := u.m.complete(ctx, u.id)
	switch {
	case err == nil:
	case errors.Is(err, ErrNotFound), errors.Is(err, ErrConsentMissing):
		return requestOf(ctx).keep(err)
	default:
		u.m.log.WarnContext(ctx, "an upload arrived and will be completed later", "recording", u.id, "error", err)
	}
	return nil
}

// GetReader implements handler.Upload. A film is looked at by Open alone.
func (u *tusUpload) GetReader(context.Context) (io.ReadCloser, error) { return nil, ErrMethod }

// Terminate implements handler.TerminatableUpload.
func (u *tusUpload) Terminate(ctx context.Context) error {
	request := requestOf(ctx)
	return request.keep(u.m.Erase(ctx, request.actor, u.id))
}
