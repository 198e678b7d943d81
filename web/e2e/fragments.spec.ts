import { readFile } from 'node:fs/promises';
import { film } from './film';
import { cues, statements } from './readers';
import { addFilm, ask, expect, hasNoViolations, isTooWide, main, sayYes, test } from './test';

test.describe('fragments', () => {
  test('are chosen and adjusted by keyboard, three at most, and stay after a reload', async ({
    person,
    phone,
  }) => {
    const noor = await person('Noor');
    const [link] = await ask(noor);
    await sayYes(await phone(), link ?? '');
    await addFilm(noor, film);
    const open = () => noor.getByRole('tab', { name: 'Fragmenten' }).click();
    const choose = noor.getByRole('button', { name: 'Kies dit stuk' });
    const title = noor.getByRole('textbox', { name: 'Hoe noem je dit stuk?' });
    const start = noor.getByRole('slider', { name: 'Schuif het begin' });
    const end = noor.getByRole('slider', { name: 'Schuif het einde' });

    await noor.getByRole('tab', { name: 'Notities' }).focus();
    await noor.keyboard.press('End');
    await expect(main(noor).getByText('Nog niemand ziet dit.')).toBeVisible();
    await hasNoViolations(noor);

    await noor.getByRole('textbox', { name: 'Ga naar tijd' }).fill('0:20');
    await noor.keyboard.press('Enter');
    await choose.press('Enter');
    await expect(title).toBeFocused();
    await noor.keyboard.type('Het keerpunt');
    await expect(start).toHaveAttribute('aria-valuetext', '0:15');
    await expect(end).toHaveAttribute('aria-valuetext', '0:25');
    await start.focus();
    await noor.keyboard.press('ArrowRight');
    await expect(start).toHaveAttribute('aria-valuetext', '0:15.100');
    await noor.keyboard.press('Shift+ArrowLeft');
    await expect(start).toHaveAttribute('aria-valuetext', '0:14.100');
    await noor.keyboard.press('PageUp');
    await expect(start).toHaveAttribute('aria-valuetext', '0:24');
    await noor.keyboard.press('PageDown');
    await expect(start).toHaveAttribute('aria-valuetext', '0:14');
    await noor.getByRole('button', { name: 'Einde 1 seconde eerder' }).click();
    await expect(end).toHaveAttribute('aria-valuetext', '0:24');
    await noor.getByRole('textbox', { name: 'Tot' }).fill('0:14.5');
    await expect(main(noor).getByText('Een stuk duurt ten minste 1 seconde.')).toBeVisible();
    await noor.getByRole('textbox', { name: 'Tot' }).fill('0:16');
    await hasNoViolations(noor);
    await title.press('Control+Enter');
    await expect(main(noor).getByText('0:14 – 0:16')).toBeVisible();

    // Plays this part, and stops at its end.
    await noor.getByRole('button', { name: 'Speel dit stuk van Het keerpunt' }).click();
    const position = () => noor.locator('video').evaluate((v: HTMLVideoElement) => v.currentTime);
    const paused = () => noor.locator('video').evaluate((v: HTMLVideoElement) => v.paused);
    await expect.poll(position).toBeGreaterThan(14.5);
    await expect.poll(paused).toBe(true);
    expect(await position()).toBeGreaterThan(15.9);
    expect(await position()).toBeLessThan(16.5);

    for (const name of ['Stilte', 'Samen verder']) {
      await choose.click();
      await title.fill(name);
      await noor.keyboard.press('Control+Enter');
      await expect(main(noor).getByText(name, { exact: true })).toBeVisible();
    }
    await expect(main(noor).getByText('Drie stukken is het advies')).toBeVisible();
    await expect(choose).toHaveCount(0);
    await expect(noor.getByRole('button', { name: 'Fragment, 0:14 tot 0:16: Het keerpunt' })).toBeVisible();

    await noor.reload();
    await open();
    await expect(main(noor).getByText('Samen verder', { exact: true })).toBeVisible();
    await noor.getByRole('button', { name: 'Haal weg van Stilte' }).click();
    await hasNoViolations(noor);
    await noor.getByRole('button', { name: 'Ja, haal weg' }).click();
    await expect(main(noor).getByText('Stilte', { exact: true })).toHaveCount(0);
    await expect(choose).toBeVisible();
    await noor.setViewportSize({ width: 360, height: 740 });
    expect(await isTooWide(noor)).toBe(false);
    await hasNoViolations(noor);
  });

  test('of two tabs the one that comes fourth keeps what was typed', async ({ person, phone }) => {
    const noor = await person('Noor');
    const [link] = await ask(noor);
    await sayYes(await phone(), link ?? '');
    await addFilm(noor, film);
    const fragments = `/api/v1/recordings/${new URL(noor.url()).pathname.split('/').pop()}/fragments`;
    const post = (title: string) =>
      noor.request.post(fragments, { data: { startMs: 1000, endMs: 4000, title } });
    for (const title of ['een', 'twee']) expect((await post(title)).status()).toBe(201);
    await noor.getByRole('tab', { name: 'Fragmenten' }).click();
    await noor.getByRole('button', { name: 'Kies dit stuk' }).click();
    await noor.getByRole('textbox', { name: 'Hoe noem je dit stuk?' }).fill('vier');
    expect((await post('drie')).status()).toBe(201);
    await expect(main(noor).getByText('drie', { exact: true })).toBeVisible();
    await noor.keyboard.press('Control+Enter');
    await expect(main(noor).getByText('Wijzig er een, of haal er een weg.').first()).toBeVisible();
    await expect(noor.getByRole('textbox', { name: 'Hoe noem je dit stuk?' })).toHaveValue('vier');
  });
});

test('notes are taken along as files that other programs read', async ({ person, phone }) => {
  const noor = await person('Noor');
  const [link] = await ask(noor);
  await sayYes(await phone(), link ?? '');
  await addFilm(noor, film);
  const recording = `/api/v1/recordings/${new URL(noor.url()).pathname.split('/').pop()}`;
  const body = 'Wat <i>zei</i> ik?\n\n00:00:01.000 --> 00:00:02.000\n& toen';
  const written = await noor.request.post(`${recording}/annotations`, {
    data: { startMs: 5960, endMs: 12_600, kind: 'question', body, tags: ['luisteren'] },
  });
  const { id } = (await written.json()) as { id: string };
  for (const data of [
    { startMs: 0, kind: 'moment', body: '', marker: 'frustratie' },
    { startMs: 5960, endMs: 12_600, kind: 'observation', body: 'Dat hij stil werd.', parentId: id },
  ])
    expect((await noor.request.post(`${recording}/annotations`, { data })).status()).toBe(201);
  await noor.request.post(`${recording}/fragments`, {
    data: { startMs: 3000, endMs: 9500, title: 'Het keerpunt', reason: 'Ik wacht.' },
  });
  await noor.reload();

  const save = async (format: RegExp) => {
    await noor.getByRole('button', { name: 'Bewaar je notities als bestand' }).click();
    await expect(noor.getByRole('dialog').getByText('Deze kopie is van jou.')).toBeVisible();
    await hasNoViolations(noor);
    await noor.getByRole('radio', { name: format }).check();
    const [download] = await Promise.all([
      noor.waitForEvent('download'),
      noor.getByRole('button', { name: 'Bewaar het bestand' }).click(),
    ]);
    await expect(noor.getByRole('dialog')).toHaveCount(0);
    expect(download.suggestedFilename()).toMatch(/^vakspiegel-notities-\d{4}-\d{2}-\d{2}\.(csv|vtt|jsonld)$/);
    return readFile(await download.path(), 'utf8');
  };

  const read = await cues(noor, await save(/WebVTT/));
  expect(read.map(({ startTime, endTime }) => [startTime, endTime])).toEqual([
    [0, 3],
    [3, 9.5],
    [5.96, 12.6],
    [5.96, 12.6],
  ]);
  expect(read[2]?.text).toBe('Wat <i>zei</i> ik?\n00:00:01.000 --> 00:00:02.000\n& toen\n#luisteren');

  const said = await statements(await save(/JSON-LD/));
  const oa = (term: string) => `<http://www.w3.org/ns/oa#${term}>`;
  const value = '<http://www.w3.org/1999/02/22-rdf-syntax-ns#value>';
  expect(said).toContain(`<urn:uuid:${id}> ${oa('motivatedBy')} ${oa('questioning')} .`);
  expect(said).toContain(`${value} "t=5.960,12.600" .`);
  expect(said).toContain(`${oa('hasTarget')} <urn:uuid:${id}> .`);
  expect(said).toContain(`${oa('motivatedBy')} ${oa('highlighting')} .`);
  expect(said).toContain(`<http://purl.org/dc/terms/conformsTo> <http://www.w3.org/TR/media-frags/> .`);
  expect(said).toContain(`${value} "frustratie" .`);

  const table = await save(/CSV/);
  expect(table.startsWith('\ufeffid,kind,')).toBe(true);
  expect(table).toContain('Dat hij stil werd.');
});
