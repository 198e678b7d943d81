import { expect, haveRead, links, main, test } from './test';

// A phone that goes round the table: two people open their own link in one browser. The form of the first may not
// answer for the second (trust.md 5).
for (const javaScriptEnabled of [true, false]) {
  test(`two links in one browser never mix, script ${javaScriptEnabled ? 'on' : 'off'}`, async ({
    person,
    browser,
    server,
  }) => {
    const noor = await person('Noor');
    await noor.goto('/gesprekken/nieuw');
    await noor.getByRole('button', { name: 'Partner' }).click();
    await noor.getByRole('button', { name: 'Vraag toestemming' }).click();
    await expect(main(noor).getByText('We wachten nog', { exact: true })).toBeVisible();
    const [citizen = '', partner = ''] = await links(noor);
    const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled, locale: 'nl-NL' });
    const [first, second] = [await context.newPage(), await context.newPage()];
    await first.goto(citizen);
    await second.goto(partner);
    await expect(second.getByText('U bent erbij als partner.')).toBeVisible();
    await haveRead(first);
    await first.getByRole('button', { name: 'Nee, liever niet' }).click();
    await expect(first.getByRole('heading', { level: 1 })).toHaveText('U had twee links open');
    await noor.reload();
    await expect(main(noor).getByText('We wachten nog', { exact: true })).toBeVisible();

    // Opened once more it is their own again, and the other's form is the one that is refused.
    await first.goto(citizen);
    await haveRead(first);
    await first.getByRole('button', { name: /^Ja, film ons gesprek/ }).click();
    await expect(first.getByRole('heading', { level: 1 })).toHaveText('U zei ja. Dank u wel.');
    await haveRead(second);
    await second.getByRole('button', { name: /^Ja, film ons gesprek/ }).click();
    await expect(second.getByRole('heading', { level: 1 })).toHaveText('U had twee links open');
    await noor.reload();
    await expect(main(noor).getByText('We wachten nog', { exact: true })).toBeVisible();
    await context.close();
  });
}
