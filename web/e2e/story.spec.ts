import { film } from './film';
import { addFilm, ask, expect, haveRead, main, sayYes, test } from './test';

test('the main job: ask, yes, add, look, note, withdraw, erased', async ({ person, phone }) => {
  const noor = await person('Noor');
  const [link] = await ask(noor);
  const citizen = await phone();
  await citizen.goto(link ?? '');
  await expect(citizen.getByRole('checkbox', { checked: true })).toHaveCount(0);
  const yes = citizen.getByRole('button', { name: /^Ja, film ons gesprek/ });
  const no = citizen.getByRole('button', { name: 'Nee, liever niet' });
  const [a, b] = [await yes.boundingBox(), await no.boundingBox()];
  expect([a?.width, a?.height]).toEqual([b?.width, b?.height]);
  await yes.click();
  await expect(citizen.getByRole('alert')).toContainText('U heeft nog niet gekozen');
  await haveRead(citizen);
  await yes.click();
  await expect(citizen.getByText('U zei ja. Dank u wel.')).toBeVisible();

  // Without a reload: the screen hears of it.
  await expect(main(noor).getByText('Iedereen zegt ja')).toBeVisible();
  await addFilm(noor, film);

  const video = noor.locator('video');
  await expect.poll(() => video.evaluate((v: HTMLVideoElement) => v.readyState)).toBeGreaterThan(1);
  await noor.getByRole('button', { name: 'Afspelen' }).click();
  await expect.poll(() => video.evaluate((v: HTMLVideoElement) => v.currentTime)).toBeGreaterThan(0.5);
  await noor.keyboard.press('n');
  await noor.keyboard.type('Ik luister eerst.');
  await noor.keyboard.press('Control+Enter');
  await expect(main(noor).getByText('Ik luister eerst.')).toBeVisible();
  await noor.keyboard.press('Escape');

  await citizen.goto(link ?? '');
  await citizen.getByRole('button', { name: 'Stop en wis alles' }).click();
  await expect(citizen.getByText(/Zet eerst|vinkje|Let op/).first()).toBeVisible(); // without the tick nothing happens
  await expect(main(noor).getByText('Ik luister eerst.')).toBeVisible();
  await citizen.getByRole('checkbox', { name: /Ja, wis de opname/ }).check();
  const pressed = Date.now();
  await citizen.getByRole('button', { name: 'Stop en wis alles' }).click({ noWaitAfter: true });
  await expect(main(noor).getByText('Deze opname is gewist')).toBeVisible({ timeout: 2_000 });
  expect(Date.now() - pressed).toBeLessThan(2_500);
  await expect(main(noor).getByText('Ik luister eerst.')).toHaveCount(0);
  await expect(video).toHaveCount(0);

  // The page renews itself until all three stages are done.
  await expect(citizen.getByText('Alles is gewist en nagekeken.')).toBeVisible({ timeout: 20_000 });
  await expect(citizen.getByText('Gestopt. Vakspiegel laat de opname aan niemand meer zien.')).toBeVisible();
  await expect(citizen.getByText('Niemand kan de opname nog openen.')).toBeVisible();
  await noor.goto('/');
  await expect(main(noor).getByText('Deze opname is gewist').first()).toBeVisible();
});

test('a no ends it for everyone, and the klantmanager reads one sentence', async ({ person, phone }) => {
  const noor = await person('Noor');
  const [link] = await ask(noor);
  const citizen = await phone();
  await citizen.goto(link ?? '');
  await haveRead(citizen);
  await citizen.getByRole('button', { name: 'Nee, liever niet' }).click();
  await expect(citizen.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(main(noor).getByText('Er wordt niet gefilmd. Fijn gesprek!')).toBeVisible();
  const gone = await citizen.goto(link ?? '');
  expect(gone?.status()).toBe(404);
});

test('the owner erases, and everything answers that it is gone', async ({ person, phone }) => {
  const daan = await person('Daan');
  const [link] = await ask(daan);
  await sayYes(await phone(), link ?? '');
  await addFilm(daan, film);
  const id = new URL(daan.url()).pathname.split('/').pop();
  await daan.getByRole('button', { name: 'Wis deze opname' }).click();
  await daan.getByRole('button', { name: 'Ja, wis de opname' }).click();
  await expect(main(daan).getByText('Deze opname is gewist')).toBeVisible();
  for (const path of ['', '/video', '/views', '/annotations']) {
    expect((await daan.request.get(`/api/v1/recordings/${id}${path}`)).status()).toBe(404);
  }
});

test('the sample of the first start plays and has notes', async ({ person }) => {
  const noor = await person('Noor');
  await noor.getByRole('link', { name: /voorbeeld: de brief/ }).click();
  await expect(main(noor).getByText('Had ik hier eerst moeten samenvatten?')).toBeVisible();
  const video = noor.locator('video');
  await expect
    .poll(() => video.evaluate((v: HTMLVideoElement) => Math.round(v.duration)), {
      message: 'its length is known',
    })
    .toBe(64);
});
