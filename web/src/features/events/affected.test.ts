import { describe, expect, it } from 'vitest';
import { isAffected } from './affected';

const event = { kind: 'recording', id: 'r1', conversationId: 'c1' } as const;
const key = (path: string, ids?: object) => ['get', path, ids && { params: { path: ids } }];

describe('an event', () => {
  it.each([
    ['its recording', key('/recordings/{recordingId}', { recordingId: 'r1' })],
    ['the notes of it', key('/recordings/{recordingId}/annotations', { recordingId: 'r1' })],
    ['its conversation', key('/conversations/{conversationId}', { conversationId: 'c1' })],
    ['the list of conversations', key('/conversations')],
    ['the list of recordings', key('/recordings')],
  ])('concerns %s', (_what, queryKey) => {
    expect(isAffected(queryKey, event)).toBe(true);
  });

  it.each([
    ['another recording', key('/recordings/{recordingId}', { recordingId: 'r2' })],
    ['who is signed in', key('/me')],
    ['the settings', key('/settings', {})],
  ])('does not concern %s', (_what, queryKey) => {
    expect(isAffected(queryKey, event)).toBe(false);
  });

  it('about the lists concerns them and nothing else', () => {
    const published = { kind: 'learning_lists', id: 'l1' } as const;
    expect(isAffected(key('/learning-lists'), published)).toBe(true);
    expect(
      isAffected(key('/learning-lists/{listKind}/{listCode}/versions', { listKind: 'moments' }), published),
    ).toBe(true);
    expect(isAffected(key('/recordings'), published)).toBe(false);
  });

  it('about a session concerns it, the list of them, and who sees a recording', () => {
    const changed = { kind: 'session', id: 's1' } as const;
    expect(isAffected(key('/review-sessions'), changed)).toBe(true);
    expect(isAffected(key('/review-sessions/{sessionId}', { sessionId: 's1' }), changed)).toBe(true);
    expect(isAffected(key('/review-sessions/{sessionId}', { sessionId: 's2' }), changed)).toBe(false);
    expect(isAffected(key('/recordings/{recordingId}/sharing', { recordingId: 'r1' }), changed)).toBe(true);
    expect(isAffected(key('/recordings'), changed)).toBe(false);
  });
});
