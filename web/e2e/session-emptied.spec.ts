import { accept, bring, filmOf, idsOf, main, plan, post, type Seat, seat, shot } from './gathering';
import { Server } from './server';
import { expect, hasNoViolations, isTooWide, test } from './test';

const button = ({ page }: Seat, name: string | RegExp) => page.getByRole('button', { name });
const heading = ({ page }: Seat, name: string) => page.getByRole('heading', { level: 1, name });

test('two people go on talking when the only recording is withdrawn', async ({ browser, phone }) => {
  const server = await Server.start({ VAKSPIEGEL_COOLING_OFF: '0s' });
  try {
    const [noor, bram] = await Promise.all(['noor', 'bram'].map((who) => seat(browser, server.url, who)));
    if (!noor || !bram) throw new Error('somebody is missing');
    const citizen = await phone();
    const { recordingId, link } = await filmOf(noor, citizen);
    const ids = await idsOf(noor);
    const id = await plan(noor, {
      title: 'De brief',
      learningQuestion: 'Hoe blijf ik rustig?',
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
    for (const who of [noor, bram]) {
      await who.page.goto(`/sessies/${id}/samen`);
      await expect(who.page.locator('video')).toBeVisible({ timeout: 30_000 });
    }

    await citizen.goto(link);
    await citizen.getByRole('checkbox', { name: /Ja, wis de opname/ }).check();
    await citizen.getByRole('button', { name: 'Stop en wis alles' }).click({ noWaitAfter: true });
    for (const who of [noor, bram]) {
      await expect(who.page.locator('video')).toHaveCount(0);
      await expect(main(who).getByText('Dit fragment is er niet meer.', { exact: false })).toBeVisible();
      await expect(
        main(who).getByText('Hier wordt niets meer opgeschreven.', { exact: false }),
      ).toBeVisible();
      await expect(main(who).getByText('De brief')).toHaveCount(0);
      await hasNoViolations(who.page);
      expect(await isTooWide(who.page), who.login).toBe(false);
      await shot(who, 'zonder-opname');
    }

    const next = button(bram, /^Volgende stap: /);
    const step = (await next.textContent())?.replace('Volgende stap: ', '') ?? '';
    await next.click();
    for (const who of [noor, bram]) await expect(heading(who, step)).toBeVisible();
    await button(bram, 'Rond de sessie af').click();
    await button(bram, 'Rond af').click();
    for (const who of [noor, bram]) await expect(heading(who, 'Klaar. Dank jullie wel.')).toBeVisible();
    for (const { context } of [noor, bram]) await context.close();
  } finally {
    expect(await server.stop()).toBe(0);
  }
});
