import { accept, bring, filmOf, idsOf, main, plan, post, type Seat, seat, shot } from './gathering';
import { Server } from './server';
import { expect, hasNoViolations, isTooWide, test } from './test';

const button = ({ page }: Seat, name: string) => page.getByRole('button', { name, exact: true });
const body = ({ page }: Seat) => page.getByLabel('Wat wil je opschrijven?', { exact: true });
const said = (who: Seat, text: string) => main(who).getByRole('article').filter({ hasText: text });

/** Noor looks beforehand at her own film, in a session with two others. */
async function looking(server: Server, noor: Seat, bram: Seat, citizen: Seat['page']): Promise<string> {
  const ids = await idsOf(noor);
  const { recordingId } = await filmOf(noor, citizen);
  const id = await plan(noor, {
    title: 'De brief',
    protocol: 'videoclub',
    facilitatorId: ids('bram'),
    participantIds: [ids('sem'), ids('daan')],
    place: 'distance',
    startsAt: new Date(Date.now() + 3600_000).toISOString(),
  });
  await post(bram, `/api/v1/review-sessions/${id}/request`, { accept: true });
  await bring(noor, id, recordingId, 10_000, 40_000);
  await post(noor, `/api/v1/review-sessions/${id}/open`);
  for (const who of [noor, bram]) await accept(who, id);
  await post(bram, `/api/v1/review-sessions/${id}/start`);
  await post(bram, `/api/v1/review-sessions/${id}/steps`, { to: 1 });
  await noor.page.goto(`${server.url}/sessies/${id}/samen`);
  return id;
}

test('what one writes is there once, and may be about a piece of the film', async ({ browser, phone }) => {
  test.setTimeout(120_000);
  const server = await Server.start({ VAKSPIEGEL_COOLING_OFF: '0s' });
  try {
    const noor = await seat(browser, server.url, 'noor');
    const bram = await seat(browser, server.url, 'bram');
    const id = await looking(server, noor, bram, await phone());
    const { page } = noor;
    await expect(page.locator('video')).toBeVisible({ timeout: 30_000 });

    // The server has it, and its answer does not arrive.
    let lost = 0;
    await page.route('**/contributions', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost++;
      await route.fetch();
      await route.abort();
    });
    await body(noor).fill('Hij kijkt weg.');
    await button(noor, 'Zet erbij').click();
    await expect(page.getByRole('alert')).toContainText('We kregen geen antwoord');
    await expect(body(noor)).toHaveValue('Hij kijkt weg.');
    await hasNoViolations(page);
    await shot(noor, 'geen-antwoord');
    await button(noor, 'Stuur opnieuw').click();
    await expect(body(noor)).toHaveValue('');
    await expect(said(noor, 'Hij kijkt weg.')).toHaveCount(1);
    const answer = await page.request.get(`/api/v1/review-sessions/${id}/contributions`);
    expect((await answer.text()).split('Hij kijkt weg.')).toHaveLength(2);

    // A piece, by keyboard alone.
    await button(noor, 'Van … tot …').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByLabel('Van', { exact: true })).toBeFocused();
    await page.keyboard.type('0:04');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0:02');
    await expect(page.getByText('‘Tot’ ligt vóór ‘van’.')).toBeVisible();
    await shot(noor, 'een-stuk-fout');
    await page.getByLabel('Tot', { exact: true }).fill('0:09');
    await body(noor).fill('Hier valt een stilte.');
    expect(await isTooWide(page)).toBe(false);
    await hasNoViolations(page);
    await shot(noor, 'een-stuk');
    await page.keyboard.press('Control+Enter');
    await expect(said(noor, 'Hier valt een stilte.')).toContainText('0:04 – 0:09');
    await expect(main(noor).getByRole('button', { name: /van 0:04 tot 0:09/ })).toBeVisible();
    await expect(page.locator('.vs-lane__bar')).toBeVisible();
    await shot(noor, 'een-stuk-gezet');

    // It stands at another place than one thought, and in the end at none.
    await said(noor, 'Hier valt een stilte.')
      .getByRole('button', { name: /^Wijzig/ })
      .click();
    await expect(page.getByLabel('Van', { exact: true })).toHaveValue('0:04');
    await page.getByLabel('Van', { exact: true }).fill('0:06.5');
    await hasNoViolations(page);
    await shot(noor, 'een-stuk-gewijzigd');
    await button(noor, 'Bewaar').click();
    await expect(said(noor, 'Hier valt een stilte.')).toContainText('0:06 – 0:09');
    await said(noor, 'Hier valt een stilte.')
      .getByRole('button', { name: /^Wijzig/ })
      .click();
    await page.getByRole('checkbox', { name: 'Bij dit stuk van de film' }).uncheck();
    await button(noor, 'Bewaar').click();
    await expect(page.locator('.vs-lane__bar')).toHaveCount(0);
    await expect(said(noor, 'Hier valt een stilte.')).not.toContainText('0:0');
  } finally {
    await server.stop();
  }
});
