import type { NewParticipant, ParticipantRole } from '../../api/types';

export const capacities = ['parent', 'curator', 'mentor', 'administrator'] as const;
export type Capacity = (typeof capacities)[number];

/** What was filled in of someone more; parts of another role stay, and do not count. */
export interface Draft {
  role?: ParticipantRole | undefined;
  capacity?: Capacity | undefined;
  told: boolean;
  personId?: string | undefined;
  telephone: boolean;
}

/** What is asked of the server, or undefined while a part that the role needs is missing. */
export function newParticipant({
  role,
  capacity,
  told,
  personId,
  telephone,
}: Draft): NewParticipant | undefined {
  switch (role) {
    case undefined:
      return undefined;
    case 'representative':
      return capacity && told ? { role, capacity, told } : undefined;
    case 'colleague':
      return personId ? { role, personId } : undefined;
    case 'interpreter':
      return telephone ? { role, telephone } : { role };
    default:
      return { role };
  }
}
