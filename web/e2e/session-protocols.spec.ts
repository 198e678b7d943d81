import { accept, bring, filmOf, idsOf, plan, post, type Seat, seat, shot } from './gathering';
import { Server } from './server';
import { expect, hasNoViolations, isTooWide, test } from './test';

interface Protocol {
  id: string;
  /** Beside a coach who leads. */
  people: { max: number };
  steps: { id: string; name: { nl: string } }[];
  choose?: string;
}

/** A step for everyone who is there: axe, no sideways scrolling, and a picture. */
async function lookAt(everyone: readonly Seat[], name: string, step: string) {
  for (const who of everyone) {
    await expect(who.page.getByRole('heading', { level: 1, name: step, exact: true })).toBeVisible();
    await hasNoViolations(who.page);
    expect(await isTooWide(who.page), `${name}, ${who.login}`).toBe(false);
    await shot(who, name);
  }
}

test('every step of every protocol for every role', async ({ browser, phone }) => {
  test.setTimeout(420_000);
  const server = await Server.start({ VAKSPIEGEL_COOLING_OFF: '0s' });
  try {
    const [noor, bram] = await Promise.all(['noor', 'bram'].map((who) => seat(browser, server.url, who)));
    const [sem, daan] = await Promise.all(
      ['sem', 'daan'].map((who) => seat(browser, server.url, who, { width: 360, height: 740 })),
    );
    if (!noor || !bram || !sem || !daan) throw new Error('somebody is missing');
    const { recordingId } = await filmOf(noor, await phone());
    const ids = await idsOf(noor);
    const answer = await noor.page.request.get('/api/v1/protocols');
    const { items } = (await answer.json()) as { items: Protocol[] };
    expect(items).toHaveLength(6);
    for (const protocol of items) {
      const peers = protocol.people.max > 1 ? [sem, daan] : [];
      const id = await plan(noor, {
        title: 'De brief',
        learningQuestion: 'Hoe blijf ik rustig?',
        protocol: protocol.id,
        facilitatorId: ids('bram'),
        participantIds: peers.map(({ login }) => ids(login)),
        place: 'distance',
        startsAt: new Date(Date.now() + 3600_000).toISOString(),
      });
      const path = `/api/v1/review-sessions/${id}`;
      await post(bram, `${path}/request`, { accept: true });
      await bring(noor, id, recordingId, 10_000, 40_000);
      await post(noor, `${path}/open`);
      for (const who of [noor, bram, ...peers]) await accept(who, id);
      await post(bram, `${path}/start`);
      const everyone = [noor, bram, ...peers.slice(0, 1)];
      for (const who of everyone) await who.page.goto(`/sessies/${id}/samen`);
      for (const [step, { id: stepId, name }] of protocol.steps.entries()) {
        await lookAt(everyone, `${protocol.id}-${step + 1}-${stepId}`, name.nl);
        if (step + 1 === protocol.steps.length) break;
        await post(bram, `${path}/ready`, { step, ready: true, room: true });
        await post(bram, `${path}/steps`, {
          to: step + 1,
          ...(stepId === protocol.choose && { choose: 1 }),
        });
      }
      await post(bram, `${path}/finish`);
    }
    for (const { context } of [noor, bram, sem, daan]) await context.close();
  } finally {
    expect(await server.stop()).toBe(0);
  }
});
