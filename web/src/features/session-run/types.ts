import type { components } from '../../api/schema';

type Schemas = components['schemas'];

export type Contribution = Schemas['Contribution'];
export type ContributionChange = Schemas['ContributionChange'];
export type ContributionKind = Schemas['ContributionKind'];
export type Protocol = Schemas['Protocol'];
export type ProtocolStep = Schemas['ProtocolStep'];
export type Session = Schemas['Session'];
export type SessionFragment = Schemas['SessionFragment'];
export type SessionPerson = Schemas['SessionMember'];
