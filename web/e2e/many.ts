import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';

const checkout = resolve(import.meta.dirname, '../..');

/** Has noor's sample recording, in the folder of a demo that runs, get many notes of many colleagues; gives its id. */
export async function seedNotes(data: string, notes: number, people: number): Promise<string> {
  const args = ['run', './cmd/bench', 'seed', '--data', data, '--notes', `${notes}`, '--people', `${people}`];
  const { stdout } = await promisify(execFile)('go', args, { cwd: checkout });
  return stdout.trim();
}

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds of the processor, not of the clock: another program that takes turns does not count. */
  tdur?: number;
  args?: { name?: string };
}

/** How long the page's main thread worked for each task while something went on, in ms of the processor, longest first. */
export async function tasksDuring(page: Page, work: () => Promise<unknown>): Promise<number[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser of its own');
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const mains = new Set(
    trace.traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map((event) => thread(event)),
  );
  return trace.traceEvents
    .filter((event) => event.name.endsWith('RunTask') && mains.has(thread(event)))
    .map(({ tdur = 0 }) => tdur / 1000)
    .sort((a, b) => b - a);
}
