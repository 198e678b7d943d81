import { ask, expect, hasNoViolations, haveRead, isTooWide, main, test } from './test';

const pin = '480271';

test('a PIN chosen with the yes allows more later; a wrong one, and the link alone, do not', async ({
  browser,
  person,
  phone,
  server,
}) => {
  const noor = await person('Noor');
  const [link = ''] = await ask(noor);
  const sitting = await phone();
  await sitting.goto(link);
  await sitting.getByRole('checkbox', { name: /coach/ }).check();
  await haveRead(sitting);
  await sitting.getByRole('button', { name: /^Ja, film ons gesprek/ }).click();

  await test.step('the sitting: one that everybody guesses is refused', async () => {
    await sitting.getByLabel('Pincode van 6 cijfers').fill('123456');
    await sitting.getByLabel('Typ de pincode nog een keer').fill('123456');
    await sitting.getByRole('button', { name: 'Bewaar mijn pincode' }).click();
    await expect(sitting.getByRole('alert')).toContainText('Kies 6 cijfers die niemand raadt.');
    await sitting.getByLabel('Pincode van 6 cijfers').fill(pin);
    await sitting.getByLabel('Typ de pincode nog een keer').fill(pin);
    await sitting.getByRole('button', { name: 'Bewaar mijn pincode' }).click();
    await expect(sitting.getByRole('heading', { name: 'U heeft een pincode' })).toBeVisible();
    await sitting.getByRole('checkbox', { name: /^Ik wil de opname terugkijken/ }).check();
    await sitting.getByRole('button', { name: 'Bewaar mijn wens' }).click();
    await expect(sitting.getByText(/spreekt dit met u af/)).toBeVisible();
    await expect(main(noor).getByText(/Iemand wil de opname met je terugkijken/)).toBeVisible();
  });

  // Later, in another browser; with script, because axe needs it.
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 360, height: 740 } });
  const later = await context.newPage();
  await later.goto(link);
  await later.getByRole('checkbox', { name: /Coach mag niet meer kijken/i }).check();
  await later.getByRole('button', { name: 'Pas aan' }).click();
  await expect(later.getByText('Aangepast. Dit geldt vanaf nu.')).toBeVisible();

  await test.step('more, with a wrong PIN and with the right one', async () => {
    const coach = later.getByRole('checkbox', { name: /^Een coach mag kijken/ });
    const own = later.getByRole('region', { name: 'Meer toestaan' });
    await coach.check();
    await own.getByLabel('Uw pincode').fill('914406');
    await own.getByRole('button', { name: 'Sta dit toe' }).click();
    await expect(later.getByRole('alert')).toHaveText('Deze pincode klopt niet.');
    await hasNoViolations(later);
    await coach.check();
    await own.getByLabel('Uw pincode').fill('٤٨٠٢٧١');
    await own.getByRole('button', { name: 'Sta dit toe' }).click();
    await expect(coach).toHaveCount(0);
    await expect(later.getByRole('listitem').filter({ hasText: 'Een coach mag kijken.' })).toBeVisible();
  });

  await later.setViewportSize({ width: 320, height: 740 });
  expect(await isTooWide(later)).toBe(false);
  await hasNoViolations(later);
  await context.close();
});
