import { type APIRequestContext, request } from '@playwright/test';

/** The demo's own notes on noor's sample (cmd/vakspiegel/sample.go). */
const notes = [
  {
    startMs: 5960,
    endMs: 12_600,
    kind: 'feeling',
    body: 'Hier hoor ik spanning. De brief is binnengekomen als een klap.',
  },
  {
    startMs: 26_850,
    endMs: 31_810,
    kind: 'strength',
    body: 'Ik benoem wat ik hoor en vraag wat nu helpt. Dat werkt.',
  },
  { startMs: 41_230, kind: 'question', body: 'Had ik hier eerst moeten samenvatten?' },
  { startMs: 48_260, endMs: 51_860, kind: 'moment', body: "Wantrouwen: 'De vorige keer belde er niemand.'" },
  { startMs: 53_060, kind: 'alternative', body: 'Meteen samen een tijd in de agenda zetten.' },
];

interface Versioned {
  id: string;
  version: number;
  parentId?: string;
}

async function clear(api: APIRequestContext, list: string, one: string) {
  const { items } = (await (await api.get(list)).json()) as { items: Versioned[] };
  for (const { id, version } of items.filter(({ parentId }) => parentId === undefined)) {
    await api.delete(`${one}/${id}`, { headers: { 'If-Match': `"${version}"` } });
  }
}

/** Puts noor's sample back as the demo made it: what one test leaves, no other test meets. */
export async function resetSample(url: string) {
  const api = await request.newContext({ baseURL: url });
  await api.post('/api/v1/login', { data: { person: 'noor' } });
  const list = (await (await api.get('/api/v1/conversations')).json()) as {
    items: { label?: string; recordings?: { id: string }[] }[];
  };
  const id = list.items.find(({ label }) => label === 'voorbeeld: de brief')?.recordings?.[0]?.id;
  if (id !== undefined) {
    const recording = `/api/v1/recordings/${id}`;
    await clear(api, `${recording}/annotations`, '/api/v1/annotations');
    await clear(api, `${recording}/drafts`, `${recording}/drafts`);
    await clear(api, `${recording}/forms`, '/api/v1/forms');
    await clear(api, `${recording}/fragments`, '/api/v1/fragments');
    for (const note of notes) await api.post(`${recording}/annotations`, { data: note });
    const begun = { positionMs: 0, memories: [], begin: null, phase: null, step: null };
    await api.patch(`${recording}/look-back`, { data: begun });
  }
  await clear(api, '/api/v1/next-steps', '/api/v1/next-steps');
  await api.post('/api/v1/logout');
  await api.dispose();
}
