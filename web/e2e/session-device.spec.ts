import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { accept, bring, filmOf, idsOf, plan, post, type Seat, seat } from './gathering';
import { Server } from './server';
import { expect, test } from './test';

const question = 'Hoe blijf ik rustig bij zo een brief?';
const typed = 'Zij kijkt weg zodra de brief op tafel ligt.';

/** The files below a folder, and what is in them. */
function* filesIn(folder: string): Generator<[string, Buffer]> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    yield [path, readFileSync(path)];
  }
}

/** Pieces of a film that are found nowhere else. */
const piecesOf = (film: Buffer) =>
  Array.from({ length: 64 }, (_, n) => Math.floor(((n + 1) * film.length) / 66)).map((at) =>
    film.subarray(at, at + 48),
  );

test('a browser keeps nothing of a fragment, and no word of a session, on its disk', async ({
  browser,
  phone,
}, { project }) => {
  const server = await Server.start({ VAKSPIEGEL_COOLING_OFF: '0s' });
  const profile = mkdtempSync(join(tmpdir(), 'browser-'));
  try {
    const bram = await seat(browser, server.url, 'bram');
    const context = await chromium.launchPersistentContext(profile, {
      ...project.use.launchOptions,
      baseURL: server.url,
      locale: 'nl-NL',
    });
    const noor: Seat = { login: 'noor', context, page: await context.newPage() };
    expect((await noor.page.request.post('/api/v1/login', { data: { person: 'noor' } })).status()).toBe(204);
    const { recordingId } = await filmOf(noor, await phone());
    const ids = await idsOf(noor);
    const id = await plan(noor, {
      title: 'De brief',
      learningQuestion: question,
      protocol: 'reflectiegesprek',
      facilitatorId: ids('bram'),
      participantIds: [],
      place: 'distance',
      startsAt: new Date(Date.now() + 3600_000).toISOString(),
    });
    await post(bram, `/api/v1/review-sessions/${id}/request`, { accept: true });
    await bring(noor, id, recordingId, 10_000, 40_000);
    await post(noor, `/api/v1/review-sessions/${id}/open`);
    for (const who of [noor, bram]) await accept(who, id);
    await post(bram, `/api/v1/review-sessions/${id}/start`);
    for (const to of [1, 2]) await post(bram, `/api/v1/review-sessions/${id}/steps`, { to });

    await noor.page.goto(`/sessies/${id}`);
    await expect(noor.page.getByText(question)).toBeVisible();
    await noor.page.goto(`/sessies/${id}/samen`);
    await noor.page.getByRole('button', { name: 'Afspelen' }).click({ timeout: 30_000 });
    const film = noor.page.locator('video');
    await expect
      .poll(() => film.evaluate((video: HTMLVideoElement) => video.currentTime))
      .toBeGreaterThan(1.5);
    await noor.page.getByRole('textbox', { name: 'Wat wil je opschrijven?' }).fill(typed);
    const answer = await noor.page.request.get(`/api/v1/review-sessions/${id}/fragments/1/video`);
    const pieces = piecesOf(await answer.body());
    await noor.page.goto('/');
    await context.close(); // what it keeps is on its disk now

    const words = [question, typed].flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
    let read = 0;
    for (const [path, data] of filesIn(profile)) {
      read += data.length;
      for (const sought of [...pieces, ...words]) expect(data.includes(sought), path).toBe(false);
    }
    expect(read).toBeGreaterThan(10_000);
    await bram.context.close();
  } finally {
    rmSync(profile, { recursive: true, force: true });
    expect(await server.stop()).toBe(0);
  }
});
