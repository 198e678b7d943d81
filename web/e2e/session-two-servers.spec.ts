import type { Browser, Page } from '@playwright/test';
import { accept, bring, distance, filmOf, idsOf, main, plan, type Seat } from './gathering';
import { Installation } from './servers';
import { expect, hasNoViolations, secretsIn, test } from './test';
import { freePort } from './throwaway';
import { Wire } from './wire';

const CLOSED = 'Dit fragment is er niet meer. Jullie kunnen samen verder praten.';
const SEARCHING = 'We zoeken de verbinding weer…';
const TOGETHER_MS = 300;
const CLOSES_MS = 2000;
/** Between the first screen and the last on which what was blind appears, also where four browsers share two cores. */
const AT_ONCE_MS = 2000;

const heading = ({ page }: Seat, name: string) => page.getByRole('heading', { level: 1, name });
const button = ({ page }: Seat, name: string | RegExp) => page.getByRole('button', { name });
const said = (who: Seat, text: string) => main(who).getByRole('article').getByText(text, { exact: true });
const searching = (who: Seat) => main(who).getByText(SEARCHING);
const person = ({ page }: Seat, text: string | RegExp) =>
  page.getByRole('region', { name: 'Wie er zijn' }).getByRole('listitem').filter({ hasText: text });

/** Signs someone in as an organisation does: by its provider, all the way there and back. */
async function signIn(browser: Browser, baseURL: string, login: string): Promise<Seat> {
  const context = await browser.newContext({ baseURL, locale: 'nl-NL', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto('/aanmelden?terug=/sessies');
  await page.getByRole('link', { name: login }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sessies' })).toBeVisible();
  return { login, context, page };
}

async function phoneOf(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: false,
  });
  return context.newPage();
}

async function isWith(leader: Seat, followers: readonly Seat[], when: string) {
  for (const follower of followers) {
    await expect
      .poll(() => distance(leader, follower), { message: `${follower.login} ${when}`, timeout: 15_000 })
      .toBeLessThanOrEqual(TOGETHER_MS);
  }
}

/** The film from its beginning, moved by whoever leads it. */
async function playFromStart(leader: Seat) {
  await leader.page.getByRole('slider', { name: 'Plaats in de film' }).press('Home');
  const play = button(leader, 'Afspelen');
  if (await play.isVisible()) await play.click();
  await expect
    .poll(() => leader.page.locator('video').evaluate((video: HTMLVideoElement) => !video.paused))
    .toBe(true);
}

/** Follows, by the one press that a browser may ask for. */
async function join(who: Seat) {
  await expect(who.page.locator('video')).toBeVisible({ timeout: 15_000 });
  const join = button(who, 'Kijk mee');
  if (await join.isVisible()) await join.click();
}

async function write(who: Seat, text: string) {
  await who.page.getByLabel('Wat wil je opschrijven?', { exact: true }).fill(text);
  await button(who, 'Zet erbij').click();
  await expect(said(who, text)).toBeVisible();
}

/** When a text appears on a screen, in ms since the epoch. */
function appears({ page }: Seat, text: string): Promise<number> {
  return page.evaluate(
    (text) =>
      new Promise<number>((seen) => {
        const look = () => {
          if (!document.querySelector('main')?.textContent?.includes(text)) return;
          watcher.disconnect();
          seen(performance.timeOrigin + performance.now());
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
        look();
      }),
    text,
  );
}

test('a session over two servers, of which each ends once', async ({ browser }) => {
  test.setTimeout(420_000);
  const installation = await Installation.of({
    noor: 'klantmanager',
    sem: 'klantmanager',
    daan: 'klantmanager',
    bram: 'coach',
  });
  const [here, there] = await Promise.all(
    [await freePort(), await freePort()].map(async (port) => {
      const url = `http://127.0.0.1:${port}`;
      return { port, url, door: await Wire.to(url) };
    }),
  );
  if (!here || !there) throw new Error('two servers were asked');
  const serve = ({ port, door }: typeof here) => installation.serve(port, door.url);
  try {
    const one = await serve(here);
    const other = await serve(there);
    const noor = await signIn(browser, here.door.url, 'noor');
    const sem = await signIn(browser, here.door.url, 'sem');
    const bram = await signIn(browser, there.door.url, 'bram');
    const daan = await signIn(browser, there.door.url, 'daan');
    const everyone = [noor, sem, bram, daan];

    // Planned at the one, agreed at both; the coach begins at the other.
    const citizen = await phoneOf(browser);
    const { recordingId, link } = await filmOf(noor, citizen);
    const second = await filmOf(noor, await phoneOf(browser));
    const ids = await idsOf(noor);
    const id = await plan(noor, {
      title: 'De brief',
      learningQuestion: 'Hoe blijf ik rustig als iemand boos is?',
      protocol: 'samen-terugkijken',
      facilitatorId: ids('bram'),
      participantIds: [ids('sem'), ids('daan')],
      place: 'distance',
      startsAt: new Date(Date.now() + 3600_000).toISOString(),
    });
    await bram.page.goto('/sessies');
    await button(bram, /^Ja, ik kijk mee/).click();
    await expect(main(bram).getByText('Noor vraagt je mee te kijken')).toHaveCount(0);
    await bring(noor, id, recordingId, 10_000, 50_000);
    await bring(noor, id, second.recordingId, 5_000, 20_000);
    await noor.page.goto(`/sessies/${id}`);
    await button(noor, 'Uitnodigen en openen').click();
    await expect(main(noor).getByText('De sessie is open.', { exact: false })).toBeVisible();
    for (const who of everyone) await accept(who, id);
    for (const who of everyone) await who.page.goto(`/sessies/${id}/samen`);
    await expect(main(bram).getByText(/Nu op deze pagina: .*Noor.*Sem|.*Sem.*Noor/)).toBeVisible();
    await button(bram, 'Begin de sessie').click();
    for (const who of everyone) await expect(heading(who, 'Wat is je bijgebleven?')).toBeVisible();
    await button(bram, 'Volgende stap: Kijken en opschrijven').click();
    for (const who of everyone) await expect(heading(who, 'Kijken en opschrijven')).toBeVisible();

    // Noor moves the film here; it is followed there.
    await button(noor, 'Fragment 1, van Noor').click();
    for (const who of everyone) await join(who);
    await playFromStart(noor);
    for (const who of [sem, bram, daan]) await join(who);
    await isWith(noor, [sem, bram, daan], 'over two servers');
    await noor.page.getByRole('slider', { name: 'Plaats in de film' }).press('ArrowRight');
    await isWith(noor, [sem, bram, daan], 'after a jump');

    // Blind at both; when the last is ready, at the other, all of it is on every screen at once.
    await write(sem, 'Ze wacht na haar vraag.');
    await write(daan, 'Hij leest de brief niet.');
    for (const who of [noor, sem, bram]) await expect(said(who, 'Hij leest de brief niet.')).toHaveCount(0);
    for (const who of [noor, bram, daan]) await expect(said(who, 'Ze wacht na haar vraag.')).toHaveCount(0);
    for (const who of [noor, sem, bram]) {
      await button(who, 'Ik ben klaar').click();
      await expect(button(who, 'Ik ben klaar')).toHaveAttribute('aria-pressed', 'true');
    }
    const revealed = [noor, bram, daan].map((who) => appears(who, 'Ze wacht na haar vraag.'));
    revealed.push(appears(sem, 'Hij leest de brief niet.'));
    await button(daan, 'Ik ben klaar').click();
    const moments = await Promise.all(revealed);
    expect(Math.max(...moments) - Math.min(...moments)).toBeLessThan(AT_ONCE_MS);
    for (const who of everyone) await expect(said(who, 'Hij leest de brief niet.')).toBeVisible();

    // What is said at one is read at the other.
    await button(bram, 'Volgende stap: Naast elkaar leggen').click();
    for (const who of everyone) await expect(heading(who, 'Naast elkaar leggen')).toBeVisible();
    await write(sem, 'Wat dacht je bij die stilte?');
    for (const who of [noor, bram, daan])
      await expect(said(who, 'Wat dacht je bij die stilte?')).toBeVisible();
    await write(daan, 'Je liet hem uitpraten.');
    await expect(said(sem, 'Je liet hem uitpraten.')).toBeVisible();

    // One is ended as an operator ends it: its people go on at the other, without doing anything.
    there.door.turn(here.url);
    expect(await other.end('TERM')).toBe(0);
    for (const who of [bram, daan]) await join(who);
    await playFromStart(noor);
    await isWith(noor, [bram, daan], 'who went on at the other server');
    await write(bram, 'Waar zie je dat?');
    for (const who of everyone) await expect(said(who, 'Waar zie je dat?')).toBeVisible();
    await expect(person(noor, /is er nu niet/)).toHaveCount(0);

    // It serves again, and they are led back; then the first falls as by a power cut.
    const another = await serve(there);
    there.door.turn(there.url);
    there.door.break();
    there.door.mend();
    for (const who of [bram, daan]) await join(who);
    await playFromStart(noor);
    await isWith(noor, [bram, daan], 'who were led back');
    await one.end('KILL');
    for (const who of [noor, sem]) {
      await expect(searching(who)).toBeVisible({ timeout: 12_000 });
      await expect(who.page.locator('video')).toHaveCount(0);
      await expect(said(who, 'Je liet hem uitpraten.')).toHaveCount(0);
    }
    await hasNoViolations(noor.page);
    for (const name of ['Noor', 'Sem'])
      await expect(person(bram, name)).toContainText('is er nu niet', { timeout: 20_000 });
    await expect(person(bram, 'Daan')).toContainText('is er', { timeout: 1000 });
    await write(daan, 'Wij zijn er nog.');
    await expect(said(bram, 'Wij zijn er nog.')).toBeVisible();
    await serve(here);
    for (const who of [noor, sem]) await join(who);
    await expect(person(bram, /is er nu niet/)).toHaveCount(0);
    for (const who of [noor, sem]) await expect(said(who, 'Wij zijn er nog.')).toBeVisible();
    await playFromStart(noor);
    await isWith(noor, [sem, bram, daan], 'after a power cut');

    // The citizen stops at the one: film and notes go at the other too.
    await citizen.goto(link);
    await citizen.getByRole('checkbox', { name: /Ja, wis de opname/ }).check();
    await citizen.getByRole('button', { name: 'Stop en wis alles' }).click({ noWaitAfter: true });
    for (const who of everyone) {
      await expect(who.page.locator('video')).toHaveCount(0, { timeout: CLOSES_MS });
      await expect(said(who, 'Ze wacht na haar vraag.')).toHaveCount(0, { timeout: CLOSES_MS });
      await expect(main(who).getByText(CLOSED)).toBeVisible();
      await expect(heading(who, 'Naast elkaar leggen')).toBeVisible();
    }
    for (const { context } of everyone) await context.close();
    expect(await another.end('TERM')).toBe(0);
  } finally {
    for (const { door } of [here, there]) door.close();
    const log = await installation.end();
    expect(secretsIn(log), 'a token or code is in the log').toEqual([]);
  }
});
