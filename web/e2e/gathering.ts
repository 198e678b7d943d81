import { readFileSync } from 'node:fs';
import { type APIResponse, type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import { film } from './film';
import { haveRead } from './test';

/** Someone with the demo on a screen of their own. */
export interface Seat {
  login: string;
  context: BrowserContext;
  page: Page;
}

interface Person {
  id: string;
  name: string;
}

async function json<T>(response: APIResponse, status: number): Promise<T> {
  expect(response.status(), `${response.url()}: ${await response.text()}`).toBe(status);
  return (await response.json()) as T;
}

/** Signs someone in. What they press first they press themselves: a browser starts no film for who did nothing. */
export async function seat(
  browser: Browser,
  baseURL: string,
  login: string,
  viewport = { width: 1440, height: 900 },
): Promise<Seat> {
  const context = await browser.newContext({ baseURL, locale: 'nl-NL', viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const answer = await page.request.post('/api/v1/login', { data: { person: login } });
  expect(answer.status()).toBe(204);
  return { login, context, page };
}

/** A film of the owner's that coach and colleagues may look at, with the citizen's own link. */
export async function filmOf({ page }: Seat, phone: Page): Promise<{ recordingId: string; link: string }> {
  const planned = { heldAt: new Date().toISOString(), participants: [{ role: 'citizen' }] };
  const conversation = await json<{ id: string; participants: { consentUrl: string }[] }>(
    await page.request.post('/api/v1/conversations', { data: planned }),
    201,
  );
  const link = conversation.participants[0]?.consentUrl ?? '';
  await phone.goto(link);
  for (const box of await phone.locator('input[name=scope]').all()) await box.check();
  await haveRead(phone);
  await phone.getByRole('button', { name: /^Ja, film ons gesprek/ }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('U zei ja. Dank u wel.');
  return { recordingId: await send(page, conversation.id), link };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Sends the film as the resumable sender does (tus 1.0), and waits until it can be looked at. */
async function send(page: Page, conversationId: string): Promise<string> {
  const bytes = readFileSync(film);
  const about = {
    conversationId,
    filename: 'opname.mp4',
    filetype: 'video/mp4',
    startedAt: new Date().toISOString(),
  };
  const metadata = Object.entries(about).map(([name, value]) => `${name} ${base64(value)}`);
  const tus = { 'Tus-Resumable': '1.0.0' };
  const made = await page.request.post('/api/v1/uploads', {
    headers: { ...tus, 'Upload-Length': String(bytes.length), 'Upload-Metadata': metadata.join(',') },
  });
  expect(made.status(), await made.text()).toBe(201);
  const location = made.headers().location ?? '';
  const sent = await page.request.patch(location, {
    headers: { ...tus, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' },
    data: bytes,
  });
  expect(sent.status()).toBe(204);
  const recordingId = location.split('/').pop() ?? '';
  await expect
    .poll(async () => {
      const { state } = await json<{ state: string }>(
        await page.request.get(`/api/v1/recordings/${recordingId}`),
        200,
      );
      return state;
    })
    .toBe('ready');
  return recordingId;
}

/** The ids of people, by login name. */
export async function idsOf({ page }: Seat): Promise<(login: string) => string> {
  const { items } = await json<{ items: Person[] }>(await page.request.get('/api/v1/people'), 200);
  const me = await json<Person>(await page.request.get('/api/v1/me'), 200);
  return (login) => {
    const found = [...items, me].find(({ name }) => name.toLowerCase() === login);
    if (!found) throw new Error(`nobody is called ${login}`);
    return found.id;
  };
}

const one = (sessionId: string) => `/api/v1/review-sessions/${sessionId}`;

/** Plans a session and gives its id. */
export async function plan({ page }: Seat, session: Record<string, unknown>): Promise<string> {
  const { id } = await json<{ id: string }>(
    await page.request.post('/api/v1/review-sessions', { data: session }),
    201,
  );
  return id;
}

export async function accept({ page }: Seat, sessionId: string) {
  await json(await page.request.post(`${one(sessionId)}/agreement`, { data: { version: 1 } }), 200);
}

/** Brings a part of one's own film in; the whole film where the server cannot cut. */
export async function bring(
  { page }: Seat,
  sessionId: string,
  recordingId: string,
  startMs: number,
  endMs: number,
) {
  const send = (data: unknown) => page.request.post(`${one(sessionId)}/fragments`, { data });
  const answer = await send({ recordingId, startMs, endMs });
  if (answer.ok()) return;
  expect(await answer.text()).toContain('cuts_unavailable');
  const whole = await send({ recordingId, whole: true });
  expect(whole.ok(), await whole.text()).toBe(true);
}

export async function takeBack({ page }: Seat, sessionId: string, n: number) {
  const answer = await page.request.delete(`${one(sessionId)}/fragments/${n}`);
  expect(answer.ok(), await answer.text()).toBe(true);
}

export async function post({ page }: Seat, path: string, data: unknown = {}) {
  const answer = await page.request.post(path, { data });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
}

/** Where the film is on a screen, in ms of its file, when its clock said so. */
export async function position({ page }: Seat): Promise<{ ms: number; playing: boolean; at: number }> {
  return page.locator('video').evaluate((video: HTMLVideoElement) => ({
    ms: video.currentTime * 1000,
    playing: !video.paused,
    at: performance.timeOrigin + performance.now(),
  }));
}

/** How far a screen is from the one who leads, in ms; while it plays both are thought on to the same moment. */
export async function distance(leader: Seat, follower: Seat): Promise<number> {
  const [a, b] = await Promise.all([position(leader), position(follower)]);
  const now = Math.max(a.at, b.at);
  const on = ({ ms, playing, at }: typeof a) => (playing ? ms + (now - at) : ms);
  return Math.abs(on(a) - on(b));
}

/** Whether what a page shows can be read from the page's text, without what a screen reader alone hears. */
export const main = ({ page }: Seat) => page.getByRole('main');

/** Keeps a picture of a screen where VAKSPIEGEL_SHOTS names a folder; at 1440 and at 360 px. */
export async function shot({ page, login }: Seat, name: string) {
  const folder = process.env.VAKSPIEGEL_SHOTS;
  if (!folder) return;
  const size = page.viewportSize();
  await page.screenshot({ path: `${folder}/${name}-${login}.png`, fullPage: true });
  if (!size || size.width < 1000) return;
  await page.setViewportSize({ width: 360, height: 740 });
  await page.screenshot({ path: `${folder}/${name}-${login}-360.png`, fullPage: true });
  await page.setViewportSize(size);
}
