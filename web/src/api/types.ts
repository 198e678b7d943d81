import type { components } from './schema';

type Schemas = components['schemas'];

export type Annotation = Schemas['Annotation'];
export type AnnotationChange = Schemas['AnnotationChange'];
export type AnnotationKind = Schemas['AnnotationKind'];
export type ChangeEvent = Schemas['Event'];
export type Conversation = Schemas['Conversation'];
export type ConversationLine = Schemas['ConversationLine'];
export type Fault = Schemas['Fault'];
export type Me = Schemas['Me'];
export type NewAnnotation = Schemas['NewAnnotation'];
export type Participant = Schemas['Participant'];
export type ParticipantRole = Schemas['ParticipantRole'];
export type Problem = Schemas['Problem'];
export type Recording = Schemas['Recording'];
export type Notice = Schemas['Notice'];
export type RegisterClosing = Schemas['RegisterClosing'];
export type RegisterErasure = Schemas['RegisterErasure'];
export type RegisterEvent = Schemas['RegisterEvent'];
export type RegisterRecord = Schemas['RegisterRecord'];
export type RegisterTimeline = Schemas['RegisterTimeline'];
export type Scope = Schemas['Scope'];
export type Settings = Schemas['Settings'];
export type View = Schemas['View'];
