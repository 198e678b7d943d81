import { distance, filmOf, main, type Seat, seat } from './gathering';
import { enter, hasNoTrap, isSeen, tab, type, typeMoment } from './keys';
import { Server } from './server';
import { expect, hasNoViolations, isTooWide, test } from './test';

const heading = ({ page }: Seat, name: string) => page.getByRole('heading', { level: 1, name });
const article = (who: Seat, text: string) => main(who).getByRole('article').filter({ hasText: text });
const video = ({ page }: Seat) => page.locator('video');

/** The same page in the words of either. */
interface Words {
  body: string;
  ready: string;
  written: string;
}
const dutch: Words = {
  body: 'Wat wil je opschrijven?',
  ready: 'Ik ben klaar',
  written: 'Wat er geschreven is',
};
const english: Words = {
  body: 'What do you want to write?',
  ready: 'I am ready',
  written: 'What was written',
};

const DAY_MS = 24 * 3600_000;

async function write(who: Seat, { body }: Words, text: string) {
  await type(who.page, body, text);
  await who.page.keyboard.press('Control+Enter');
  await expect(article(who, text)).toBeVisible();
  await isSeen(who.page, `${who.login} wrote`);
}

async function ready(who: Seat, { ready }: Words) {
  const button = await tab(who.page, 'button', ready);
  await who.page.keyboard.press('Space');
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await isSeen(who.page, `${who.login} is ready`);
}

/** The coach goes a step on; on both screens focus has a place afterwards. */
async function goOn(bram: Seat, daan: Seat, [en, nl]: readonly [string, string]) {
  await enter(bram.page, 'button', `Next step: ${en}`);
  await expect(heading(bram, en)).toBeVisible();
  await expect(heading(daan, nl)).toBeVisible();
  for (const who of [bram, daan]) await isSeen(who.page, `${who.login} at ${en}`);
}

/** From an empty list to a session that the coach said yes to, and that both accepted. */
async function planned(daan: Seat, bram: Seat) {
  const { page } = daan;
  await page.goto('/');
  await enter(page, 'link', 'Sessies');
  await enter(page, 'link', 'Nieuwe sessie');
  await type(page, 'Je leervraag', 'Hoe blijf ik rustig als iemand boos wordt?');
  await type(page, 'Hoe noem je deze sessie?', 'Met Bram');
  await tab(page, 'radio', /^Incidentmethode/);
  const talk = page.getByRole('radio', { name: 'Reflectiegesprek' });
  for (let more = 0; more < 8 && !(await talk.isChecked()); more++) await page.keyboard.press('ArrowDown');
  await expect(talk).toBeChecked();
  await tab(page, 'combobox', 'Wie leidt de sessie?');
  await page.keyboard.type('Bram');
  await expect(main(daan).getByText('We vragen Bram eerst.', { exact: false })).toBeVisible();
  await typeMoment(page, 'Dag en tijd', new Date(Date.now() + 2 * DAY_MS));
  await enter(page, 'button', 'Bewaar als concept');
  await expect(heading(daan, 'Met Bram')).toBeVisible();
  await isSeen(page, 'saved');
  await enter(page, 'button', /^Breng in/);
  await expect(main(daan).getByText('Van jou: 0:10 tot 0:50')).toBeVisible();
  await isSeen(page, 'brought in');

  await bram.page.goto('/sessies');
  await enter(bram.page, 'button', 'English');
  await enter(bram.page, 'button', /^Yes, I look along/);
  await expect(main(bram).getByText('Daan asks you to look along')).toHaveCount(0);
  await isSeen(bram.page, 'said yes');

  await page.reload();
  await enter(page, 'button', 'Uitnodigen en openen');
  await expect(main(daan).getByText('De sessie is open.', { exact: false })).toBeVisible();
  await isSeen(page, 'opened');
}

async function agreed({ page }: Seat, read: string, accept: string, prepare: string | RegExp) {
  await enter(page, 'link', read);
  await enter(page, 'button', accept);
  await expect(page.getByRole('link', { name: prepare })).toBeVisible();
  await isSeen(page, 'agreed');
  await enter(page, 'link', prepare);
  await expect(page.locator('video')).toBeVisible({ timeout: 30_000 });
  await isSeen(page, 'prepares');
}

test('a whole reflection talk by keyboard alone', async ({ browser, phone }) => {
  test.setTimeout(420_000);
  const server = await Server.start({ VAKSPIEGEL_COOLING_OFF: '0s' });
  try {
    const daan = await seat(browser, server.url, 'daan', { width: 360, height: 740 });
    const bram = await seat(browser, server.url, 'bram');
    const both = [daan, bram];
    const { recordingId } = await filmOf(daan, await phone());
    const chosen = { startMs: 10_000, endMs: 50_000, title: 'Het keerpunt' };
    await daan.page.request.post(`/api/v1/recordings/${recordingId}/fragments`, { data: chosen });
    await planned(daan, bram);
    await agreed(daan, 'Lees de afspraak', 'Ik doe mee', 'Bereid je voor');
    await bram.page.goto('/sessies');
    await enter(bram.page, 'link', 'Met Bram');
    await agreed(bram, 'Read the agreement', 'I take part', 'Prepare');

    // Beforehand, each for themselves.
    await write(daan, dutch, 'Ik weet nog hoe stil het werd.');
    await write(bram, english, 'He looks away at the amount.');
    await expect(article(daan, 'He looks away')).toHaveCount(0);
    await enter(bram.page, 'button', 'Begin the session');
    await expect(heading(daan, 'Jouw vraag eerst')).toBeVisible();
    await expect(heading(bram, 'Your question first')).toBeVisible();
    for (const who of both) await isSeen(who.page, `${who.login} at the beginning`);
    await goOn(bram, daan, ['What stayed with you?', 'Wat is je bijgebleven?']);
    await write(daan, dutch, 'Dat ik het overnam.');

    // Blind, along with the film that the owner moves.
    await goOn(bram, daan, ['Lead question 1: how genuine?', 'Leidvraag 1: hoe echt?']);
    for (const who of both) await expect(video(who)).toBeVisible();
    await enter(daan.page, 'button', 'Afspelen');
    await expect.poll(() => video(daan).evaluate((film: HTMLVideoElement) => !film.paused)).toBe(true);
    if (await bram.page.getByRole('button', { name: 'Look along' }).isVisible())
      await enter(bram.page, 'button', 'Look along');
    await expect.poll(() => distance(daan, bram), { timeout: 15_000 }).toBeLessThanOrEqual(300);
    await tab(daan.page, 'slider', 'Plaats in de film');
    await daan.page.keyboard.press('ArrowRight');
    await expect.poll(() => distance(daan, bram), { timeout: 15_000 }).toBeLessThanOrEqual(300);
    await enter(daan.page, 'button', 'Stilzetten');
    await write(daan, dutch, 'Echt, tot de brief op tafel kwam.');
    await write(bram, english, 'Genuine at the start.');
    for (const who of both) await hasNoTrap(who.page);
    await expect(article(daan, 'Genuine at the start.')).toHaveCount(0);
    await tab(bram.page, 'button', 'Next step: Lead question 2: a shared goal?');
    await bram.page.keyboard.press('Enter');
    await expect(main(bram).getByText('Not everyone is ready yet.')).toBeVisible();
    await ready(bram, english);
    await ready(daan, dutch);
    await expect(article(daan, 'Genuine at the start.')).toBeVisible();
    await expect(article(bram, 'Echt, tot de brief')).toBeVisible();
    for (const who of both) await isSeen(who.page, `${who.login} at the reveal`);

    // One gate the leader opens alone, with a question that is first left by Esc.
    await goOn(bram, daan, ['Lead question 2: a shared goal?', 'Leidvraag 2: samen een doel?']);
    await write(daan, dutch, 'Een week zonder schuld.');
    await enter(bram.page, 'button', 'Show everything now');
    await isSeen(bram.page, 'is asked');
    await bram.page.keyboard.press('Escape');
    await isSeen(bram.page, 'left the question');
    await enter(bram.page, 'button', 'Show everything now');
    await enter(bram.page, 'button', 'Yes, show everything');
    await expect(article(bram, 'Een week zonder schuld.')).toBeVisible();
    await isSeen(bram.page, 'showed everything');
    await goOn(bram, daan, ['Lead question 3: did it fit?', 'Leidvraag 3: sloot het aan?']);
    await ready(daan, dutch);
    await ready(bram, english);

    // A question, its answer, a change of mind.
    await goOn(bram, daan, ['Side by side', 'Naast elkaar leggen']);
    await write(bram, english, 'Where does it turn?');
    await enter(daan.page, 'button', /^Geef antwoord van Bram: Where does it turn/);
    await expect(daan.page.getByRole('textbox', { name: 'Antwoord' })).toBeFocused();
    await daan.page.keyboard.type('Bij de brief.');
    await daan.page.keyboard.press('Control+Enter');
    await expect(article(bram, 'Bij de brief.')).toBeVisible();
    await isSeen(daan.page, 'answered');
    await enter(daan.page, 'button', /^Haal weg van Jij: Bij de brief/);
    await daan.page.keyboard.press('Escape');
    await isSeen(daan.page, 'left it there');
    await enter(daan.page, 'button', /^Haal weg van Jij: Bij de brief/);
    await enter(daan.page, 'button', 'Ja, haal weg');
    await expect(article(bram, 'Bij de brief.')).toHaveCount(0);
    await expect(daan.page.getByRole('heading', { name: dutch.written })).toBeFocused();
    for (const who of both) await hasNoTrap(who.page);
    for (const who of both) await hasNoViolations(who.page);
    expect(await isTooWide(daan.page)).toBe(false);

    await goOn(bram, daan, ['Rehearse', 'Oefenen']);
    await goOn(bram, daan, ['What do you take along?', 'Wat neem je mee?']);
    await write(daan, dutch, 'Eerst drie tellen.');
    await enter(bram.page, 'button', 'Finish the session');
    await type(bram.page, /^Something outside this conversation/, 'The letter is too hard.');
    await bram.page.keyboard.press('Enter');
    await expect(heading(daan, 'Klaar. Dank jullie wel.')).toBeVisible();
    await expect(heading(bram, 'Done. Thank you all.')).toBeVisible();
    for (const who of both) await isSeen(who.page, `${who.login} at the end`);
    await enter(bram.page, 'link', 'To sessions');
    await expect(heading(bram, 'Sessions')).toBeFocused();

    // Later, alone.
    await enter(daan.page, 'link', 'Naar jouw inzicht en voornemen');
    await expect(heading(daan, 'Na de sessie')).toBeFocused();
    await type(daan.page, 'In je eigen woorden', 'Stilte is geen leegte.');
    await enter(daan.page, 'button', 'Bewaar wat je meeneemt');
    await expect(main(daan).getByText('Bewaard. Je kunt het later nog veranderen.')).toBeVisible();
    await isSeen(daan.page, 'kept what he takes along');
    await type(daan.page, /^Eén kleine stap/, 'Drie tellen wachten na een vraag');
    await enter(daan.page, 'button', 'Bewaar');
    await expect(main(daan).getByText('Je voornemen staat bij Voornemens.')).toBeVisible();
    await isSeen(daan.page, 'kept a next step');
    await hasNoTrap(daan.page);
    await enter(daan.page, 'button', 'Klaar');
    await expect(heading(daan, 'Mijn gesprekken')).toBeFocused();
    for (const { context } of both) await context.close();
  } finally {
    expect(await server.stop()).toBe(0);
  }
});
