import { ask, expect, links, main, sayYes, test } from './test';

// A mail scanner with a whole browser: it runs whatever there is to run, follows every link and presses every
// button that it finds, and ticks no box.
for (const javaScriptEnabled of [true, false]) {
  test(`a crawler that presses everything changes nothing, script ${javaScriptEnabled ? 'on' : 'off'}`, async ({
    person,
    phone,
    browser,
    server,
  }) => {
    const noor = await person('Noor');
    await ask(noor);
    const [asked] = await links(noor);
    const waiting = noor.url();
    await noor.goto('/gesprekken/nieuw');
    await noor.getByRole('button', { name: 'Vraag toestemming' }).click();
    await expect(main(noor).getByText('We wachten nog', { exact: true })).toBeVisible();
    const [given] = await links(noor);
    await sayYes(await phone(), given ?? '');

    const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled });
    const scanner = await context.newPage();
    for (const link of [asked, given]) {
      await scanner.goto(link ?? '');
      const start = scanner.url();
      const buttons = await scanner.getByRole('button').count();
      expect(buttons).toBeGreaterThan(1);
      for (let n = 0; n < buttons; n++) {
        await scanner.goto(start);
        await scanner.getByRole('button').nth(n).click();
      }
      await scanner.goto(start);
      const hrefs = await scanner
        .getByRole('link')
        .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
      for (const href of hrefs.filter((to) => to.startsWith(server.url))) await scanner.goto(href);
    }
    await context.close();

    await expect(main(noor).getByText('Iedereen zegt ja')).toBeVisible();
    await noor.goto(waiting);
    await expect(main(noor).getByText('We wachten nog', { exact: true })).toBeVisible();
    const citizen = await phone();
    await citizen.goto(given ?? '');
    await expect(citizen.getByRole('heading', { level: 1 })).toHaveText('Uw opname');
    await expect(citizen.getByRole('button', { name: 'Zet stil' })).toBeVisible();
  });
}
