package consent

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
)

// sittingFor is how long the cookie of an opened link lasts.
const sittingFor = 2 * time.Hour

// Sitting is a participant who opened their link: what they may know and do.
type Sitting struct {
	ParticipantID uuid.UUID
	OwnerID       uuid.UUID
	Conversation  uuid.UUID
	Role          Role
	HeldAt        time.Time // zero once erased
	State         State     // Requested until everyone has answered
	Answered      bool      // this participant said yes
	Late          bool      // asked after the others had said yes: there may be a film already
	Represented   bool      // somebody else decides; they themselves can only stop it
	Telephone     bool      // only heard: yes or no, no scopes
	EveryoneYes   bool
	Scopes        Scopes
	Since         time.Time // the last yes; zero before
	PausedUntil   time.Time // of one's own pause: then everything is erased
	OthersPause   bool      // someone else in the room paused; who is not said
	Erasure       *Erasure  // of the whole conversation, once it is closed
	Method        string    // how an answer given now is given: OwnDevice, SharedScreen
	Consenting    bool      // the yes was given in this very sitting
	HasPIN        bool
	Reminder      bool       // an address waits for one reminder
	Lookback      bool       // wishes to look back
	SecondYesAt   *time.Time // nil: none yet
}

// How a page is opened: with the own link or code, or on a screen that staff
// hands over.
const (
	OwnDevice    = "own_device"
	SharedScreen = "shared_screen"
)

// OpenLink exchanges a link's token for the secret of a cookie. Unknown,
// malformed and gone look the same. Errors: ErrUnknownLink.
func (s *Service) OpenLink(ctx context.Context, token string) (cookie string, err error) {
	hash, ok := hashToken(token)
	if !ok {
		return "", ErrUnknownLink
	}
	return s.openBy(ctx, "link_hash = ?", hash)
}

// OpenCode is OpenLink for the short code, as typed. Errors: ErrUnknownLink.
func (s *Service) OpenCode(ctx context.Context, typed string) (cookie string, err error) {
	code, ok := ParseCode(typed)
	if !ok {
		return "", ErrUnknownLink
	}
	key, err := s.Vault.CodeKey(ctx)
	if err != nil {
		return "", err
	}
	return s.openBy(ctx, "code_hmac = ?", codeHMAC(key, code))
}

func (s *Service) openBy(ctx context.Context, where string, hash []byte) (string, error) {
	db := s.DB.WithContext(ctx)
	var participant uuid.UUID
	var request requestRow
	var record recordRow
	err := db.Where(where, hash).Take(&request).Error
	if participant = request.ParticipantID; errors.Is(err, gorm.ErrRecordNotFound) {
		err = db.Where(where, hash).Take(&record).Error
		participant = record.ID
	}
	if err != nil {
		return "", unknownLink(err)
	}
	return s.sitDown(ctx, db, participant, OwnDevice)
}

// OpenScreen is OpenLink for a screen that staff hands over; the caller knows
// that the participant's link is still in staff's hands.
func (s *Service) OpenScreen(ctx context.Context, participantID uuid.UUID) (cookie string, err error) {
	return s.sitDown(ctx, s.DB.WithContext(ctx), participantID, SharedScreen)
}

func (s *Service) sitDown(ctx context.Context, db *gorm.DB, participantID uuid.UUID, method string) (string, error) {
	now, err := s.date(ctx, db)
	if err != nil {
		return "", err
	}
	cookie := randomBytes(tokenBytes)
	session := linkSessionRow{
		TokenHash: hashOf(cookie), ParticipantID: participantID, ExpiresAt: now.Add(sittingFor), Method: method,
	}
	if err := db.Create(&session).Error; err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(cookie), nil
}

func hashOf(raw []byte) []byte {
	hash, _ := hashToken(base64.RawURLEncoding.EncodeToString(raw))
	return hash
}

// Sit reads the sitting behind a cookie. Errors: ErrUnknownLink.
func (s *Service) Sit(ctx context.Context, cookie string) (Sitting, error) {
	hash, ok := hashToken(cookie)
	if !ok {
		return Sitting{}, ErrUnknownLink
	}
	db := s.DB.WithContext(ctx)
	now, err := s.date(ctx, db)
	if err != nil {
		return Sitting{}, err
	}
	var session linkSessionRow
	if err := db.Where("token_hash = ? AND expires_at > ?", hash, now).Take(&session).Error; err != nil {
		return Sitting{}, unknownLink(err)
	}
	sitting, err := sittingOf(db, session.ParticipantID)
	if err != nil {
		return Sitting{}, err
	}
	var pins, reminders int64
	err = errors.Join(
		db.Model(&pinRow{}).Where("participant_id = ?", session.ParticipantID).Count(&pins).Error,
		db.Model(&reminderRow{}).Where("participant_id = ?", session.ParticipantID).Count(&reminders).Error,
	)
	sitting.Method = session.Method
	sitting.Consenting, sitting.HasPIN = session.ConsentedAt != nil, pins > 0
	sitting.Reminder = reminders > 0
	return sitting, err
}

func sittingOf(db *gorm.DB, participantID uuid.UUID) (Sitting, error) {
	var record recordRow
	err := db.Where("id = ?", participantID).Take(&record).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return requestedSitting(db, participantID)
	}
	if err != nil {
		return Sitting{}, err
	}
	return recordSitting(db, record)
}

// Leave ends the sitting: the cookie opens nothing any more.
func (s *Service) Leave(ctx context.Context, cookie string) error {
	hash, ok := hashToken(cookie)
	if !ok {
		return nil
	}
	return s.DB.WithContext(ctx).Where("token_hash = ?", hash).Delete(&linkSessionRow{}).Error
}

func requestedSitting(db *gorm.DB, participantID uuid.UUID) (Sitting, error) {
	var row struct {
		Request      requestRow `gorm:"embedded"`
		Role         Role
		Telephone    bool
		OwnerID      uuid.UUID
		HeldAt       time.Time
		ConsentSince *time.Time
	}
	err := db.Table("consent_requests q").Select("q.*, p.role, p.telephone, c.owner_id, c.held_at, c.consent_since").
		Joins("JOIN participants p ON p.id = q.participant_id").
		Joins("JOIN conversations c ON c.id = q.conversation_id").
		Where("q.participant_id = ?", participantID).Take(&row).Error
	if err != nil {
		return Sitting{}, unknownLink(err)
	}
	represented, err := isRepresented(db, participantID)
	return Sitting{
		Late: row.ConsentSince != nil, Represented: represented, Telephone: row.Telephone,
		ParticipantID: participantID, OwnerID: row.OwnerID, Conversation: row.Request.ConversationID, Role: row.Role,
		HeldAt: row.HeldAt, State: Requested, Answered: row.Request.AnsweredAt != nil, Scopes: scopesOf(row.Request.Scopes),
		Lookback: row.Request.Lookback,
	}, err
}

func recordSitting(db *gorm.DB, record recordRow) (Sitting, error) {
	sitting := Sitting{
		ParticipantID: record.ID, Conversation: record.ConversationID, Role: record.Role, State: record.State,
		Answered: true, EveryoneYes: true, Scopes: scopesOf(record.Scopes), Since: record.GivenAt,
		Lookback: record.Lookback, SecondYesAt: record.SecondYesAt,
		Represented: record.Method == methodRepresented,
	}
	if record.State == Paused {
		sitting.PausedUntil = record.ChangedAt.Add(PauseLimit)
	}
	var conversation conversationRow
	err := db.Where("id = ?", record.ConversationID).Take(&conversation).Error
	if err == nil {
		sitting.OwnerID, sitting.HeldAt = conversation.OwnerID, conversation.HeldAt
		sitting.Since = *conversation.ConsentSince
	} else if !errors.Is(err, gorm.ErrRecordNotFound) {
		return Sitting{}, err
	}
	erasure, err := conversationErasure(db, record.ConversationID)
	if errors.Is(err, ErrClosed) {
		sitting.OthersPause, err = othersPause(db, record)
		return sitting, err
	}
	if err != nil {
		return Sitting{}, err
	}
	sitting.Erasure = &erasure
	if sitting.OwnerID == uuid.Nil {
		sitting.OwnerID = erasure.OwnerID
	}
	return sitting, nil
}

// othersPause says whether anyone else of the conversation has paused it.
func othersPause(db *gorm.DB, record recordRow) (bool, error) {
	var paused int64
	err := db.Model(&recordRow{}).
		Where("conversation_id = ? AND id <> ? AND state = ?", record.ConversationID, record.ID, Paused).Count(&paused).Error
	return paused > 0, err
}

// Secret is the participant's own link and code again, to photograph: until
// they are handed over. ok is false after that.
func (s *Service) Secret(ctx context.Context, sitting Sitting) (p Participant, ok bool, err error) {
	participants, err := s.participants(ctx, s.DB.WithContext(ctx), sitting.Conversation)
	if err != nil {
		return Participant{}, false, err
	}
	for _, p := range participants {
		if bytes.Equal(p.ID[:], sitting.ParticipantID[:]) {
			return p, p.Token != "", nil
		}
	}
	return Participant{}, false, nil
}
