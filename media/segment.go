package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"vakspiegel/media/blob"
	"vakspiegel/media/envelope"
)

const (
	// SegmentSize is the plaintext of a full segment, in bytes. One is held in
	// memory for each running upload, and its sealed form never whole.
	SegmentSize = 8 << 20
	// putTimeout is how long the store may take to keep one segment. Within an
	// hour after that the sweeper counts it as lost.
	putTimeout = 2 * time.Minute
	// commitTimeout is for the transaction after it: what the store has should
	// not be lost because a client hung up.
	commitTimeout = 10 * time.Second

	objectPrefix = "recordings/"
	segmentKind  = "segment"
)

// prefixOf is where the objects of a recording lie.
func prefixOf(recording uuid.UUID) string { return objectPrefix + recording.String() + "/" }

// segmentName binds a segment to its recording and its place in the film.
func segmentName(recording uuid.UUID, start int64) envelope.Name {
	return envelope.Name{Subject: recording.String(), Kind: segmentKind, ID: strconv.FormatInt(start, 10)}
}

// name binds a segment to its place in the film, or in one cut of it.
func (s segmentRow) name() envelope.Name {
	if s.CutID == nil {
		return segmentName(s.RecordingID, s.StartByte)
	}
	return envelope.Name{Subject: s.RecordingID.String(), Kind: cutKind, ID: s.CutID.String() + "/" + strconv.FormatInt(s.StartByte, 10)}
}

// buffers hold plaintext; they are overwritten before they are reused.
var buffers = sync.Pool{New: func() any { b := make([]byte, SegmentSize); return &b }}

func putBuffer(b *[]byte) {
	clear(*b)
	buffers.Put(b)
}

// receive appends what src gives to an upload, from byte offset of the film on,
// and returns how many bytes are kept for certain. An src that ends early is no
// error: what came is sealed as a shorter segment. Errors: ErrNotFound,
// ErrOffset, ErrNotVideo and ErrUnplayable (then all of it is erased),
// ErrUnavailable.
func (m *Media) receive(ctx context.Context, id uuid.UUID, offset int64, src io.Reader) (received int64, err error) {
	row, upload, err := m.uploading(ctx, id)
	if err != nil {
		return 0, err
	}
	if upload.Received != offset {
		return 0, ErrOffset
	}
	key, err := m.Keys.key(ctx, m.DB, id)
	if errors.Is(err, ErrKeyGone) {
		return 0, ErrNotFound
	}
	if err != nil {
		return 0, err
	}
	defer key.Wipe()
	buffer := buffers.Get().(*[]byte)
	defer putBuffer(buffer)
	for at := offset; at < upload.Length; {
		plain := (*buffer)[:min(SegmentSize, upload.Length-at)]
		n, readErr := io.ReadFull(src, plain)
		if n > 0 {
			if err := m.keep(ctx, key, &row, at, plain[:n]); err != nil {
				return received, err
			}
			at += int64(n)
			received += int64(n)
		}
		if readErr != nil {
			break
		}
	}
	return received, nil
}

// uploading reads an upload that may still grow. Errors: ErrNotFound.
func (m *Media) uploading(ctx context.Context, id uuid.UUID) (recordingRow, uploadRow, error) {
	row, upload, err := m.upload(ctx, id)
	if err == nil && (row.State != Uploading || row.ClosedAt != nil) {
		err = ErrNotFound
	}
	return row, upload, err
}

// upload reads an upload in any state. Errors: ErrNotFound.
func (m *Media) upload(ctx context.Context, id uuid.UUID) (row recordingRow, upload uploadRow, err error) {
	db := m.DB.WithContext(ctx)
	err = db.Where("id = ?", id).Take(&row).Error
	if err == nil {
		err = db.Where("recording_id = ?", id).Take(&upload).Error
	}
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = ErrNotFound
	}
	return row, upload, err
}

// keep seals and stores one segment. It is registered before the store knows
// it, and counts from the moment the database says so.
func (m *Media) keep(ctx context.Context, key envelope.Key, row *recordingRow, start int64, plain []byte) error {
	contentType, err := m.recognise(ctx, key, row, start, plain)
	if err != nil {
		return err
	}
	segment := segmentRow{RecordingID: row.ID, StartByte: start}
	if err := m.put(ctx, key, &segment, plain); err != nil {
		return err
	}
	committing, done := context.WithTimeout(context.WithoutCancel(ctx), commitTimeout)
	defer done()
	err = m.DB.WithContext(committing).Transaction(func(tx *gorm.DB) error {
		return m.count(committing, tx, row, segment, contentType)
	})
	if err == nil {
		row.ContentType = contentType
	}
	return err
}

// put seals and stores a segment, which has its place already. The row is there
// before the object is, and pending until someone counts it. Errors: ErrNotFound
// when its recording or cut was erased meanwhile; ErrUnavailable.
func (m *Media) put(ctx context.Context, key envelope.Key, segment *segmentRow, plain []byte) error {
	sealed, salt, err := envelope.NewSealReader(bytes.NewReader(plain), key, segment.name())
	if err != nil {
		return err
	}
	object, err := uuid.NewV7() // tells the sweeper its age
	if err != nil {
		return err
	}
	segment.ObjectKey, segment.State = prefixOf(segment.RecordingID)+object.String(), segmentPending
	segment.PlainSize, segment.SealedSize = int64(len(plain)), envelope.SealedSize(int64(len(plain)))
	segment.Salt, segment.Sha256, segment.CreatedAt = salt[:], []byte{}, m.now()
	if err := m.DB.WithContext(ctx).Create(segment).Error; err != nil {
		if errors.Is(err, gorm.ErrForeignKeyViolated) {
			return ErrNotFound
		}
		return err
	}
	hash := sha256.New()
	putting, cancel := context.WithTimeout(ctx, putTimeout)
	defer cancel()
	if err := m.Store.Put(putting, segment.ObjectKey, io.TeeReader(sealed, hash), segment.SealedSize); err != nil {
		return storeUnavailable(fmt.Errorf("media: keep a segment: %w", err))
	}
	segment.Sha256 = hash.Sum(nil)
	return nil
}

// count makes a stored segment part of the film, if the film is still open and
// nobody else wrote there.
func (m *Media) count(ctx context.Context, tx *gorm.DB, row *recordingRow, segment segmentRow, contentType string) error {
	given, err := m.Consent.Facts(ctx, tx, []uuid.UUID{row.ConversationID})
	if err != nil {
		return err
	}
	if given[row.ConversationID].Closed {
		return ErrNotFound
	}
	open := tx.Model(&recordingRow{}).Where("id = ? AND state = ? AND closed_at IS NULL", row.ID, Uploading).
		Update("content_type", contentType)
	if err := exactlyOne(open, ErrNotFound); err != nil {
		return err
	}
	grown := tx.Model(&uploadRow{}).Where("recording_id = ? AND received = ?", row.ID, segment.StartByte).
		Updates(map[string]any{"received": segment.StartByte + segment.PlainSize, "expires_at": m.now().Add(abandonedAfter)})
	if err := exactlyOne(grown, ErrOffset); err != nil {
		return err
	}
	stored := tx.Model(&segmentRow{}).Where("object_key = ? AND state = ?", segment.ObjectKey, segmentPending).
		Updates(map[string]any{"state": segmentStored, "sha256": segment.Sha256})
	return exactlyOne(stored, ErrOffset)
}

// exactlyOne turns a compare-and-set that changed nothing into an error.
func exactlyOne(done *gorm.DB, otherwise error) error {
	if done.Error != nil {
		return done.Error
	}
	if done.RowsAffected != 1 {
		return otherwise
	}
	return nil
}

// recognise tells the container by the film's first bytes, which may have come
// in several short segments. It returns "" while there are too few. A film that
// is none is erased. Errors: ErrNotVideo, ErrUnplayable.
func (m *Media) recognise(ctx context.Context, key envelope.Key, row *recordingRow, start int64, plain []byte) (string, error) {
	if row.ContentType != "" {
		return row.ContentType, nil
	}
	head := plain[:min(len(plain), sniffSize)]
	if start > 0 {
		before := make([]byte, min(start, sniffSize))
		film, err := m.film(ctx, *row, key)
		if err != nil {
			return "", err
		}
		if _, err := io.ReadFull(film, before); err != nil {
			return "", err
		}
		head = append(before, head...)
	}
	if len(head) < sniffSize && start+int64(len(plain)) < row.SizeBytes {
		return "", nil
	}
	contentType, err := sniff(head[:min(len(head), sniffSize)])
	if err == nil {
		return contentType, nil
	}
	if _, closing := m.closeRecording(ctx, row.ID, "upload:not_video", stillOpen, m.endOne); closing != nil {
		return "", errors.Join(err, closing)
	}
	m.Nudge()
	return "", err
}

// stored returns the segments that make up a film, in order; those of its cuts
// are not among them.
func (m *Media) stored(ctx context.Context, recording uuid.UUID) ([]segmentRow, error) {
	return storedWhere(m.DB.WithContext(ctx).Where("recording_id = ? AND cut_id IS NULL", recording))
}

// storedCut returns the segments that make up a cut, in order.
func (m *Media) storedCut(ctx context.Context, cut uuid.UUID) ([]segmentRow, error) {
	return storedWhere(m.DB.WithContext(ctx).Where("cut_id = ?", cut))
}

func storedWhere(of *gorm.DB) (rows []segmentRow, err error) {
	err = of.Where("state = ?", segmentStored).Order("start_byte").Find(&rows).Error
	return rows, err
}

// contiguous says whether segments make up size bytes, with none missing. Errors:
// ErrDamaged.
func contiguous(segments []segmentRow, size int64) error {
	has := int64(0)
	for _, segment := range segments {
		if segment.StartByte != has {
			return fmt.Errorf("%w: a segment is missing at byte %d", ErrDamaged, has)
		}
		has += segment.PlainSize
	}
	if has != size {
		return fmt.Errorf("%w: %d of %d bytes", ErrDamaged, has, size)
	}
	return nil
}

// openSegment reads the n bytes at off of a segment's plaintext with one ranged
// read of the store. What it returns is authenticated, byte for byte, against
// the size and salt in the database. Errors: ErrDamaged for an object that is
// missing, cut or changed; ErrUnavailable.
func (m *Media) openSegment(ctx context.Context, key envelope.Key, segment segmentRow, off, n int64) (io.ReadCloser, error) {
	span, err := envelope.SpanOf(segment.PlainSize, off, n)
	if err != nil {
		return nil, err
	}
	if len(segment.Salt) != envelope.SaltSize || segment.SealedSize != envelope.SealedSize(segment.PlainSize) {
		return nil, fmt.Errorf("%w: its row contradicts itself", ErrDamaged)
	}
	src, err := m.Store.Get(ctx, segment.ObjectKey, span.Offset, span.Length)
	if err != nil {
		return nil, readError(err)
	}
	plain, err := envelope.OpenSpan(src, key, segment.name(), envelope.Salt(segment.Salt), span)
	if err != nil {
		return nil, errors.Join(err, src.Close())
	}
	return &segmentReader{plain, src}, nil
}

type segmentReader struct {
	plain io.Reader
	io.Closer
}

func (s *segmentReader) Read(p []byte) (int, error) {
	n, err := s.plain.Read(p)
	return n, readError(err)
}

// readError says in this room's words why a stored segment cannot be read.
func readError(err error) error {
	switch {
	case errors.Is(err, blob.ErrNotFound), errors.Is(err, blob.ErrRange), errors.Is(err, envelope.ErrDamaged):
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	default:
		return storeUnavailable(err)
	}
}
