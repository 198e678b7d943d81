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
  args?: { name?: string; elementCount?: number };
}

/** What the page's main thread did while something went on, the most of each first. */
export interface Work {
  /** How long each task took, in ms of the processor. */
  tasks: number[];
  /** Of how many elements the style was worked out, each time that it was. */
  restyled: number[];
}

export async function workDuring(page: Page, work: () => Promise<unknown>): Promise<Work> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser of its own');
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const mains = new Set(
    trace.traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map((event) => thread(event)),
  );
  const events = trace.traceEvents.filter((event) => mains.has(thread(event)));
  const most = (figures: number[]) => figures.sort((a, b) => b - a);
  return {
    tasks: most(events.filter(({ name }) => name.endsWith('RunTask')).map(({ tdur = 0 }) => tdur / 1000)),
    restyled: most(events.flatMap(({ args }) => args?.elementCount ?? [])),
  };
}
