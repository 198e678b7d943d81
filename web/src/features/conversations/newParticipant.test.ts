import { describe, expect, it } from 'vitest';
import { newParticipant } from './newParticipant';

const nothing = { told: false, telephone: false };

describe('someone more in the room', () => {
  it('is nobody until a role is chosen', () => expect(newParticipant(nothing)).toBeUndefined());

  it('is a role alone for most', () =>
    expect(newParticipant({ ...nothing, role: 'partner', told: true, personId: 'x' })).toEqual({
      role: 'partner',
    }));

  it('needs a capacity and that the person was told for a representative', () => {
    expect(newParticipant({ ...nothing, role: 'representative' })).toBeUndefined();
    expect(newParticipant({ ...nothing, role: 'representative', capacity: 'mentor' })).toBeUndefined();
    expect(newParticipant({ ...nothing, role: 'representative', told: true })).toBeUndefined();
    expect(newParticipant({ ...nothing, role: 'representative', capacity: 'mentor', told: true })).toEqual({
      role: 'representative',
      capacity: 'mentor',
      told: true,
    });
  });

  it('needs a person for a colleague', () => {
    expect(newParticipant({ ...nothing, role: 'colleague' })).toBeUndefined();
    expect(newParticipant({ ...nothing, role: 'colleague', personId: 'x' })).toEqual({
      role: 'colleague',
      personId: 'x',
    });
  });

  it('tells of an interpreter who is only heard', () => {
    expect(newParticipant({ ...nothing, role: 'interpreter' })).toEqual({ role: 'interpreter' });
    expect(newParticipant({ ...nothing, role: 'interpreter', telephone: true })).toEqual({
      role: 'interpreter',
      telephone: true,
    });
  });
});
