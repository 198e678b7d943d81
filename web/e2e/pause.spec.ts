import { film } from './film';
import { addFilm, ask, expect, main, sayYes, test } from './test';

test('a pause empties the running player, and lifting it brings the film back', async ({ person, phone }) => {
  const noor = await person('Noor');
  const [link] = await ask(noor);
  const citizen = await phone();
  await sayYes(citizen, link ?? '');
  await addFilm(noor, film);
  await noor.getByRole('button', { name: 'Afspelen' }).click();
  await citizen.goto(link ?? '');
  await citizen.getByRole('checkbox', { name: 'Ja, zet stil' }).check();
  await citizen.getByRole('button', { name: 'Zet stil' }).click({ noWaitAfter: true });
  await expect(main(noor).getByText(/Deze opname staat stil/)).toBeVisible({ timeout: 2_000 });
  await expect(noor.locator('video')).toHaveCount(0);
  await expect(citizen.getByText('Stilgezet. Niemand kan kijken.')).toBeVisible();
  await citizen.getByRole('checkbox', { name: 'Ja, zet weer aan' }).check();
  await citizen.getByRole('button', { name: 'Zet weer aan' }).click();
  await expect(noor.locator('video')).toBeVisible();
});
