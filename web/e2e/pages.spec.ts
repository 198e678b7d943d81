import type { Page } from '@playwright/test';
import { film } from './film';
import { addFilm, ask, expect, hasNoViolations, haveRead, isTooWide, main, sayYes, test } from './test';

async function handOver(noor: Page) {
  await noor.getByRole('button', { name: 'Laat dit scherm zien aan: Inwoner' }).click();
  await noor.getByRole('button', { name: 'Ja, laat zien' }).click();
  await noor.waitForURL('**/toestemming');
}

for (const answer of [/^Ja, film ons gesprek/, 'Nee, liever niet']) {
  test(`a screen that is handed over shows nothing of staff, nor of who answered ${answer}`, async ({
    person,
  }) => {
    const noor = await person('Noor');
    await ask(noor);
    await handOver(noor);
    const screen = noor; // the same browser, in other hands
    await hasNoViolations(screen);
    expect(await screen.locator('script').count()).toBe(0);
    await haveRead(screen);
    await screen.getByRole('button', { name: answer }).click();
    await screen.waitForURL('**/toestemming/klaar*');
    await hasNoViolations(screen);
    await screen.getByRole('button', { name: 'Klaar', exact: true }).click();
    const returned = screen.getByRole('heading', { level: 1, name: 'Geef het scherm terug' });
    await expect(returned).toBeVisible();
    await hasNoViolations(screen);

    const signIn = screen.getByRole('heading', { level: 1, name: 'Inloggen' });
    const behind = /U zei ja|We wachten nog|Toestemming|Er wordt niet gefilmd/;
    for (let back = 0; back < 6; back++) {
      await screen.goBack();
      if (screen.url() === 'about:blank') break; // before the browser was Noor's
      await expect(returned.or(signIn)).toBeVisible();
      await expect(screen.getByText(behind)).toHaveCount(0);
    }
    for (const address of ['/', '/gesprekken/nieuw', '/toestemming', '/toestemming/bewaren']) {
      await screen.goto(address);
      await expect(returned.or(signIn)).toBeVisible();
    }
    await screen.goto('/toestemming');
    await screen.getByRole('link', { name: /Log weer in/ }).click();
    await screen.getByRole('button', { name: 'Noor' }).click();
    await expect(screen.getByRole('heading', { level: 1, name: 'Mijn gesprekken' })).toBeVisible();
    await screen.goto('/toestemming');
    await expect(screen.getByRole('heading', { level: 1, name: 'Deze link werkt niet' })).toBeVisible();
  });
}

for (const javaScriptEnabled of [false, true]) {
  const script = javaScriptEnabled ? 'on' : 'off';
  test(`a yes and a no end at one address, and the card is at hand, with JavaScript ${script}`, async ({
    browser,
    person,
    server,
  }) => {
    const noor = await person('Noor');
    const context = await browser.newContext({
      baseURL: server.url,
      javaScriptEnabled,
      locale: 'nl-NL',
      viewport: { width: 320, height: 640 },
    });
    const citizen = await context.newPage();
    const [refused] = await ask(noor);
    await citizen.goto(refused ?? '');
    await haveRead(citizen);
    await citizen.getByRole('button', { name: 'Nee, liever niet' }).click();
    await expect(citizen.getByRole('heading', { level: 1 })).toHaveText('Er wordt niet gefilmd. Dank u wel.');
    const after = citizen.url();

    const [link] = await ask(noor);
    await sayYes(citizen, link ?? '');
    expect(citizen.url()).toBe(after);
    await expect(citizen.getByRole('img', { name: /Vierkante code/ })).toBeVisible();
    await citizen.getByRole('link', { name: 'Als kaart om te printen' }).click();
    await expect(citizen.getByText('Hiermee kunt u altijd stoppen en de film wissen.')).toBeVisible();
    await citizen.getByRole('link', { name: 'Als kaart waarop weinig staat' }).click();
    await expect(citizen.getByText(/film|gemeente/i)).toHaveCount(0);
    await citizen.getByRole('link', { name: 'العربية' }).click();
    expect(new URL(citizen.url()).searchParams.get('neutraal')).toBe('ja');
    for (const address of ['/toestemming/kaart', '/toestemming/kaart?neutraal=ja&taal=ar', '/link-kwijt']) {
      await citizen.goto(address);
      expect(await isTooWide(citizen)).toBe(false);
      if (javaScriptEnabled) await hasNoViolations(citizen); // axe is a script itself
    }
    await context.close();
  });
}

test('what a film came from is a task, and the citizen reads that it was done', async ({ person, phone }) => {
  const noor = await person('Noor');
  const [link] = await ask(noor);
  const citizen = await phone();
  await sayYes(citizen, link ?? '');
  await addFilm(noor, film);
  await expect(noor.getByText(/Deze opname kwam uit een bestand/)).toBeVisible();
  await citizen.goto(link ?? '');
  await expect(citizen.getByText('Vraag Noor of het daar ook weg is.', { exact: false })).toBeVisible();
  await noor.goto('/');
  const task = main(noor).getByRole('listitem').filter({ hasText: 'Hoe doe ik dat?' });
  await expect(task).not.toHaveCount(0);
  const before = await task.count();
  await task.last().getByText('Hoe doe ik dat?').click();
  await expect(task.last().getByText(/Onlangs verwijderd/)).toBeVisible();
  await hasNoViolations(noor);
  await task.last().getByRole('button', { name: 'Gedaan' }).click();
  await expect(task).toHaveCount(before - 1);
  await citizen.goto(link ?? '');
  await expect(citizen.getByText(/^Noor zei dat het daar gewist is/)).toBeVisible();
});

test('the face of who asks is shown if they want it', async ({ person, phone }) => {
  const noor = await person('Noor');
  await noor.goto('/mijn-foto');
  await expect(noor.getByText('Je laat nu geen foto zien.')).toBeVisible();
  const photo = await noor.screenshot(); // any PNG does
  await noor
    .getByLabel('Kies een foto')
    .setInputFiles({ name: 'ik.png', mimeType: 'image/png', buffer: photo });
  await expect(noor.getByRole('img', { name: 'Je foto, zoals anderen hem zien' })).toBeVisible();
  await hasNoViolations(noor);
  const [link] = await ask(noor);
  const citizen = await phone();
  await citizen.goto(link ?? '');
  await expect(citizen.getByRole('img', { name: 'Foto van Noor' })).toBeVisible();
  await noor.goto('/mijn-foto');
  await noor.getByRole('button', { name: 'Haal mijn foto weg' }).click();
  await expect(noor.getByText('Je laat nu geen foto zien.')).toBeVisible();
});
