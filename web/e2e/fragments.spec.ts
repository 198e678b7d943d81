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
    await noor.keyboard.press('ArrowLeft');
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
  const begun = await noor.request.post(`${recording}/forms`, { data: { code: 'werken-met-aandacht' } });
  const form = (await begun.json()) as { id: string };
  const answers = [
    { code: 'erkent', text: 'Ik knikte.', moments: [{ startMs: 20_000 }] },
    { code: 'wat-ging-goed', text: 'De rust.', moments: [] },
  ];
  const filled = await noor.request.patch(`/api/v1/forms/${form.id}`, {
    headers: { 'If-Match': '"1"' },
    data: { answers },
  });
  expect(filled.status()).toBe(200);
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
    [20, 23],
  ]);
  expect(read[4]?.text).toMatch(/\nIk knikte\.$/);
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
  expect(said).toContain(`<urn:uuid:${form.id}#erkent> ${oa('motivatedBy')} ${oa('describing')} .`);

  const table = await save(/CSV/);
  expect(table.startsWith('\ufeffid,kind,')).toBe(true);
  expect(table).toContain('Dat hij stil werd.');
  expect(table).toContain('De rust.');
});

test('a search finds what one wrote, opens the film there, and finds nothing of what is erased', async ({
  person,
  phone,
}) => {
  const noor = await person('Noor');
  const [link] = await ask(noor);
  await sayYes(await phone(), link ?? '');
  await addFilm(noor, film);
  const id = new URL(noor.url()).pathname.split('/').pop();
  const post = (path: string, data: object) => noor.request.post(`/api/v1/recordings/${id}${path}`, { data });
  await post('/annotations', {
    startMs: 30_000,
    kind: 'feeling',
    body: 'Hij wérd er stil van, bij de kwikstaart.',
  });
  await post('/annotations', { startMs: 2000, kind: 'moment', body: '', marker: 'flow' });
  await post('/fragments', { startMs: 40_000, endMs: 45_000, title: 'De kwikstaart keert terug' });

  // In the workspace: filtering while typing, Esc clears.
  await noor.reload();
  await expect(main(noor).getByText('bij de kwikstaart')).toBeVisible();
  await noor.getByRole('tab', { name: 'Fragmenten' }).click();
  await noor.keyboard.press('/');
  const filter = noor.getByRole('searchbox', { name: 'Zoek in deze notities' });
  await expect(filter).toBeFocused();
  await noor.keyboard.type('flow');
  await expect(main(noor).getByText('bij de kwikstaart')).toHaveCount(0);
  await filter.fill('niets hiervan');
  await expect(main(noor).getByText('Geen van je notities bij deze film heeft deze woorden.')).toBeVisible();
  await hasNoViolations(noor);
  await noor.keyboard.press('Escape');
  await expect(filter).toHaveValue('');
  await expect(main(noor).getByText('bij de kwikstaart')).toBeVisible();

  // Over every film.
  await noor.getByRole('link', { name: 'Mijn gesprekken' }).click();
  await noor.getByRole('link', { name: 'Zoek in je notities' }).click();
  await hasNoViolations(noor);
  const field = noor.getByRole('searchbox', { name: 'Welke woorden zoek je?' });
  const search = async (words: string) => {
    await field.fill(words);
    await noor.keyboard.press('Enter');
  };
  await search('ongevonden');
  await expect(main(noor).getByText('Niets gevonden.')).toBeVisible();
  await search('KWIKSTAART werd');
  await expect(noor.getByRole('link', { name: 'Notitie bij 0:30' })).toBeVisible();
  await expect(noor.getByRole('link', { name: /keert terug/ })).toHaveCount(0);
  await search('kwikstaart');
  await expect(
    noor.getByRole('link', { name: 'Fragment bij 0:40: De kwikstaart keert terug' }),
  ).toBeVisible();
  await hasNoViolations(noor);
  for (const width of [360, 768]) {
    await noor.setViewportSize({ width, height: 800 });
    expect(await isTooWide(noor)).toBe(false);
  }
  expect(noor.url()).not.toContain('kwikstaart');
  await noor.reload();
  await expect(field).toHaveValue('');
  await search('kwikstaart');
  await noor.getByRole('link', { name: 'Notitie bij 0:30' }).click();
  await expect(noor.getByRole('heading', { level: 1, name: 'Terugkijken' })).toBeVisible();
  const position = () => noor.locator('video').evaluate((v: HTMLVideoElement) => v.currentTime);
  await expect.poll(position).toBeCloseTo(27, 0);

  // What is on the screen goes with the recording.
  await noor.goto('/zoeken');
  await search('kwikstaart');
  await expect(noor.getByRole('link', { name: 'Notitie bij 0:30' })).toBeVisible();
  expect((await noor.request.delete(`/api/v1/recordings/${id}`)).status()).toBe(202);
  await expect(noor.getByRole('link', { name: 'Notitie bij 0:30' })).toHaveCount(0);
  await expect(main(noor).getByText('Niets gevonden.')).toBeVisible();
});
