package policies

// guard is the no that stands before every policy line; nothing goes around
// it. It returns the rule that refuses, or "" where the policy may speak.
func guard(action Action, f Facts, purpose Purpose) string {
	switch {
	case purpose == PerformanceEvaluation || purpose == Evidence:
		return "guard:forbidden_purpose"
	case f.Disabled:
		return "guard:disabled"
	case f.Evaluates: // themselves included: that relation is nonsense
		return "guard:evaluator"
	case f.Closed && !staysWhenClosed(action):
		return "guard:closed"
	case !action.known() || !purpose.known() || action.Purposed() == (purpose == NoPurpose):
		return "guard:unknown"
	}
	return ""
}

// staysWhenClosed lists what is left of a closed conversation or recording:
// knowing that it is there, and taking more away.
func staysWhenClosed(action Action) bool {
	switch action {
	case ConversationRead, ConversationCancel, ConversationAsk,
		RecordingRead, RecordingErase, RecordingViews, AnnotationDelete,
		SessionCreate, SessionRead, SessionTakePart, SessionPlan, SessionLead, SignalName, SignalKeep,
		NextStepKeep, LearningListRead, LearningListPublish,
		PeopleRead, SelfRead, ParticipationAnswer, ParticipationProof, EventsListen, AdministrationRead,
		RegisterRead, RegisterUnmask, RegisterClose:
		return true
	}
	return false
}
