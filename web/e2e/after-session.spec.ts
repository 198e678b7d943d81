import type { Page } from '@playwright/test';
import { film } from './film';
import { Server } from './server';
import { addFilm, ask, test as base, expect, hasNoViolations, haveRead, isTooWide, main } from './test';

/** Sharing opens at once: what comes after a session is no matter of days here. */
const test = base.extend<object, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: the form Playwright asks for
    async ({}, use) => {
      const server = await Server.start({ VAKSPIEGEL_COOLING_OFF: '0s' });
      await use(server);
      expect(await server.stop()).toBe(0);
    },
    { scope: 'worker' },
  ],
});

const title = (page: Page) => page.getByRole('heading', { level: 1 });

/** Asks the API as who is signed in there. */
async function api<T = unknown>(page: Page, method: string, path: string, data?: unknown): Promise<T> {
  const answer = await page.request.fetch(`/api/v1${path}`, { method, ...(data !== undefined && { data }) });
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (answer.status() === 204 ? undefined : await answer.json()) as T;
}

/** A film of noor's that colleagues may look at. */
async function filmed(noor: Page, phone: Page): Promise<string> {
  const [link] = await ask(noor);
  await phone.goto(link ?? '');
  await haveRead(phone);
  for (const box of await phone.locator('input[name=scope]').all()) await box.check();
  await phone.getByRole('button', { name: /^Ja, film ons gesprek/ }).click();
  await addFilm(noor, film);
  return new URL(noor.url()).pathname.split('/').pop() ?? '';
}

interface Made {
  id: string;
  seriesId: string;
}

/** Noor and Sem look back together: Noor tried something, Sem saw something, and the end leaves a signal. */
async function together(noor: Page, sem: Page, recordingId: string): Promise<Made> {
  const { items } = await api<{ items: { id: string; name: string }[] }>(noor, 'GET', '/people');
  const id = (name: string) => items.find((person) => person.name === name)?.id;
  const day = (days: number) => new Date(Date.now() + days * 24 * 3600_000).toISOString();
  const made = await api<Made>(noor, 'POST', '/review-sessions', {
    title: 'Praten over geld',
    learningQuestion: 'Hoe blijf ik rustig als het over geld gaat?',
    protocol: 'samen-terugkijken',
    participantIds: [id('Sem')],
    startsAt: day(1),
    furtherRounds: [day(8)],
  });
  const path = `/review-sessions/${made.id}`;
  for (const page of [noor, sem]) await api(page, 'POST', `${path}/agreement`, { version: 1 });
  await api(noor, 'POST', `${path}/fragments`, { recordingId, whole: true });
  await api(noor, 'POST', `${path}/open`);
  await api(noor, 'POST', `${path}/start`, { present: [id('Noor'), id('Sem')], onPaper: [] });
  const post = (page: Page, step: number, kind: string, body: string, more = {}) =>
    api(page, 'POST', `${path}/contributions`, { step, kind, body, ...more });
  await post(noor, 0, 'tried', 'Eerst drie tellen stil zijn');
  await api(noor, 'POST', `${path}/steps`, { to: 1 });
  await post(sem, 1, 'strength', 'Je liet een stilte vallen, en toen vertelde ze verder', {
    n: 1,
    startMs: 20_000,
  });
  await post(noor, 1, 'feeling', 'Hier voelde ik haast', { n: 1, startMs: 8000 });
  for (const page of [noor, sem]) await api(page, 'POST', `${path}/ready`, { step: 1, ready: true });
  await api(noor, 'POST', `${path}/steps`, { to: 2 });
  await api(noor, 'POST', `${path}/finish`, { signal: 'De brief over de norm begrijpt niemand' });
  return made;
}

async function nextRound(page: Page, { id }: Made): Promise<string> {
  const { rounds } = await api<{ rounds: { id: string; round: number }[] }>(
    page,
    'GET',
    `/review-sessions/${id}/thread`,
  );
  return rounds.find(({ round }) => round === 2)?.id ?? '';
}

test('what stays after a session: alone, later, and as a thread', async ({ person, phone }, info) => {
  const noor = await person('Noor');
  const sem = await person('Sem');
  const shot = (page: Page, name: string) =>
    page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true });
  const recordingId = await filmed(noor, await phone());
  const made = await together(noor, sem, recordingId);

  await noor.goto('/');
  await shot(noor, 'tasks');
  await expect(main(noor).getByText('Kijk rustig na: wat neem je mee?')).toBeVisible();
  await hasNoViolations(noor);
  await noor.getByRole('link', { name: 'Kijk wat je meeneemt' }).click();
  await expect(title(noor)).toHaveText('Na de sessie');
  const said = main(noor).getByText('Je liet een stilte vallen, en toen vertelde ze verder');
  await expect(said).toBeVisible();
  await expect(main(noor).getByText('Eerst drie tellen stil zijn')).toHaveCount(0);
  await hasNoViolations(noor);
  await noor
    .getByRole('textbox', { name: 'In je eigen woorden', exact: true })
    .fill('Stilte is geen leegte.');
  await noor.getByRole('button', { name: 'Bewaar wat je meeneemt' }).click();
  await expect(main(noor).getByText('Bewaard. Je kunt het later nog veranderen.')).toBeVisible();
  await noor.getByRole('textbox', { name: /Eén kleine stap/ }).fill('Drie tellen wachten na een vraag');
  await noor.getByRole('button', { name: 'Bewaar', exact: true }).click();
  await expect(main(noor).getByText('Je voornemen staat bij Voornemens.')).toBeVisible();
  await shot(noor, 'after');
  await noor.setViewportSize({ width: 360, height: 740 });
  await shot(noor, 'after-360');
  expect(await isTooWide(noor)).toBe(false);
  await noor.setViewportSize({ width: 1440, height: 900 });
  await noor.getByRole('button', { name: 'Klaar', exact: true }).click();
  await expect(title(noor)).toHaveText('Mijn gesprekken');
  await expect(noor.getByRole('link', { name: 'Kijk wat je meeneemt' })).toHaveCount(0);

  // Sem brought nothing in: nothing is asked of him, and nothing is there.
  await sem.goto(`/sessies/${made.id}/erna`);
  await expect(title(sem)).toHaveText('Deze pagina is er niet');
  await sem.goto('/');
  await expect(sem.getByRole('link', { name: 'Kijk wat je meeneemt' })).toHaveCount(0);

  // In the workspace: on the timeline and under one's own notes.
  await noor.goto(`/opnames/${recordingId}`);
  await expect(noor.getByRole('heading', { name: /^Uit de sessie van / })).toBeVisible();
  await noor.getByRole('button', { name: /^Ga naar 0:20/ }).click();
  await expect
    .poll(() => noor.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime))
    .toBeGreaterThan(15);
  await expect(noor.getByRole('group', { name: 'Uit een sessie' })).toBeVisible();
  await hasNoViolations(noor);
  await shot(noor, 'workspace');

  // The next round opens with what was tried; one's own open step is for oneself.
  const next = await nextRound(noor, made);
  for (const page of [noor, sem]) {
    await api(page, 'POST', `/review-sessions/${next}/agreement`, { version: 1 });
  }
  await api(noor, 'POST', `/review-sessions/${next}/fragments`, { recordingId, whole: true });
  await api(noor, 'POST', `/review-sessions/${next}/open`);
  await sem.setViewportSize({ width: 360, height: 740 });
  for (const page of [noor, sem]) {
    await page.goto(`/sessies/${next}/samen`);
    await expect(main(page).getByText('Eerst drie tellen stil zijn')).toBeVisible();
    await hasNoViolations(page);
  }
  await expect(main(noor).getByText(/^Dit wilde je proberen: Drie tellen wachten/)).toBeVisible();
  await expect(main(sem).getByText(/Drie tellen wachten/)).toHaveCount(0);
  await shot(noor, 'thread');
  await shot(sem, 'thread-360');
  expect(await isTooWide(sem)).toBe(false);
});

test('a signal goes to whoever the administrator names, and to nobody else', async ({
  browser,
  server,
  person,
  phone,
}) => {
  const noor = await person('Noor');
  const recordingId = await filmed(noor, await phone());
  await together(noor, await person('Sem'), recordingId);
  const asked = async (name: string) => {
    const page = await (await browser.newContext({ baseURL: server.url, locale: 'nl-NL' })).newPage();
    await page.goto('/inloggen');
    await page.getByRole('button', { name }).click();
    await expect(title(page)).not.toHaveText('Inloggen');
    return page;
  };
  const omar = await asked('Omar');
  await omar.goto('/beheer/signalen');
  await omar.getByRole('combobox', { name: 'Wijs iemand aan' }).selectOption({ label: 'Ingrid' });
  await omar.getByRole('button', { name: 'Wijs aan', exact: true }).click();
  await expect(omar.getByRole('button', { name: 'Niet meer: Ingrid' })).toBeVisible();
  await hasNoViolations(omar);
  await omar.goto('/signalen');
  await expect(title(omar)).toHaveText('Deze pagina is er niet');

  const ingrid = await asked('Ingrid');
  await ingrid.getByRole('link', { name: 'Signalen' }).click();
  const signal = ingrid
    .getByRole('listitem')
    .filter({ hasText: 'De brief over de norm begrijpt niemand' })
    .first();
  await expect(signal).toBeVisible();
  await signal.getByRole('button', { name: /^Pak op/ }).click();
  await expect(ingrid.getByRole('heading', { name: 'Opgepakt' })).toBeVisible();
  await signal.getByRole('button', { name: /^Antwoord/ }).click();
  await ingrid
    .getByRole('textbox', { name: 'Wat doen we hieraan?' })
    .fill('In januari is er een nieuwe brief');
  await ingrid.getByRole('textbox', { name: 'Wie volgt dit?' }).fill('Team brieven');
  await ingrid.getByRole('button', { name: 'Bewaar' }).click();
  await expect(signal.getByText('Team brieven volgt dit.')).toBeVisible();
  await hasNoViolations(ingrid);
  await signal.getByRole('button', { name: /^Ruim op/ }).click();
  await ingrid.getByRole('button', { name: 'Ja, ruim op' }).click();
  await expect(signal.getByText('Team brieven volgt dit.')).toHaveCount(0);
  for (const page of [omar, ingrid]) await page.context().close();
});
