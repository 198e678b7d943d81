import { expect, hasNoViolations, isTooWide, main, test } from './test';

for (const width of [360, 1440]) {
  test(`at ${width} px the administrator reads every protocol, by keyboard, and how to add one`, async ({
    browser,
    server,
  }) => {
    const context = await browser.newContext({
      baseURL: server.url,
      locale: 'nl-NL',
      viewport: { width, height: 900 },
    });
    const omar = await context.newPage();
    await omar.request.post('/api/v1/login', { data: { person: 'omar' }, headers: { Origin: server.url } });
    await omar.goto('/beheer/werkvormen');
    await expect(omar.getByRole('heading', { level: 1, name: 'Werkvormen' })).toBeVisible();
    await expect(main(omar).getByText('Vakspiegel', { exact: true })).toBeVisible();
    const protocols = omar.getByRole('list', { name: 'Werkvormen' }).getByRole('button');
    await expect(protocols).toHaveCount(6);

    for (const [at, name] of (await protocols.allTextContents()).entries()) {
      await protocols.nth(at).focus();
      await omar.keyboard.press('Enter');
      await expect(omar.getByRole('heading', { level: 2, name })).toBeVisible();
      await hasNoViolations(omar);
      expect(await isTooWide(omar), name).toBe(false);
    }

    await omar.getByRole('button', { name: 'Incidentmethode' }).click();
    const questions = main(omar).getByRole('listitem').filter({ hasText: 'Vragen zonder advies' });
    await expect(questions.getByText('Nu alleen vragen, nog geen adviezen.')).toBeHidden();
    await questions.getByText('Wat kun je hier opschrijven?').click();
    await expect(questions.getByText('Nu alleen vragen, nog geen adviezen.')).toBeVisible();
    await omar.getByText('Een eigen werkvorm toevoegen').click();
    await expect(main(omar).getByText('VAKSPIEGEL_TEXTS')).toBeVisible();
    await hasNoViolations(omar);
    expect(await isTooWide(omar)).toBe(false);
    await context.close();
  });
}
