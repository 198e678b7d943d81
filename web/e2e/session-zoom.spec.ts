import { accept, bring, filmOf, idsOf, main, plan, post, type Seat, seat } from './gathering';
import { Server } from './server';
import { expect, test } from './test';
import { fits, zoomed } from './zoom';

const heading = ({ page }: Seat, name: string) => page.getByRole('heading', { level: 1, name });
const one = (id: string) => `/api/v1/review-sessions/${id}`;
const QUESTION = 'Hoe blijf ik rustig als iemand boos wordt over de betalingsachterstandsregeling?';
const LONG = 'Betalingsachterstandsregelingen noemde hij, en toen keek ze weg en wachtte heel lang.';

async function open(who: Seat, path: string, title: string) {
  await who.page.goto(path);
  await expect(heading(who, title)).toBeVisible();
}

/** Noor and Bram, a talk of two from the first plan to what one takes along. */
async function aTalk(noor: Seat, bram: Seat, recordingId: string) {
  const ids = await idsOf(noor);
  await open(noor, '/sessies', 'Sessies');
  await fits(noor.page, 'lijst, leeg');
  await open(noor, '/sessies/nieuw', 'Nieuwe sessie');
  await noor.page.getByRole('radio', { name: 'Reflectiegesprek' }).press('Space');
  await noor.page.getByRole('button', { name: 'Bewaar als concept' }).click();
  await expect(main(noor).getByText('Schrijf op wat je wilt leren.')).toBeVisible();
  await fits(noor.page, 'nieuw');
  const id = await plan(noor, {
    title: 'Betalingsachterstandsregeling',
    learningQuestion: QUESTION,
    protocol: 'reflectiegesprek',
    facilitatorId: ids('bram'),
    participantIds: [],
    place: 'distance',
    clock: true,
    startsAt: new Date(Date.now() + 3600_000).toISOString(),
  });
  await open(noor, `/sessies/${id}?opname=${recordingId}`, 'Betalingsachterstandsregeling');
  await noor.page.getByText('Liever de hele film?').click();
  await fits(noor.page, 'plan');
  await open(noor, `/sessies/${id}/wijzigen`, 'Wijzig de sessie');
  await fits(noor.page, 'wijzigen');
  await open(bram, '/sessies', 'Sessies');
  await expect(main(bram).getByText('Noor vraagt je mee te kijken')).toBeVisible();
  await fits(bram.page, 'verzoek');
  await post(bram, `${one(id)}/request`, { accept: true });
  await bring(noor, id, recordingId, 10_000, 40_000);
  await post(noor, `${one(id)}/open`);
  await open(noor, `/sessies/${id}/afspraak`, 'De afspraak');
  await fits(noor.page, 'afspraak');
  for (const who of [noor, bram]) await accept(who, id);
  await open(noor, '/sessies', 'Sessies');
  await fits(noor.page, 'lijst');
  await open(noor, `/opnames/${recordingId}`, 'Terugkijken');
  await noor.page.getByRole('tab', { name: 'Delen' }).click();
  await expect(main(noor).getByText('Nu te zien voor Bram.')).toBeVisible();
  await fits(noor.page, 'delen');

  await post(noor, `${one(id)}/contributions`, {
    step: -1,
    kind: 'observation',
    body: LONG,
    n: 1,
    startMs: 20_000,
  });
  for (const who of [noor, bram]) await open(who, `/sessies/${id}/samen`, 'Voorbereiden');
  for (const who of [noor, bram]) await expect(who.page.locator('video')).toBeVisible({ timeout: 30_000 });
  await expect(main(noor).getByText(LONG)).toBeVisible();
  for (const who of [noor, bram]) await fits(who.page, `voorbereiden-${who.login}`);
  await post(bram, `${one(id)}/start`, { present: [ids('noor'), ids('bram')], onPaper: [] });
  for (const to of [1, 2]) await post(bram, `${one(id)}/steps`, { to });
  for (const who of [noor, bram]) {
    await expect(heading(who, 'Leidvraag 1: hoe echt?')).toBeVisible();
    await expect(who.page.locator('video')).toBeVisible();
    await fits(who.page, `op afstand-${who.login}`);
  }
  await bram.page.getByRole('button', { name: 'Laat alles nu zien' }).click();
  await fits(bram.page, 'alles laten zien');
  await bram.page.keyboard.press('Escape');
  await bram.page.getByRole('button', { name: 'Rond de sessie af' }).click();
  await fits(bram.page, 'afronden');
  await post(bram, `${one(id)}/finish`, {
    signal: 'De betalingsachterstandsregelingsbrief begrijpt niemand.',
  });
  await expect(heading(noor, 'Klaar. Dank jullie wel.')).toBeVisible();
  await fits(noor.page, 'klaar');
  await open(noor, `/sessies/${id}/erna`, 'Na de sessie');
  await fits(noor.page, 'erna');
}

/** One screen in a room, and a phone beside it. */
async function aRoom(noor: Seat, bram: Seat, sem: Seat, recordingId: string) {
  const ids = await idsOf(noor);
  const id = await plan(noor, {
    title: 'Stilte',
    learningQuestion: QUESTION,
    protocol: 'videoclub',
    facilitatorId: ids('bram'),
    participantIds: [ids('sem'), ids('daan')],
    place: 'room',
    clock: true,
    startsAt: new Date(Date.now() + 3600_000).toISOString(),
  });
  await post(bram, `${one(id)}/request`, { accept: true });
  await bring(noor, id, recordingId, 10_000, 40_000);
  await post(noor, `${one(id)}/open`);
  for (const who of [noor, bram, sem]) await accept(who, id);
  await open(bram, `/sessies/${id}/scherm`, 'Wie zijn er?');
  await bram.page.getByRole('button', { name: /^Begin/ }).click();
  await expect(bram.page.getByRole('alert')).toBeVisible();
  await fits(bram.page, 'aanwezig');
  const present = ['noor', 'bram', 'sem'].map(ids);
  await post(bram, `${one(id)}/start`, { present, onPaper: [ids('daan')], agreed: [ids('daan')] });
  await post(bram, `${one(id)}/steps`, { to: 1 });
  await open(bram, `/sessies/${id}/scherm`, 'Kijken en opschrijven');
  await expect(bram.page.locator('video')).toBeVisible({ timeout: 30_000 });
  const code = bram.page.getByRole('button', { name: 'Telefoon erbij' });
  if (await code.isVisible()) await code.click();
  await fits(bram.page, 'groot scherm');
  await open(sem, `/sessies/${id}/telefoon`, 'Kijken en opschrijven');
  await fits(sem.page, 'telefoon');
}

test('everything of sessions at 400 %', async ({ browser, phone }) => {
  test.setTimeout(300_000);
  const server = await Server.start({ VAKSPIEGEL_COOLING_OFF: '0s' });
  const at = (login: string) => seat(browser, server.url, login, zoomed);
  try {
    const [noor, bram, sem] = [await at('noor'), await at('bram'), await at('sem')];
    const { recordingId } = await filmOf(noor, await phone());
    await aTalk(noor, bram, recordingId);
    await aRoom(noor, bram, sem, recordingId);
    const [omar, ingrid] = [await at('omar'), await at('ingrid')];
    await open(omar, '/beheer/werkvormen', 'Werkvormen');
    await fits(omar.page, 'werkvormen');
    const named = { data: { personIds: [(await idsOf(noor))('ingrid')] } };
    expect((await omar.page.request.put('/api/v1/signal-keepers', named)).ok()).toBe(true);
    await open(omar, '/beheer/signalen', 'Signalen');
    await fits(omar.page, 'wie signalen leest');
    await open(ingrid, '/signalen', 'Signalen');
    await expect(main(ingrid).getByText('De betalingsachterstandsregelingsbrief')).toBeVisible();
    await fits(ingrid.page, 'signalen');
    for (const { context } of [noor, bram, sem, omar, ingrid]) await context.close();
  } finally {
    expect(await server.stop()).toBe(0);
  }
});
