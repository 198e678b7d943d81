import type { LiveSession } from '../../features/session-run/live';
import type { Session } from '../../features/session-run/types';
import type { Writing } from '../../features/session-run/useWriting';

/** What every screen of a session works with. It is there while the server is heard. */
export interface OnSession {
  session: Session;
  live: LiveSession;
  writing: Writing;
  meId: string | undefined;
}
