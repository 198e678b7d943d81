import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Contribution = Schemas['Contribution'];
export type Insight = Schemas['Insight'];
/** What was said in one session about one's own recording. */
export type Said = Schemas['Said'];
export type SessionRound = Schemas['SessionRound'];
export type SessionSummary = Schemas['SessionSummary'];
