import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { guard, guarded } from './guarded';

test('what a test starts goes with it, also when the test is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vakspiegel-guarded-'));
  const asked = ['-c', guard, 'sh', folder, 'TERM', 'sh', '-c', 'echo $$; exec sleep 600'];
  const stdio = "{ stdio: ['pipe', 'inherit', 'inherit'] }";
  const script = `require('node:child_process').spawn('sh', ${JSON.stringify(asked)}, ${stdio})`;
  const worker = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(worker.stdout, 'data');
  const pid = Number(said);
  expect(process.kill(pid, 0)).toBe(true);
  worker.kill('SIGKILL');
  await expect.poll(() => existsSync(folder)).toBe(false);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('what is ended tells with which code, by the signal that is asked', async () => {
  const command = [
    'sh',
    '-c',
    'trap "exit 3" TERM; trap "exit 4" QUIT; echo up; while :; do sleep 0.1; done',
  ];
  const [one, other] = [guarded({ command, signal: 'TERM' }), guarded({ command, signal: 'TERM' })];
  await Promise.all([once(one.child.stdout, 'data'), once(other.child.stdout, 'data')]);
  expect(await one.end()).toBe(3);
  expect(await other.end('KILL')).toBe(128 + 9);
});
