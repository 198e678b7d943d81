import { accept, bring, filmOf, idsOf, main, plan, post, type Seat, seat, shot } from './gathering';
import { Server } from './server';
import { expect, hasNoViolations, isTooWide, tabTo, test } from './test';

const phoneSize = { width: 360, height: 740 };

const button = ({ page }: Seat, name: string | RegExp) => page.getByRole('button', { name });
const heading = ({ page }: Seat, name: string) => page.getByRole('heading', { level: 1, name });
const person = ({ page }: Seat, name: string) => page.getByRole('group', { name });
const is = (who: Seat, name: string, where: 'Er' | 'Er niet' | 'Op papier') =>
  person(who, name).getByRole('radio', { name: where, exact: true }).check();

async function lookAt(everyone: readonly Seat[], name: string) {
  for (const who of everyone) {
    await hasNoViolations(who.page);
    expect(await isTooWide(who.page), `${name}, ${who.login}`).toBe(false);
    await shot(who, name);
  }
}

test('one screen, two phones, one on paper, and an evaluator who walks in', async ({ browser, phone }) => {
  test.setTimeout(300_000);
  const server = await Server.start({ VAKSPIEGEL_COOLING_OFF: '0s' });
  try {
    const bram = await seat(browser, server.url, 'bram', { width: 1920, height: 1080 });
    const [noor, sem] = await Promise.all(
      ['noor', 'sem'].map((who) => seat(browser, server.url, who, phoneSize)),
    );
    if (!noor || !sem) throw new Error('somebody is missing');
    const noors = await filmOf(noor, await phone());
    const ids = await idsOf(noor);
    const id = await plan(noor, {
      title: 'Stilte',
      learningQuestion: 'Hoe laat ik stiltes vallen?',
      protocol: 'videoclub',
      facilitatorId: ids('bram'),
      participantIds: [ids('sem'), ids('daan')],
      place: 'room',
      startsAt: new Date(Date.now() + 3600_000).toISOString(),
    });
    await post(bram, `/api/v1/review-sessions/${id}/request`, { accept: true });
    await bring(noor, id, noors.recordingId, 10_000, 40_000);
    await post(noor, `/api/v1/review-sessions/${id}/open`);
    for (const who of [bram, noor, sem]) await accept(who, id);

    // First who is there. Daan has no telephone with him, and said nothing on his own page.
    await bram.page.goto(`/sessies/${id}/scherm`);
    await expect(heading(bram, 'Wie zijn er?')).toBeVisible();
    await button(bram, /^Begin/).click();
    await expect(bram.page.getByRole('alert')).toContainText('nog of die er is.');
    for (const name of ['Bram', 'Noor', 'Sem']) await is(bram, name, 'Er');
    await is(bram, 'Daan', 'Op papier');
    await button(bram, /^Begin/).click();
    await expect(bram.page.getByRole('alert')).toContainText('Daan zei nog geen ja op de afspraak.');
    await expect(main(bram).getByText('Wat we zien en zeggen blijft hier.', { exact: false })).toBeVisible();
    await bram.page.getByRole('checkbox', { name: 'Daan zei hardop ja' }).check();

    // Ingrid evaluates Noor. She is not on the list, walks in, and then nobody begins.
    await bram.page.getByLabel('Nog iemand?').selectOption({ label: 'Ingrid' });
    await button(bram, 'Zet erbij').click();
    await bram.page.getByRole('checkbox', { name: 'Ingrid zei hardop ja' }).check();
    await button(bram, /^Begin/).click();
    await expect(bram.page.getByRole('alert')).toContainText('Ingrid beoordeelt Noor');
    await lookAt([bram], 'ruimte-1-wie-zijn-er');
    await is(bram, 'Ingrid', 'Er niet');
    await button(bram, /^Begin/).click();

    // One screen for everyone; a phone finds its way by the code, and signs in.
    await expect(heading(bram, 'Inleiden')).toBeVisible();
    await expect(bram.page.getByRole('img', { name: /^QR-code/ })).toBeVisible();
    await lookAt([bram], 'ruimte-2-inleiden');
    for (const who of [noor, sem]) await who.page.goto(`/sessies/${id}/telefoon`);
    const stranger = await browser.newContext({ baseURL: server.url, locale: 'nl-NL', viewport: phoneSize });
    const door = await stranger.newPage();
    await door.goto(`/sessies/${id}/telefoon`);
    await expect(door).toHaveURL(/inloggen/);
    await door.close();

    // Fatima walks in while it runs, and Ingrid may not. Nobody waits for who left, and they can come back.
    await button(bram, 'Wie er zijn').click();
    await tabTo(bram.page, 'button', 'Iemand erbij');
    await bram.page.keyboard.press('Enter');
    const dialog = bram.page.getByRole('dialog');
    const letIn = dialog.getByRole('button', { name: 'Laat meedoen' });
    await dialog.getByLabel('Wie doet er nu mee?').selectOption({ label: 'Ingrid' });
    await dialog.getByRole('checkbox', { name: 'Ingrid zei hardop ja' }).check();
    await letIn.click();
    await expect(dialog.getByRole('alert')).toContainText('Ingrid beoordeelt Noor');
    await dialog.getByLabel('Wie doet er nu mee?').selectOption({ label: 'Fatima' });
    await letIn.click();
    await expect(dialog.getByRole('alert')).toContainText('Fatima zei nog geen ja op de afspraak.');
    await lookAt([bram], 'ruimte-2-iemand-erbij');
    await bram.page.setViewportSize(phoneSize);
    await lookAt([bram], 'ruimte-2-iemand-erbij-smal');
    await dialog.getByRole('radio', { name: 'Op papier' }).check();
    await dialog.getByRole('checkbox', { name: 'Fatima zei hardop ja' }).check();
    await letIn.click();
    const fatima = bram.page.getByRole('listitem').filter({ hasText: 'Fatima' });
    await expect(fatima).toContainText('schrijft op papier');
    await lookAt([bram], 'ruimte-2-wie-er-zijn-smal');
    await bram.page.setViewportSize({ width: 1920, height: 1080 });
    await lookAt([bram], 'ruimte-2-wie-er-zijn');
    await button(bram, 'Meld als weg: Fatima').click();
    await expect(fatima).toContainText('is er nu niet');
    await button(bram, 'Fatima is er nu ook').click();
    await expect(dialog.getByRole('checkbox')).toHaveCount(0);
    await dialog.getByRole('radio', { name: 'Op papier' }).check();
    await letIn.click();
    await expect(fatima).toContainText('schrijft op papier');
    await button(bram, 'Namen weg').click();

    // The film is on the screen alone.
    await button(bram, 'Volgende stap: Kijken en opschrijven').click();
    await expect(bram.page.locator('video')).toBeVisible();
    for (const who of [noor, sem]) {
      await expect(heading(who, 'Kijken en opschrijven')).toBeVisible();
      await expect(who.page.locator('video')).toHaveCount(0);
    }
    await button(bram, 'Telefoon erbij').or(button(bram, 'Code weg')).first().waitFor();
    await button(bram, 'Afspelen').click();
    await expect
      .poll(() => bram.page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime))
      .toBeGreaterThan(1);

    // Blind on phones and on paper, by keyboard alone on one of them.
    await sem.page.getByLabel('Wat ik zie of hoor', { exact: true }).fill('Ze wacht na haar vraag.');
    await button(sem, 'Zet erbij').click();
    await expect(main(sem).getByRole('article')).toContainText('Ze wacht na haar vraag.');
    await tabTo(noor.page, 'textbox', 'Wat wil je opschrijven?');
    await noor.page.keyboard.type('Ik hoor mezelf snel praten.');
    await noor.page.keyboard.press('Control+Enter');
    await expect(main(noor).getByRole('article')).toContainText('Ik hoor mezelf snel praten.');
    await lookAt([bram, noor, sem], 'ruimte-3-blind');
    const screen = await bram.page.content();
    expect(screen).not.toContain('Ze wacht na haar vraag.');
    expect(screen).not.toContain('Ik hoor mezelf');
    await button(noor, 'Ik ben klaar').click();
    await tabTo(sem.page, 'button', 'Ik ben klaar');
    await sem.page.keyboard.press('Enter');
    await expect(button(sem, 'Ik ben klaar')).toHaveAttribute('aria-pressed', 'true');
    await expect(main(noor).getByText('Ze wacht na haar vraag.')).toHaveCount(0);

    // Daan says that he is ready, and the leader says it for him; the leader's own pad is a phone too.
    await button(bram, 'Op papier klaar').click();
    await expect(main(noor).getByRole('article')).toHaveCount(1);
    await button(bram, 'Laat alles nu zien').click();
    await button(bram, 'Ja, laat alles zien').click();
    for (const who of [noor, sem]) {
      await expect(
        main(who).getByRole('article').filter({ hasText: 'Ze wacht na haar vraag.' }),
      ).toBeVisible();
      await expect(
        main(who).getByRole('article').filter({ hasText: 'Ik hoor mezelf snel praten.' }),
      ).toBeVisible();
    }
    await expect(bram.page.getByRole('button', { name: /^Sem, Wat ik zie of hoor/ })).toBeVisible();
    await lookAt([bram, noor, sem], 'ruimte-4-onthuld');
    for (const { context } of [bram, noor, sem]) await context.close();
  } finally {
    expect(await server.stop()).toBe(0);
  }
});
