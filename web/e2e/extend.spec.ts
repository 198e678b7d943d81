import type { Page } from '@playwright/test';
import { film } from './film';
import {
  addFilm,
  ask,
  expect,
  hasNoViolations,
  haveRead,
  isTooWide,
  main,
  sayYes,
  signIn,
  test,
} from './test';

const pin = '480271';

async function askLonger(noor: Page) {
  await noor.getByRole('button', { name: 'Vraag om langer te bewaren' }).click();
  const dialog = noor.getByRole('dialog', { name: 'Mag de opname langer blijven?' });
  await expect(dialog.getByRole('radio')).toHaveCount(2);
  await hasNoViolations(noor);
  await dialog.getByRole('button', { name: 'Vraag het iedereen' }).click();
  await expect(noor.getByRole('button', { name: 'Langer bewaren: we wachten nog' })).toBeVisible();
}

/** What the klantmanager and the database's own rows say of the end. */
async function end(noor: Page, path: string): Promise<string> {
  const id = path.split('/').pop();
  const answer = await noor.request.get(`/api/v1/recordings/${id}`);
  return ((await answer.json()) as { expiresAt: string }).expiresAt;
}

test('a yes with the PIN moves the end; a no by the link leaves all as it was', async ({ person, phone }) => {
  const noor = await person('Noor');
  const [link = ''] = await ask(noor);
  const citizen = await phone();
  await sayYes(citizen, link);
  await citizen.getByLabel('Pincode van 6 cijfers').fill(pin);
  await citizen.getByLabel('Typ de pincode nog een keer').fill(pin);
  await citizen.getByRole('button', { name: 'Bewaar mijn pincode' }).click();
  await addFilm(noor, film);
  const path = new URL(noor.url()).pathname;
  const before = await end(noor, path);

  await askLonger(noor);
  await citizen.goto(link);
  const question = citizen.getByRole('region', { name: 'Mag de opname langer blijven?' });
  await question.getByRole('button', { name: 'Nee', exact: true }).click();
  await expect(citizen.getByRole('alert')).toBeVisible(); // without its tick it does nothing
  await question.getByRole('checkbox', { name: 'Nee, de opname mag niet langer blijven' }).check();
  await question.getByRole('button', { name: 'Nee', exact: true }).click();
  await expect(question).toHaveCount(0);
  await expect(noor.getByRole('button', { name: 'Vraag om langer te bewaren' })).toBeVisible();
  expect(await end(noor, path)).toBe(before);

  await askLonger(noor);
  await citizen.goto(link);
  await question.getByLabel('Uw pincode').fill(pin);
  await question.getByRole('button', { name: 'Ja, dat mag' }).click();
  await expect(question).toHaveCount(0);
  await expect.poll(() => end(noor, path)).not.toBe(before);
  await expect(noor.getByRole('button', { name: 'Vraag om langer te bewaren' })).toBeVisible();
  await citizen.goto('/toestemming/verklaring');
  await expect(citizen.getByText('U liet ons de opname langer bewaren.').first()).toBeVisible();
});

test('a yes on a screen that is handed over moves the end too', async ({ person }) => {
  const noor = await person('Noor', { viewport: { width: 360, height: 740 } });
  const screen = noor; // the same browser, in other hands
  const handOver = async () => {
    const links = noor.locator('details.vs-links summary');
    if (await links.isVisible()) await links.click(); // everyone answered: one step away
    await noor.getByRole('button', { name: 'Laat dit scherm zien aan: Inwoner' }).click();
    await noor.getByRole('button', { name: 'Ja, laat zien' }).click();
    await noor.waitForURL('**/toestemming');
  };
  const giveBack = async (to: string) => {
    await screen.getByRole('button', { name: 'Klaar', exact: true }).click();
    await signIn(noor, 'Noor');
    await noor.goto(to);
  };
  await ask(noor);
  const table = new URL(noor.url()).pathname;
  await handOver();
  await haveRead(screen);
  await screen.getByRole('button', { name: /^Ja, film ons gesprek/ }).click();
  await screen.waitForURL('**/toestemming/klaar*');
  await giveBack(table);
  await addFilm(noor, film);
  const path = new URL(noor.url()).pathname;
  const before = await end(noor, path);
  await noor.goto(table);
  await askLonger(noor);
  expect(await isTooWide(noor)).toBe(false);
  await handOver();
  await hasNoViolations(screen);
  expect(await isTooWide(screen)).toBe(false);
  const question = main(screen).getByRole('region', { name: 'Mag de opname langer blijven?' });
  await question.getByRole('checkbox', { name: 'Ja, de opname mag langer blijven' }).check();
  await question.getByRole('button', { name: 'Ja, dat mag' }).click();
  await expect(question).toHaveCount(0);
  await giveBack(path);
  expect(await end(noor, path)).not.toBe(before);
});
