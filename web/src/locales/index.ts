import enAdministration from './en/administration.json';
import enAfterSession from './en/afterSession.json';
import enAnnotations from './en/annotations.json';
import enApp from './en/app.json';
import enCaptions from './en/captions.json';
import enConversations from './en/conversations.json';
import enExport from './en/export.json';
import enForms from './en/forms.json';
import enFragments from './en/fragments.json';
import enLearningLists from './en/learningLists.json';
import enLookBack from './en/lookBack.json';
import enNextSteps from './en/nextSteps.json';
import enProblems from './en/problems.json';
import enProtocols from './en/protocols.json';
import enRecording from './en/recording.json';
import enRegister from './en/register.json';
import enRoster from './en/roster.json';
import enSearch from './en/search.json';
import enSessionRun from './en/sessionRun.json';
import enSessions from './en/sessions.json';
import enSignals from './en/signals.json';
import enSignIn from './en/signIn.json';
import enUpload from './en/upload.json';
import nlAdministration from './nl/administration.json';
import nlAfterSession from './nl/afterSession.json';
import nlAnnotations from './nl/annotations.json';
import nlApp from './nl/app.json';
import nlCaptions from './nl/captions.json';
import nlConversations from './nl/conversations.json';
import nlExport from './nl/export.json';
import nlForms from './nl/forms.json';
import nlFragments from './nl/fragments.json';
import nlLearningLists from './nl/learningLists.json';
import nlLookBack from './nl/lookBack.json';
import nlNextSteps from './nl/nextSteps.json';
import nlProblems from './nl/problems.json';
import nlProtocols from './nl/protocols.json';
import nlRecording from './nl/recording.json';
import nlRegister from './nl/register.json';
import nlRoster from './nl/roster.json';
import nlSearch from './nl/search.json';
import nlSessionRun from './nl/sessionRun.json';
import nlSessions from './nl/sessions.json';
import nlSignals from './nl/signals.json';
import nlSignIn from './nl/signIn.json';
import nlUpload from './nl/upload.json';

/** Dutch is the language the screens are designed in; English follows it key by key. */
export const resources = {
  nl: {
    administration: nlAdministration,
    afterSession: nlAfterSession,
    annotations: nlAnnotations,
    app: nlApp,
    captions: nlCaptions,
    conversations: nlConversations,
    forms: nlForms,
    learningLists: nlLearningLists,
    export: nlExport,
    fragments: nlFragments,
    lookBack: nlLookBack,
    nextSteps: nlNextSteps,
    problems: nlProblems,
    protocols: nlProtocols,
    recording: nlRecording,
    register: nlRegister,
    roster: nlRoster,
    search: nlSearch,
    signals: nlSignals,
    sessionRun: nlSessionRun,
    sessions: nlSessions,
    signIn: nlSignIn,
    upload: nlUpload,
  },
  en: {
    administration: enAdministration,
    afterSession: enAfterSession,
    annotations: enAnnotations,
    app: enApp,
    captions: enCaptions,
    conversations: enConversations,
    forms: enForms,
    learningLists: enLearningLists,
    export: enExport,
    fragments: enFragments,
    lookBack: enLookBack,
    nextSteps: enNextSteps,
    problems: enProblems,
    protocols: enProtocols,
    recording: enRecording,
    register: enRegister,
    roster: enRoster,
    search: enSearch,
    signals: enSignals,
    sessionRun: enSessionRun,
    sessions: enSessions,
    signIn: enSignIn,
    upload: enUpload,
  },
};
