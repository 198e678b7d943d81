import { expect, main, openSample, test } from './test';

test('look back and write on a moment and an interval by keyboard alone', async ({ person }) => {
  const noor = await person('Noor');
  await openSample(noor);
  const video = noor.locator('video');
  const at = () => video.evaluate((v: HTMLVideoElement) => v.currentTime);

  await noor.keyboard.press('ArrowRight');
  await expect.poll(at).toBeCloseTo(5, 0);
  await noor.keyboard.press('l');
  await expect.poll(at).toBeCloseTo(15, 0);
  await noor.keyboard.press('n');
  await expect(noor.getByLabel('Wat valt je op?')).toBeFocused();
  await noor.keyboard.type('Een moment: l en n zijn nu letters.');
  await noor.keyboard.press('Control+Enter');
  await expect(main(noor).getByText('Een moment: l en n zijn nu letters.')).toBeVisible();
  await expect.poll(at).toBeCloseTo(15, 0);

  // The form closes when the note is kept; only then N is a key again.
  await expect(noor.getByLabel('Wat valt je op?')).toHaveCount(0);

  // Typed time codes, an interval, and what is wrong with one.
  await noor.keyboard.press('n');
  await noor.getByRole('textbox', { name: 'Van' }).fill('0:20');
  await noor.getByRole('textbox', { name: 'Tot' }).fill('0:10');
  await noor.getByLabel('Wat valt je op?').fill('Een stuk.');
  await noor.keyboard.press('Control+Enter');
  await expect(main(noor).getByText('‘Tot’ ligt vóór ‘van’.')).toBeVisible();
  await noor.getByRole('textbox', { name: 'Tot' }).fill('9:00');
  await noor.keyboard.press('Enter');
  await expect(main(noor).getByText('Deze tijd ligt na het einde van de film.')).toBeVisible();
  await noor.getByRole('textbox', { name: 'Tot' }).fill('0:25.5');
  await noor.keyboard.press('Enter');
  await expect(main(noor).getByText('Een stuk.')).toBeVisible();
  await noor.reload();
  await expect(main(noor).getByText('Een stuk.')).toBeVisible();
});

test('two tabs write on one note: the second is told and loses nothing', async ({ person }) => {
  const noor = await person('Noor');
  await noor.getByRole('link', { name: /voorbeeld: de brief/ }).click();
  const other = await noor.context().newPage();
  await other.goto(noor.url());
  const text = 'Had ik hier eerst moeten samenvatten?';
  for (const tab of [noor, other]) {
    const note = tab.getByRole('listitem').filter({ hasText: text });
    await note.getByRole('button', { name: /Wijzig/ }).click();
  }
  await noor.getByLabel('Wat valt je op?').fill(`${text} Ja.`);
  await noor.keyboard.press('Control+Enter');
  await expect(main(noor).getByText(`${text} Ja.`)).toBeVisible();
  await other.getByLabel('Wat valt je op?').fill(`${text} Nee.`);
  await other.keyboard.press('Control+Enter');
  await expect(main(other).getByText(/intussen ergens anders veranderd/)).toBeVisible();
  await expect(other.getByLabel('Wat valt je op?')).toHaveValue(`${text} Nee.`);
});

test('who looked is one step away', async ({ person }) => {
  const noor = await person('Noor');
  await noor.getByRole('link', { name: /voorbeeld: de brief/ }).click();
  await expect
    .poll(() => noor.locator('video').evaluate((v: HTMLVideoElement) => v.readyState))
    .toBeGreaterThan(1);
  await noor.getByRole('button', { name: 'Wie keek mee' }).click();
  await expect(noor.getByRole('dialog').getByText('Noor')).toBeVisible();
});
