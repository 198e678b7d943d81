import type { Browser, Page } from '@playwright/test';
import { film } from './film';
import { Server } from './server';
import {
  addFilm,
  ask,
  expect,
  hasNoViolations,
  haveRead,
  isTooWide,
  main,
  test as staff,
  tabTo,
} from './test';

/** Sharing opens at once, as it does after the cooling-off; everything else is the demo as it is. */
const test = staff.extend<object, { server: Server }>({
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

const QUESTION = 'Hoe blijf ik rustig als iemand boos wordt?';

/** Signs someone in who has no conversations of their own: their first screen is another. */
async function coach(browser: Browser, server: Server, name: string, width = 1440): Promise<Page> {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: 'nl-NL',
    viewport: { width, height: 900 },
  });
  const page = await context.newPage();
  await page.goto('/inloggen');
  await page.getByRole('button', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sessies' })).toBeVisible();
  return page;
}

/** A film of a conversation whose citizen allows these to look along. */
async function filmed(page: Page, phone: Page, allows: readonly RegExp[]): Promise<string> {
  const [link] = await ask(page);
  await phone.goto(link ?? '');
  await haveRead(phone);
  for (const name of allows) await phone.getByRole('checkbox', { name }).check();
  await phone.getByRole('button', { name: /^Ja, film ons gesprek/ }).click();
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('U zei ja. Dank u wel.');
  await addFilm(page, film);
  return new URL(page.url()).pathname.split('/').pop() ?? '';
}

const COACH = /^Een coach mag kijken/;
const PEERS = /^Een paar collega's mogen stukjes zien/;

/** A part of the film that one chose when looking back. */
async function chosen(page: Page, recordingId: string, title: string) {
  const data = { startMs: 2000, endMs: 6000, title };
  const answer = await page.request.post(`/api/v1/recordings/${recordingId}/fragments`, { data });
  expect(answer.status()).toBe(201);
}

/** A moment so many days from now, as one types it. */
function typed(days: number): string {
  const at = new Date(Date.now() + days * 24 * 3600_000);
  return `${at.toISOString().slice(0, 10)}T10:15`;
}

interface Plan {
  title: string;
  protocol: string;
  people: readonly string[];
  leader?: string;
  days?: number;
}

async function fill(page: Page, { title, protocol, people, leader, days = 3 }: Plan) {
  await page.getByLabel('Je leervraag').fill(QUESTION);
  await page.getByLabel('Hoe noem je deze sessie?').fill(title);
  await page.getByRole('radio', { name: protocol }).focus();
  await page.keyboard.press('Space');
  for (const name of people) await page.getByRole('checkbox', { name, exact: true }).check();
  if (leader) await page.getByLabel('Wie leidt de sessie?').selectOption(leader);
  await page.getByLabel('Dag en tijd').fill(typed(days));
}

/** The whole film: a second choice that takes a tick of its own. */
async function bringWhole(page: Page) {
  await page.getByText('Liever de hele film?').click();
  const button = page.getByRole('button', { name: 'Breng de hele film in' });
  await expect(button).toBeDisabled();
  await page.getByRole('checkbox', { name: 'Ja, ik laat de hele film zien' }).check();
  await button.click();
  await expect(main(page).getByText('Van jou: De hele film')).toBeVisible();
}

const save = (page: Page) => page.getByRole('button', { name: 'Bewaar als concept' }).click();

test('who has no session reads in three pictures how it goes, a coach too', async ({
  person,
  browser,
  server,
}) => {
  for (const width of [360, 1440]) {
    const fatima = await person('Fatima', { viewport: { width, height: 800 } });
    await fatima.getByRole('link', { name: 'Sessies' }).click();
    await expect(main(fatima).getByText('Je hebt nog geen sessies. Zo gaat het:')).toBeVisible();
    await expect(fatima.getByRole('heading', { level: 2 })).toHaveCount(3);
    await hasNoViolations(fatima);
    expect(await isTooWide(fatima)).toBe(false);
    const bram = await coach(browser, server, 'Bram', width);
    await expect(
      main(bram).getByText('Vraagt iemand je om mee te kijken, dan staat dat hier.'),
    ).toBeVisible();
    await hasNoViolations(bram);
    await bram.context().close();
  }
});

test('noor plans an incident method, brings in a fragment, opens; the others accept the agreement', async ({
  person,
  phone,
}) => {
  const noor = await person('Noor');
  const recordingId = await filmed(noor, await phone(), [COACH, PEERS]);
  await chosen(noor, recordingId, 'Het keerpunt');

  await noor.goto(`/opnames/${recordingId}`);
  await noor.getByRole('tab', { name: 'Delen' }).click();
  await expect(main(noor).getByText('De inwoner vindt goed: met je coach en collega’s.')).toBeVisible();
  await expect(main(noor).getByText('Nog niemand ziet deze opname.', { exact: false })).toBeVisible();
  await hasNoViolations(noor);
  await noor.getByRole('link', { name: 'Nieuwe sessie met een stuk van deze opname' }).click();

  await save(noor);
  await expect(main(noor).getByText('Schrijf op wat je wilt leren.')).toBeVisible();
  await expect(noor.getByLabel('Je leervraag')).toBeFocused();
  await hasNoViolations(noor);
  await fill(noor, { title: 'De boze brief', protocol: 'Incidentmethode', people: ['Sem', 'Aylin', 'Daan'] });
  await hasNoViolations(noor);
  await save(noor);

  await expect(noor.getByRole('heading', { level: 1, name: 'De boze brief' })).toBeVisible();
  await expect(main(noor).getByText('Er is nog geen fragment. Breng er een in.')).toBeVisible();
  await noor.getByRole('button', { name: /^Breng in/ }).click();
  await expect(main(noor).getByText('Van jou: 0:02 tot 0:06')).toBeVisible();
  await hasNoViolations(noor);
  await noor.getByRole('button', { name: 'Uitnodigen en openen' }).click();
  await expect(main(noor).getByText('De sessie is open.', { exact: false })).toBeVisible();
  const session = new URL(noor.url()).pathname;

  // Who sees it is told while it is on screen, as it becomes true.
  await noor.goto(`/opnames/${recordingId}`);
  await noor.getByRole('tab', { name: 'Delen' }).click();
  await expect(main(noor).getByText('Nu ziet niemand dit stuk.')).toBeVisible();
  await expect(main(noor).getByText('Na een ja op de afspraak ook: Aylin, Daan en Sem.')).toBeVisible();
  await hasNoViolations(noor);

  for (const name of ['Sem', 'Aylin', 'Daan']) {
    const peer = await person(name, { viewport: { width: 360, height: 740 } });
    await peer.goto('/sessies');
    await expect(main(peer).getByText('Lees de afspraak en zeg of je meedoet')).toBeVisible();
    await peer.getByRole('link', { name: 'De boze brief' }).click();
    await peer.getByRole('link', { name: 'Lees de afspraak' }).click();
    await expect(main(peer).getByText('Wat we zien en zeggen blijft hier.')).toBeVisible();
    if (name === 'Sem') await hasNoViolations(peer);
    await peer.getByRole('button', { name: 'Ik doe mee' }).click();
    await expect(peer.getByRole('heading', { level: 1, name: 'De boze brief' })).toBeVisible();
    expect(await isTooWide(peer)).toBe(false);
  }

  await expect(main(noor).getByText('Nu te zien voor Aylin, Daan en Sem.')).toBeVisible();
  await noor.getByRole('button', { name: /^Terugnemen/ }).press('Enter');
  await expect(main(noor).getByText('Nog niemand ziet deze opname.', { exact: false })).toBeVisible();
  await expect(noor.getByRole('heading', { name: 'Delen' })).toBeFocused();

  const sem = await person('Sem');
  await sem.goto(session);
  await expect(main(sem).getByText('Dit fragment is er niet meer.')).toBeVisible();
  await expect(main(sem).getByText('0:02')).toHaveCount(0);
});

test('a coach is asked, says yes, and the session can be opened', async ({
  person,
  phone,
  browser,
  server,
}) => {
  const noor = await person('Noor');
  const recordingId = await filmed(noor, await phone(), [COACH]);
  await chosen(noor, recordingId, 'Het begin');
  await noor.goto(`/sessies/nieuw?opname=${recordingId}`);
  await fill(noor, { title: 'Met Bram', protocol: 'Reflectiegesprek', people: [], leader: 'Bram, coach' });
  await expect(main(noor).getByText('We vragen Bram eerst.', { exact: false })).toBeVisible();
  await save(noor);
  await expect(main(noor).getByText('De coach heeft nog niet geantwoord.')).toBeVisible();
  await bringWhole(noor);

  const bram = await coach(browser, server, 'Bram', 360);
  await expect(main(bram).getByText('Noor vraagt je mee te kijken')).toBeVisible();
  await hasNoViolations(bram);
  expect(await isTooWide(bram)).toBe(false);
  await (await tabTo(bram, 'button', /^Ja, ik kijk mee/)).press('Enter');
  await expect(main(bram).getByText('Noor vraagt je mee te kijken')).toHaveCount(0);

  await noor.reload();
  await expect(main(noor).getByText('De coach heeft nog niet geantwoord.')).toHaveCount(0);
  await noor.getByRole('button', { name: 'Uitnodigen en openen' }).click();
  await expect(main(noor).getByText('De sessie is open.', { exact: false })).toBeVisible();
  await bram.context().close();
});

test('who evaluates one cannot be asked, and the reason is said', async ({ person }) => {
  const noor = await person('Noor');
  await noor.goto('/sessies/nieuw');
  await fill(noor, {
    title: 'Met Ingrid',
    protocol: 'Reflectiegesprek',
    people: [],
    leader: 'Ingrid, coach',
  });
  await save(noor);
  await expect(noor.getByRole('alert')).toContainText('Ingrid beoordeelt Noor, of deed dat kort geleden');
  await expect(noor.getByRole('heading', { level: 1, name: 'Nieuwe sessie' })).toBeVisible();
});

test('what the citizen does not allow is not brought in, and said before', async ({ person, phone }) => {
  const noor = await person('Noor');
  const recordingId = await filmed(noor, await phone(), [COACH]);
  await chosen(noor, recordingId, 'Het midden');
  await noor.goto(`/sessies/nieuw?opname=${recordingId}`);
  await fill(noor, { title: 'Met collega’s', protocol: 'Videoclub', people: ['Sem', 'Daan'] });
  await save(noor);
  await expect(
    main(noor).getByText('De inwoner vindt goed: met je coach. Niet: met collega’s.'),
  ).toBeVisible();
  await noor.getByRole('button', { name: /^Breng in/ }).click();
  await expect(noor.getByRole('alert')).toContainText('De inwoner in de opname van Noor vindt dit niet goed');
});

test('a plan is made, changed and called off by keyboard alone, in English too', async ({ person }) => {
  const daan = await person('Daan', { viewport: { width: 1440, height: 900 } });
  await (await tabTo(daan, 'link', 'Sessies')).press('Enter');
  await (await tabTo(daan, 'link', 'Nieuwe sessie')).press('Enter');
  await tabTo(daan, 'textbox', 'Je leervraag');
  await daan.keyboard.type(QUESTION);
  await tabTo(daan, 'textbox', 'Hoe noem je deze sessie?');
  await daan.keyboard.type('Mijn plan');
  await tabTo(daan, 'radio', 'Incidentmethode');
  await daan.keyboard.press('Space');
  await daan.keyboard.press('Enter');
  await expect(daan.getByRole('heading', { level: 1, name: 'Mijn plan' })).toBeVisible();
  await expect(main(daan).getByText('Er is nog geen dag gekozen.', { exact: false })).toBeVisible();

  await (await tabTo(daan, 'link', 'Wijzig')).press('Enter');
  await tabTo(daan, 'textbox', 'Hoe noem je deze sessie?');
  await daan.keyboard.press('End');
  await daan.keyboard.type(', beter');
  await daan.keyboard.press('Enter');
  await expect(daan.getByRole('heading', { level: 1, name: 'Mijn plan, beter' })).toBeVisible();

  await daan.getByRole('button', { name: 'English' }).click();
  await expect(daan.getByRole('button', { name: 'Invite and open' })).toBeVisible();
  await hasNoViolations(daan);
  await (await tabTo(daan, 'button', 'This session does not go ahead')).press('Enter');
  await (await tabTo(daan, 'button', 'Yes, it does not go ahead')).press('Enter');
  await expect(main(daan).getByText('This session does not go ahead.')).toBeVisible();
  await daan.getByRole('button', { name: 'Nederlands' }).click();
});
