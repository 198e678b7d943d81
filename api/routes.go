package api

import (
	"net/http"
	"slices"
	"time"

	"vakspiegel/policies"
	"vakspiegel/web/citizen"
)

// audience is how a route knows who is asking.
type audience string

const (
	public audience = "public" // anyone
	staff  audience = "staff"  // a session of ours
	link   audience = "link"   // the cookie of a participant's link, looked at by the page itself
)

// route is one line of the table: everything there is to know of an address.
type route struct {
	method, path string
	who          audience
	// action is what the policy is asked. Without an object it is decided before
	// the handler; with one, the handler decides on the object's live facts.
	action  policies.Action
	object  bool
	body    int64         // bytes of body it reads at most
	timeout time.Duration // 0: as long as its lease or stream lives
	handle  func(*call) (reply, error)
}

const (
	base    = "/api/v1"
	noBody  = 0
	small   = 64 << 10 // JSON and forms
	quick   = 15 * time.Second
	closing = 30 * time.Second // waits for leases and the ledger
	forever = 0
)

// routes is the one table: the API's lines and those of the pages. docs and
// tests read it too.
func (s *Server) routes() []route {
	return slices.Concat(
		s.apiRoutes(),
		s.annotationRoutes(),
		s.draftRoutes(),
		s.fragmentRoutes(),
		s.captionRoutes(),
		s.lookBackRoutes(),
		s.nextStepRoutes(),
		s.learningListRoutes(),
		s.protocolRoutes(),
		s.sessionRoutes(),
		s.sessionRunRoutes(),
		s.sessionLiveRoutes(),
		s.sessionAfterRoutes(),
		s.sharingRoutes(),
		s.formRoutes(),
		s.signalRoutes(),
		s.registerRoutes(),
		s.longerRoutes(),
		s.administrationRoutes(),
		s.pageRoutes(),
	)
}

// apiRoutes are those of the contract, under base.
func (s *Server) apiRoutes() []route {
	const get, head, post, patch, del, options = http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPatch, http.MethodDelete, http.MethodOptions
	const put = http.MethodPut
	return []route{
		{get, base + "/settings", public, "", false, noBody, quick, s.getSettings},
		{post, base + "/login", public, "", false, small, quick, s.login},
		{post, base + "/logout", staff, policies.SelfRead, false, small, quick, s.logout},
		{get, base + "/me", staff, policies.SelfRead, false, noBody, quick, s.getMe},
		{get, base + "/me/photo", staff, policies.SelfRead, false, noBody, quick, s.getPhoto},
		{put, base + "/me/photo", staff, policies.SelfRead, false, policies.MaxPhoto, closing, s.putPhoto},
		{del, base + "/me/photo", staff, policies.SelfRead, false, noBody, quick, s.deletePhoto},
		{get, base + "/people", staff, policies.PeopleRead, false, noBody, quick, s.listPeople},

		{get, base + "/conversations", staff, policies.SelfRead, false, noBody, quick, s.listConversations},
		{post, base + "/conversations", staff, policies.ConversationCreate, false, small, quick, s.createConversation},
		{get, base + "/conversations/:conversationId", staff, policies.ConversationRead, true, noBody, quick, s.getConversation},
		{del, base + "/conversations/:conversationId", staff, policies.ConversationCancel, true, noBody, quick, s.cancelConversation},
		{post, base + "/conversations/:conversationId/handover", staff, policies.ConversationHandover, true, small, quick, s.handOver},
		{post, base + "/conversations/:conversationId/participants/:participantId/screen", staff, policies.ConversationHandover, true, small, quick, s.showScreen},
		{post, base + "/conversations/:conversationId/participants/:participantId/mail", staff, policies.ConversationHandover, true, small, closing, s.mailLink},
		{get, base + "/conversations/:conversationId/participants/:participantId/qr", staff, policies.ConversationRead, true, noBody, quick, s.getQR},

		{post, base + "/conversations/:conversationId/confirm", staff, policies.ConversationAsk, true, small, quick, s.confirmConversation},
		{post, base + "/conversations/:conversationId/participants", staff, policies.ConversationAsk, true, small, closing, s.addParticipant},
		{post, base + "/conversations/:conversationId/participants/:participantId/answer", staff, policies.ConversationAsk, true, small, closing, s.registerAnswer},
		{get, base + "/conversations/:conversationId/participants/:participantId/spoken", staff, policies.ConversationRead, true, noBody, quick, s.getSpokenText},

		{get, base + "/participations", staff, policies.SelfRead, false, noBody, quick, s.listParticipations},
		{get, base + "/participations/:participantId", staff, policies.ParticipationAnswer, true, noBody, quick, s.getParticipation},
		{post, base + "/participations/:participantId", staff, policies.ParticipationAnswer, true, small, closing, s.answerParticipation},

		{get, base + "/participations/:participantId/receipts", staff, policies.ParticipationProof, true, noBody, quick, s.listOwnReceipts},
		{get, base + "/me/records", staff, policies.SelfRead, false, noBody, quick, s.listOwnRecords},

		{options, base + "/uploads", public, "", false, noBody, quick, s.uploadOptions},
		{post, base + "/uploads", staff, policies.RecordingCreate, true, s.MaxUpload, forever, s.tus},
		{head, base + "/uploads/:uploadId", staff, policies.RecordingCreate, true, noBody, closing, s.tus},
		{patch, base + "/uploads/:uploadId", staff, policies.RecordingCreate, true, s.MaxUpload, forever, s.tus},
		{del, base + "/uploads/:uploadId", staff, policies.RecordingCreate, true, noBody, closing, s.tus},

		{get, base + "/recordings", staff, policies.SelfRead, false, noBody, quick, s.listRecordings},
		{get, base + "/recordings/:recordingId", staff, policies.RecordingRead, true, noBody, quick, s.getRecording},
		{del, base + "/recordings/:recordingId", staff, policies.RecordingErase, true, noBody, closing, s.eraseRecording},
		{post, base + "/recordings/:recordingId/still-needed", staff, policies.RecordingKeep, true, noBody, quick, s.keepRecording},
		{get, base + "/recordings/:recordingId/video", staff, policies.RecordingWatch, true, noBody, forever, s.getVideo},
		{head, base + "/recordings/:recordingId/video", staff, policies.RecordingWatch, true, noBody, quick, s.getVideo},
		{post, base + "/recordings/:recordingId/original", staff, policies.RecordingErase, true, small, quick, s.originalErased},
		{get, base + "/originals", staff, policies.SelfRead, false, noBody, quick, s.listOriginals},
		{get, base + "/recordings/:recordingId/views", staff, policies.RecordingViews, true, noBody, quick, s.listViews},

		{get, base + "/events", staff, policies.EventsListen, false, noBody, forever, s.listenEvents},
		{get, base + "/openapi.json", public, "", false, noBody, quick, s.getContract},
		{get, base + "/health/live", public, "", false, noBody, quick, s.isLive},
		{get, base + "/health/ready", public, "", false, noBody, quick, s.isReady},
	}
}

// pageRoutes are HTML pages and files: signing in, the participants' pages, what
// staff prints.
func (s *Server) pageRoutes() []route {
	const get, post = http.MethodGet, http.MethodPost
	return []route{
		{get, "/aanmelden", public, "", false, noBody, quick, s.beginSignIn},
		{get, "/aanmelden/terug", public, "", false, noBody, quick, s.endSignIn},

		{get, "/c/:token", link, "", false, noBody, quick, s.openLink},
		{get, "/toestemming", link, "", false, noBody, quick, s.showConsent},
		{post, "/toestemming", link, "", false, small, closing, s.answerConsent},
		{get, "/toestemming/bewaren", link, "", false, noBody, quick, s.showKept},
		{get, "/toestemming/klaar", link, "", false, noBody, quick, s.showDone},
		{post, "/toestemming/klaar", link, "", false, small, quick, s.closeScreen},
		{get, "/toestemming/foto", link, "", false, noBody, quick, s.showPhoto},
		{get, "/toestemming/geluid", public, "", false, noBody, forever, s.showSound},
		{get, "/toestemming/kaart", link, "", false, noBody, quick, s.showOwnCard},
		{get, "/kaart/:conversationId/:participantId", staff, policies.ConversationRead, true, noBody, quick, s.showCard},
		{get, "/toestemming/verklaring", link, "", false, noBody, quick, s.showReceipt},
		{get, "/toestemming/verklaring.json", link, "", false, noBody, quick, s.getReceipt},
		{get, "/toestemming/wisverklaring", link, "", false, noBody, quick, s.showStatement},
		{get, "/toestemming/wisverklaring.json", link, "", false, noBody, quick, s.getStatement},
		{get, citizen.PathOwn + "/:participantId/verklaring", staff, policies.ParticipationProof, true, noBody, quick, s.ownDocument((*Server).receiptPage)},
		{get, citizen.PathOwn + "/:participantId/verklaring.json", staff, policies.ParticipationProof, true, noBody, quick, s.ownDocument((*Server).receiptFile)},
		{get, citizen.PathOwn + "/:participantId/wisverklaring", staff, policies.ParticipationProof, true, noBody, quick, s.ownDocument((*Server).statementPage)},
		{get, citizen.PathOwn + "/:participantId/wisverklaring.json", staff, policies.ParticipationProof, true, noBody, quick, s.ownDocument((*Server).statementFile)},
		{get, "/verklaring", public, "", false, noBody, quick, s.showCheck},
		{get, "/brief/:conversationId/:participantId", staff, policies.ConversationRead, true, noBody, quick, s.showLetter},
		{get, "/toestemming/nee", public, "", false, noBody, quick, s.showRefused},
		{get, "/code", public, "", false, noBody, quick, s.showCode},
		{post, "/code", public, "", false, small, quick, s.enterCode},
		{get, "/link-kwijt", public, "", false, noBody, quick, s.showLost},
		{get, "/eerlijke-grenzen", public, "", false, noBody, quick, s.showArticle("limits")},
		{get, "/privacy", public, "", false, noBody, quick, s.showArticle("privacy")},
		{get, "/toegankelijkheid", public, "", false, noBody, quick, s.showArticle("accessibility")},
		{get, "/citizen/*file", public, "", false, noBody, quick, s.citizenFile},
		{get, pathKeys, public, "", false, noBody, quick, s.getKeys},
		{get, "/.well-known/security.txt", public, "", false, noBody, quick, s.securityTxt},
	}
}

// registerRoutes are those of the register of consents, and what a klantmanager
// is told of it.
func (s *Server) registerRoutes() []route {
	const get, post = http.MethodGet, http.MethodPost
	return []route{
		{get, base + "/me/notices", staff, policies.SelfRead, false, noBody, quick, s.listNotices},
		{post, base + "/me/notices/:noticeId/seen", staff, policies.SelfRead, true, small, quick, s.putNoticeAway},
		{get, base + "/register/records", staff, policies.RegisterRead, false, noBody, quick, s.listRegister},
		{get, base + "/register/records.csv", staff, policies.RegisterRead, false, noBody, forever, s.downloadRegister},
		{get, base + "/register/records/:recordId", staff, policies.RegisterRead, true, noBody, quick, s.getRegisterRecord},
		{post, base + "/register/records/:recordId/unmask", staff, policies.RegisterUnmask, true, small, quick, s.unmask},
		{post, base + "/register/records/:recordId/closings", staff, policies.RegisterClose, true, small, quick, s.proposeClosing},
		{post, base + "/register/records/:recordId/invalidate", staff, policies.RegisterClose, true, small, quick, s.proposeInvalidation},
		{get, base + "/register/closings", staff, policies.RegisterRead, false, noBody, quick, s.listWaitingClosings},
		{get, base + "/register/closings/:closingId", staff, policies.RegisterRead, true, noBody, quick, s.getClosing},
		{post, base + "/register/closings/:closingId/confirm", staff, policies.RegisterClose, true, small, closing, s.confirmClosing},
		{post, base + "/register/closings/:closingId/take-back", staff, policies.RegisterClose, true, small, quick, s.takeBackClosing},
	}
}

// longerRoutes are those of keeping a recording longer.
func (s *Server) longerRoutes() []route {
	const get, post, del = http.MethodGet, http.MethodPost, http.MethodDelete
	return []route{
		{post, base + "/conversations/:conversationId/longer", staff, policies.ConversationAsk, true, small, quick, s.askLonger},
		{del, base + "/conversations/:conversationId/longer", staff, policies.ConversationAsk, true, noBody, quick, s.takeLongerBack},
		{get, base + "/conversations/:conversationId/participants/:participantId/longer", staff, policies.ConversationRead, true, noBody, quick, s.getLongerText},
		{post, base + "/conversations/:conversationId/participants/:participantId/longer", staff, policies.ConversationAsk, true, small, closing, s.registerLonger},
	}
}

// administrationRoutes only read: nothing is changed from a screen.
func (s *Server) administrationRoutes() []route {
	const get = http.MethodGet
	return []route{
		{get, base + "/administration/texts", staff, policies.AdministrationRead, false, noBody, quick, s.readTexts},
		{get, base + "/administration/texts/documents", staff, policies.AdministrationRead, false, noBody, quick, s.readTextDocuments},
		{get, base + "/administration/organisation", staff, policies.AdministrationRead, false, noBody, quick, s.readOrganisation},
		{get, base + "/administration/settings", staff, policies.AdministrationRead, false, noBody, quick, s.readSettings},
		{get, base + "/administration/health", staff, policies.AdministrationRead, false, noBody, quick, s.readHealth},
	}
}
