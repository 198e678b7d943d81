import { client } from '../../api/client';
import type { Stored, Transport, Words } from './autosave';

const LIST = '/recordings/{recordingId}/drafts';
const ONE = '/recordings/{recordingId}/drafts/{draftId}';
/** What a browser still sends for a page that goes away is 64 KiB at most. */
const LEAVING_MAX = 48_000;

export interface DraftCalls extends Transport {
  list: () => Promise<(Stored & { id: string })[]>;
  key: () => Promise<string>;
}

/** The calls about the drafts on one recording. */
export function draftCalls(recordingId: string): DraftCalls {
  const path = (draftId: string) => ({ recordingId, draftId });
  const list = async () => {
    const { data } = await client.GET(LIST, { params: { path: { recordingId } } });
    return (data?.items ?? []).map(({ id, version, updatedAt: _at, ...words }) => ({
      id,
      version,
      words: words as Words,
    }));
  };
  return {
    list,
    find: async (id) => (await list()).find((draft) => draft.id === id),
    keep: async (id, version, words, leaving) => {
      const header = version > 0 ? { 'If-Match': `"${version}"` } : { 'If-None-Match': '*' as const };
      const keepalive = leaving && JSON.stringify(words).length < LEAVING_MAX;
      const { response } = await client.PUT(ONE, {
        params: { path: path(id), header },
        body: words,
        keepalive,
      });
      return Number((response.headers.get('ETag') ?? '').replaceAll('"', '')) || version + 1;
    },
    drop: async (id, version) => {
      await client.DELETE(ONE, { params: { path: path(id), header: { 'If-Match': `"${version}"` } } });
    },
    key: async () => {
      const { data } = await client.GET('/recordings/{recordingId}/draft-key', {
        params: { path: { recordingId } },
      });
      return data?.key ?? '';
    },
  };
}
