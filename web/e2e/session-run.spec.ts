import type { Page } from '@playwright/test';
import {
  accept,
  bring,
  distance,
  filmOf,
  idsOf,
  main,
  plan,
  post,
  type Seat,
  seat,
  shot,
  takeBack,
} from './gathering';
import { Server } from './server';
import { expect, hasNoViolations, isTooWide, test } from './test';
import { Wire } from './wire';

const CLOSED = 'Dit fragment is er niet meer. Jullie kunnen samen verder praten.';
/** Everyone sees the same place of the film. */
const TOGETHER_MS = 300;
/** A closing is everywhere within 2 s. */
const CLOSES_MS = 2000;

const heading = ({ page }: Seat, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const button = ({ page }: Seat, name: string | RegExp) => page.getByRole('button', { name });

/** Without a press of one's own no browser starts a film; one press is enough. */
async function join(who: Seat) {
  const join = button(who, 'Kijk mee');
  if (await join.isVisible()) await join.click();
}

/** A contribution as one reads it. */
const said = (who: Seat, text: string) => main(who).getByRole('article').getByText(text, { exact: true });

async function isWith(leader: Seat, followers: readonly Seat[], when: string) {
  for (const follower of followers) {
    await expect
      .poll(() => distance(leader, follower), { message: `${follower.login} ${when}`, timeout: 15_000 })
      .toBeLessThanOrEqual(TOGETHER_MS);
  }
}

async function write(who: Seat, label: string, text: string) {
  await who.page.getByLabel(label, { exact: true }).fill(text);
  await button(who, 'Zet erbij').click();
  await expect(said(who, text)).toBeVisible();
}

async function goOn(leader: Seat, everyone: readonly Seat[], step: string) {
  await button(leader, `Volgende stap: ${step}`).click();
  for (const who of everyone) await expect(heading(who, step)).toBeVisible();
}

/** Every step for every role: axe, no sideways scrolling, and a picture. */
async function lookAt(everyone: readonly Seat[], name: string) {
  for (const who of everyone) {
    await hasNoViolations(who.page);
    expect(await isTooWide(who.page), `${name}, ${who.login}`).toBe(false);
    await shot(who, name);
  }
}

/** The session as the API tells it to someone. */
async function told(who: Seat, path: string): Promise<string> {
  return (await who.page.request.get(`/api/v1/review-sessions/${path}`)).text();
}

async function erase(phone: Page, link: string) {
  await phone.goto(link);
  await phone.getByRole('checkbox', { name: /Ja, wis de opname/ }).check();
  await phone.getByRole('button', { name: 'Stop en wis alles' }).click({ noWaitAfter: true });
}

test('a whole incident method on four screens', async ({ browser, phone }) => {
  test.setTimeout(420_000);
  const server = await Server.start({ VAKSPIEGEL_COOLING_OFF: '0s' });
  const wire = await Wire.to(server.url);
  try {
    const [noor, bram, sem, daan] = await Promise.all(
      ['noor', 'bram', 'sem', 'daan'].map((login) =>
        seat(browser, login === 'sem' ? wire.url : server.url, login),
      ),
    );
    if (!noor || !bram || !sem || !daan) throw new Error('somebody is missing');
    const everyone = [noor, bram, sem, daan];
    const citizen = await phone();
    const ids = await idsOf(noor);
    const noors = await filmOf(noor, citizen);
    const daans = await filmOf(daan, await phone());
    const sems = await filmOf(sem, await phone());

    // Planned, and the coach says yes; each owner brings in their own.
    const id = await plan(noor, {
      title: 'De brief',
      learningQuestion: 'Hoe blijf ik rustig als iemand boos is?',
      protocol: 'incidentmethode',
      facilitatorId: ids('bram'),
      participantIds: [ids('sem'), ids('daan')],
      place: 'distance',
      clock: true,
      startsAt: new Date(Date.now() + 3600_000).toISOString(),
    });
    await post(bram, `/api/v1/review-sessions/${id}/request`, { accept: true });
    await bring(noor, id, noors.recordingId, 10_000, 40_000);
    await bring(daan, id, daans.recordingId, 5_000, 30_000);
    await bring(sem, id, sems.recordingId, 20_000, 45_000);
    await post(noor, `/api/v1/review-sessions/${id}/open`);
    for (const who of everyone) await accept(who, id);

    // Beforehand everyone looks alone, and writes what only they see.
    for (const who of everyone) await who.page.goto(`/sessies/${id}/samen`);
    for (const who of everyone) await expect(who.page.locator('video')).toBeVisible({ timeout: 30_000 });
    await expect(main(sem).getByText('Bel met Teams als je wilt.', { exact: false })).toBeVisible();
    await write(sem, 'Wat wil je opschrijven?', 'Hij kijkt weg bij het bedrag.');
    expect(await told(noor, `${id}/contributions`)).not.toContain('Hij kijkt weg');
    await lookAt(everyone, '1-voorbereiden');

    // The coach begins; everyone's screen goes on by itself.
    await button(bram, 'Begin de sessie').click();
    for (const who of everyone) await expect(heading(who, 'Terug naar de vorige keer')).toBeVisible();
    await lookAt(everyone, '2-terugblik');

    // Each owner shows their own; everyone's film follows. Daan comes late.
    await daan.page.goto('/');
    await goOn(bram, [noor, bram, sem], 'De casussen in het kort');
    await button(noor, /van Noor/).click();
    for (const who of [noor, bram, sem]) await expect(who.page.locator('video')).toBeVisible();
    await expect(main(sem).getByText('Noor bepaalt de film')).toBeVisible();
    await expect(button(sem, 'Afspelen')).toHaveCount(0);
    await button(noor, 'Afspelen').click();
    await expect
      .poll(() => noor.page.locator('video').evaluate((v: HTMLVideoElement) => !v.paused))
      .toBe(true);
    await join(bram);
    await join(sem);
    await isWith(noor, [bram, sem], 'after play');
    await noor.page.getByRole('slider', { name: 'Plaats in de film' }).focus();
    await noor.page.keyboard.press('ArrowRight');
    await isWith(noor, [bram, sem], 'after a seek');
    await daan.page.goto(`/sessies/${id}/samen`);
    await expect(daan.page.locator('video')).toBeVisible();
    await join(daan);
    await isWith(noor, [daan], 'who came late');
    await button(noor, 'Stilzetten').click();
    await isWith(noor, [bram, sem, daan], 'after a pause');
    await lookAt(everyone, '3-casussen');

    // Sem's connection is lost: nothing stays on the screen, and all comes back where everyone is.
    wire.break();
    await expect(main(sem).getByText('We zoeken de verbinding weer…')).toBeVisible({ timeout: 12_000 });
    await expect(sem.page.locator('video')).toHaveCount(0);
    await shot(sem, '4-geen-verbinding');
    await noor.page.getByRole('slider', { name: 'Plaats in de film' }).focus();
    await noor.page.keyboard.press('ArrowRight');
    wire.mend();
    await expect(sem.page.locator('video')).toBeVisible({ timeout: 30_000 });
    await isWith(noor, [sem], 'after a reconnect');

    // Daan shows his, and takes it back while everyone looks.
    await button(daan, /van Daan/).click();
    await expect(main(sem).getByText('Daan bepaalt de film')).toBeVisible();
    const before = Date.now();
    await takeBack(daan, id, 2);
    for (const who of everyone)
      await expect(who.page.locator('video')).toHaveCount(0, { timeout: CLOSES_MS });
    expect(Date.now() - before).toBeLessThan(CLOSES_MS + 500);
    for (const who of everyone) await expect(main(who).getByText(CLOSED)).toBeVisible();
    await lookAt(everyone, '5-teruggenomen');

    // Without a choice nobody goes on.
    await goOn(bram, everyone, 'Eén casus kiezen');
    await lookAt(everyone, '6-kiezen');
    await button(bram, 'Volgende stap: Vragen zonder advies').click();
    await button(bram, 'Kies deze casus en ga verder').click();
    await expect(bram.page.getByText('Kies één casus.')).toBeVisible();
    await shot(bram, '6-kies-een');
    await bram.page.getByRole('radio', { name: /van Noor/ }).check();
    await button(bram, 'Kies deze casus en ga verder').click();
    for (const who of everyone) await expect(heading(who, 'Vragen zonder advies')).toBeVisible();

    // Questions only, and what was written beforehand appears for everyone.
    for (const who of everyone) await expect(said(who, 'Hij kijkt weg bij het bedrag.')).toBeVisible();
    await expect(main(sem).getByText('Nu alleen vragen, nog geen adviezen.')).toBeVisible();
    await write(sem, 'Vraag', 'Wat hoopte je dat hij zou zeggen?');
    const refused = await sem.page.request.post(`/api/v1/review-sessions/${id}/contributions`, {
      data: { step: 3, kind: 'advice', body: 'Zeg het eerder' },
    });
    expect([refused.status(), (await refused.json()).code]).toEqual([409, 'step_gate']);
    await expect(said(noor, 'Wat hoopte je dat hij zou zeggen?')).toBeVisible();
    await noor.page
      .getByRole('button', { name: /^Geef antwoord/ })
      .first()
      .click();
    await write(noor, 'Antwoord', 'Dat hij het begreep.');
    await expect(said(daan, 'Dat hij het begreep.')).toBeVisible();
    await lookAt(everyone, '7-vragen');

    // Blind: everyone writes alone, by the API too; then all of it at once.
    await goOn(bram, everyone, 'Analyse');
    await expect(
      main(noor).getByText('De anderen analyseren nu en de casusinbrenger luistert.', { exact: false }),
    ).toBeVisible();
    await write(sem, 'Wat er volgens mij speelt', 'Hij voelt zich overvallen.');
    await write(daan, 'Wat er volgens mij speelt', 'De brief sprak al een oordeel uit.');
    await lookAt(everyone, '8-analyse-blind');
    for (const who of [noor, bram, sem])
      expect(await told(who, `${id}/contributions`)).not.toContain('De brief sprak');
    await expect(button(bram, 'Volgende stap: Adviesronde')).toHaveAttribute('aria-disabled', 'true');
    await expect(bram.page.getByText('Nog niet iedereen is klaar.')).toBeVisible();
    for (const who of [noor, bram, sem]) await button(who, 'Ik ben klaar').click();
    await expect(button(sem, 'Ik ben klaar')).toHaveAttribute('aria-pressed', 'true');
    expect(await told(daan, id)).not.toContain('"ready":true');
    await expect(said(noor, 'Hij voelt zich overvallen.')).toHaveCount(0);
    await button(daan, 'Ik ben klaar').click();
    for (const who of everyone) {
      await expect(said(who, 'Hij voelt zich overvallen.')).toBeVisible();
      await expect(said(who, 'De brief sprak al een oordeel uit.')).toBeVisible();
    }
    await expect(sem.page.getByText('Alle notities zijn nu te zien, ook op de tijdlijn.')).toBeAttached();
    await lookAt(everyone, '9-onthuld');

    // Advice; the owner only listens. In the middle of it the citizen stops.
    await goOn(bram, everyone, 'Adviesronde');
    await write(daan, 'Advies', 'Begin met wat je hoort.');
    await button(bram, 'Afspelen').click();
    await lookAt(everyone, '10-advies');
    const link = noors.link;
    await erase(citizen, link);
    for (const who of everyone) {
      await expect(who.page.locator('video')).toHaveCount(0, { timeout: CLOSES_MS });
      await expect(said(who, 'Begin met wat je hoort.')).toHaveCount(0);
      await expect(said(who, 'Hij voelt zich overvallen.')).toHaveCount(0);
      await expect(main(who).getByText(CLOSED)).toBeVisible();
      await expect(heading(who, 'Adviesronde')).toBeVisible();
    }
    await lookAt(everyone, '11-gewist');

    // The talk goes on, and ends with what lies outside it.
    await goOn(bram, everyone, 'Evaluatie en volgende stap');
    await write(sem, 'Wat wil je opschrijven?', 'Ik let voortaan op de stilte.');
    await lookAt(everyone, '12-evaluatie');
    await button(bram, 'Rond de sessie af').click();
    await bram.page.getByLabel('Iets buiten dit gesprek dat beter moet').fill('De brief is te moeilijk.');
    await shot(bram, '13-afronden');
    await button(bram, 'Rond af').click();
    for (const who of everyone) await expect(heading(who, 'Klaar. Dank jullie wel.')).toBeVisible();
    await lookAt(everyone, '14-klaar');
    for (const { context } of everyone) await context.close();
  } finally {
    wire.close();
    expect(await server.stop()).toBe(0);
  }
});
