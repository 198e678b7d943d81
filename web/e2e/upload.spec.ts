import { fileWith, film, largeFilm } from './film';
import { ask, expect, main, sayYes, test } from './test';
import { Wire } from './wire';

const megabyte = 1 << 20;

test('a connection that breaks costs nothing that had arrived', async ({ person, phone, server }) => {
  const wire = await Wire.to(server.url, 12 * megabyte);
  const noor = await person('Noor', { baseURL: wire.url });
  const [link] = await ask(noor);
  await sayYes(await phone(), link ?? '');
  await noor.locator('input[type=file]').setInputFiles(largeFilm(48 * megabyte));
  const before = wire.sent;
  await noor.getByRole('button', { name: 'Voeg de opname toe' }).click();
  await expect(main(noor).getByText(/per seconde/)).toBeVisible();
  await expect.poll(() => wire.sent - before, { timeout: 20_000 }).toBeGreaterThan(16 * megabyte);
  wire.break();
  await expect(main(noor).getByText(/Het toevoegen is onderbroken/)).toBeVisible();
  wire.mend();
  await expect(main(noor).getByText(/De opname is klaar/)).toBeVisible({ timeout: 40_000 });
  // Less than a second time the whole film.
  expect(wire.sent - before).toBeLessThan(49 * megabyte + 34 * megabyte);
  wire.close();
});

test('pause, close the tab, choose the same file: it goes on where it was', async ({
  person,
  phone,
  server,
}) => {
  const wire = await Wire.to(server.url, 12 * megabyte);
  const noor = await person('Noor', { baseURL: wire.url });
  const [link] = await ask(noor);
  await sayYes(await phone(), link ?? '');
  const file = largeFilm(48 * megabyte);
  const before = wire.sent;
  await noor.locator('input[type=file]').setInputFiles(file);
  await noor.getByRole('button', { name: 'Voeg de opname toe' }).click();
  await expect.poll(() => wire.sent - before, { timeout: 20_000 }).toBeGreaterThan(20 * megabyte);
  await noor.getByRole('button', { name: 'Even stoppen' }).click();
  await expect(main(noor).getByText('Het toevoegen staat stil')).toBeVisible();

  const address = noor.url();
  const again = await noor.context().newPage();
  await noor.close({ runBeforeUnload: false });
  await again.goto(address);
  await expect(main(again).getByText(/We waren op \d+ %/)).toBeVisible();
  await again.locator('input[type=file]').setInputFiles(film);
  await expect(main(again).getByText(/is een ander bestand/)).toBeVisible();
  await again.getByRole('button', { name: 'Kies het bestand opnieuw' }).click();
  await again.locator('input[type=file]').setInputFiles(file);
  await again.getByRole('button', { name: 'Ga verder' }).click();
  await expect(main(again).getByText(/De opname is klaar/)).toBeVisible({ timeout: 40_000 });
  expect(wire.sent - before).toBeLessThan(49 * megabyte + 34 * megabyte);
  wire.close();
});

test('a file that will not play is said so before it is sent', async ({ person, phone }) => {
  const noor = await person('Noor');
  const [link] = await ask(noor);
  await sayYes(await phone(), link ?? '');
  const choose = noor.locator('input[type=file]');
  await choose.setInputFiles(fileWith('vakantie.mp4', Buffer.from('dit is geen film')));
  await expect(main(noor).getByText(/geen film die we kennen/)).toBeVisible();
  await expect(noor.getByRole('button', { name: 'Voeg de opname toe' })).toHaveCount(0);
  await noor.getByRole('button', { name: 'Kies een ander bestand' }).click();
  await noor.locator('input[type=file]').setInputFiles(fileWith('oud.avi', avi()));
  await expect(main(noor).getByText(/Geen enkele browser kan dit bestand afspelen/)).toBeVisible();
  await noor.getByRole('button', { name: 'Kies een ander bestand' }).click();
  await noor.locator('input[type=file]').setInputFiles(film);
  await expect(main(noor).getByText('Dit bestand kun je hier straks afspelen.')).toBeVisible();
});

/** The head of an AVI file: RIFF, its length, AVI, the list of headers. */
function avi(): Buffer {
  const head = Buffer.alloc(4096);
  head.write('RIFF', 0);
  head.writeUInt32LE(4088, 4);
  head.write('AVI LIST', 8);
  return head;
}
