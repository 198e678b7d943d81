import { film } from './film';
import { Server } from './server';
import { addFilm, ask, expect, hasNoViolations, main, sayYes, test } from './test';

/** A server with short terms, so that nobody has to wait for them. */
async function withTerms(env: Record<string, string>, walk: (server: Server) => Promise<void>) {
  const server = await Server.start(env);
  try {
    await walk(server);
  } finally {
    expect(await server.stop()).toBe(0);
  }
}

for (const [retention, says] of [
  ['144h', 'Deze opname wissen we binnen een week.'],
  ['20h', 'Deze opname wissen we binnen een dag.'],
] as const) {
  test(`a klantmanager is told in time: ${retention}`, async ({ person, phone }) => {
    await withTerms({ VAKSPIEGEL_RETENTION: retention }, async ({ url }) => {
      const noor = await person('Noor', { baseURL: url });
      const [link] = await ask(noor);
      await sayYes(await phone(), new URL(link ?? '', url).href);
      await addFilm(noor, film);
      await noor.goto('/');
      const now = main(noor).locator('section', { has: noor.getByRole('heading', { name: 'Nu te doen' }) });
      await expect(now.getByText(says).first()).toBeVisible();
      await hasNoViolations(noor);
    });
  });
}

test('what nobody looks at is asked about: still needed, and then not', async ({ person, phone }) => {
  await withTerms({ VAKSPIEGEL_ASK_AFTER: '2s' }, async ({ url }) => {
    const noor = await person('Noor', { baseURL: url });
    const [link] = await ask(noor);
    const citizen = await phone();
    await sayYes(citizen, new URL(link ?? '', url).href);
    await noor.locator('input[type=file]').setInputFiles(film);
    await noor.getByRole('button', { name: 'Voeg de opname toe' }).click();
    await expect(noor.getByRole('link', { name: 'Terugkijken' }).first()).toBeVisible();
    await noor.goto('/');
    const card = main(noor).locator('.vs-card').first();
    const asked = async () => {
      await expect(async () => {
        await noor.reload();
        await expect(card.getByText(/^Nog nodig\?/)).toBeVisible({ timeout: 500 });
      }).toPass();
    };
    await asked();
    await hasNoViolations(noor);
    await card.getByRole('button', { name: 'Ja, ik wil hem nog bekijken' }).click();
    await expect(card.getByText(/^Nog nodig\?/)).toHaveCount(0);
    await asked();
    await card.getByRole('button', { name: 'Nee, wis hem' }).click();
    await noor.getByRole('button', { name: 'Ja, wis de opname' }).click();
    await expect(main(noor).getByText('Deze opname is gewist').first()).toBeVisible();
    await citizen.goto(new URL(link ?? '', url).href);
    await expect(citizen.getByText('Deze opname is gewist').first()).toBeVisible();
  });
});

test('done learning, from the card: it says what stays, and is gone at once', async ({ person, phone }) => {
  const sem = await person('Sem');
  const [link] = await ask(sem);
  await sayYes(await phone(), link ?? '');
  await addFilm(sem, film);
  await sem.goto('/');
  const card = main(sem).locator('.vs-card').first();
  await card.getByRole('button', { name: 'Klaar met leren' }).click();
  const dialog = sem.getByRole('dialog', { name: 'Klaar met leren?' });
  await expect(dialog.getByText(/^Wat blijft: een bewijs zonder inhoud/)).toBeVisible();
  await expect(dialog.getByText('Is dit de enige opname, dan gaat ook het gesprek weg.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Ja, wis de opname' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(main(sem).getByText('Deze opname is gewist').first()).toBeVisible();
  await expect(sem.getByRole('link', { name: 'Nieuw gesprek' })).toBeVisible();
});

test('an administrator walks the screens, which only tell', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url, locale: 'nl-NL' });
  const omar = await context.newPage();
  await omar.goto('/inloggen');
  await omar.getByRole('button', { name: 'Omar' }).click();
  await expect(omar.getByRole('heading', { level: 1, name: 'Teksten' })).toBeVisible();
  await expect(main(omar).getByText(/nog door niemand nagekeken: Nederlands/)).toBeVisible();
  await expect(main(omar).getByText(/Nederlands, v1 \(wordt nu getoond\)/)).toBeVisible();
  await omar.getByLabel('Kies een taal om te vergelijken').selectOption({ label: 'Türkçe' });
  await expect(main(omar).getByText('Mogen we ons gesprek filmen?')).toBeVisible();
  await hasNoViolations(omar);
  for (const [name, says] of [
    ['Organisatie', 'Alles wat de inwoner moet weten, staat er.'],
    ['Bewaren', 'VAKSPIEGEL_RETENTION'],
    ['Gezondheid', 'Alles wordt binnen tien minuten gewist'],
  ] as const) {
    await omar.getByRole('link', { name }).click();
    await expect(omar.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(main(omar).getByText(says)).toBeVisible();
    await hasNoViolations(omar);
    expect(await main(omar).locator('form, input').count()).toBe(0);
  }
  await context.close();
});

test('who is no administrator finds no administration', async ({ person }) => {
  const noor = await person('Noor');
  await expect(noor.getByRole('link', { name: 'Beheer' })).toHaveCount(0);
  await noor.goto('/beheer/teksten');
  await expect(noor.getByRole('heading', { level: 1, name: 'Deze pagina is er niet' })).toBeVisible();
});
