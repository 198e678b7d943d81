export type {
  Agreement as AgreementText,
  NewSession,
  Protocol,
  Session,
  SessionChange,
  SessionFragment,
  SessionMember,
  SessionProblem,
  SessionSummary,
  SharedFragment,
  Sharing,
} from '../../api/types';

/** What a protocol says, in both languages of the screens. */
export interface Said {
  nl: string;
  en: string;
}
