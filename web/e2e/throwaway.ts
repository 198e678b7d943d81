import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';

/** A server of this test alone, with a folder that goes with it. */
export interface Throwaway {
  end(): Promise<void>;
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  listener.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

// The server is a child of a shell that waits on a pipe this process holds: however the test ends, the pipe closes,
// and server and folder go with it. One that has only just begun may still ignore the gentler signal.
const guard = `folder=$1 signal=$2; shift 2
"$@" & pid=$!
cat >/dev/null
kill -$signal $pid
(sleep 5; kill -KILL $pid) 2>/dev/null & last=$!
wait $pid; kill $last; rm -rf "$folder"`;

interface Guarded {
  folder: string;
  signal: string;
  command: readonly string[];
  account?: Account | undefined;
  env?: Record<string, string>;
}

function guarded({ folder, signal, command, account, env }: Guarded) {
  const child = spawn('sh', ['-c', guard, 'sh', folder, signal, ...command], {
    ...account,
    cwd: '/',
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const end = async () => {
    const gone = once(child, 'exit');
    child.stdin?.end();
    await gone;
  };
  return { child, end };
}

interface Account {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root. */
function unprivileged(folder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const number = (flag: string) => Number(execFileSync('id', [flag, 'postgres']));
  const account = { uid: number('-u'), gid: number('-g') };
  chownSync(folder, account.uid, account.gid);
  return account;
}

/** Debian keeps PostgreSQL's server programs off the PATH. */
function postgresPrograms(): string {
  const versions = '/usr/lib/postgresql';
  const version = existsSync(versions) ? readdirSync(versions).sort().at(-1) : undefined;
  return version === undefined ? '' : join(versions, version, 'bin/');
}

export async function startPostgres(): Promise<Throwaway & { url: string }> {
  const programs = postgresPrograms();
  const folder = mkdtempSync(join(tmpdir(), 'vakspiegel-postgres-'));
  const account = unprivileged(folder);
  const asked = ['-D', folder, '-U', 'vakspiegel', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  execFileSync(`${programs}initdb`, asked, { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'inherit'] });
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
  const command = [
    `${programs}postgres`,
    '-D',
    folder,
    '-p',
    `${port}`,
    ...settings.flatMap((s) => ['-c', s]),
  ];
  const { child, end } = guarded({ folder, signal: 'QUIT', command, account });
  await says(child, 'ready to accept connections');
  return { end, url: `postgres://vakspiegel@127.0.0.1:${port}/postgres?sslmode=disable` };
}

/** Waits for a line in what it logs, and goes on reading: a full pipe would stop it. */
function says(child: ChildProcess, line: string): Promise<void> {
  let log = '';
  return new Promise((found, failed) => {
    child.stderr?.on('data', (chunk) => {
      log += String(chunk);
      if (log.includes(line)) found();
    });
    child.on('exit', () => failed(new Error(`it ended before it began: ${log}`)));
  });
}

export interface Store extends Throwaway {
  url: string;
  accessKey: string;
  secretKey: string;
}

/** MinIO, which `.ci/tools` has built; VAKSPIEGEL_TEST_MINIO names another one. */
export async function startMinIO(): Promise<Store> {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const program = process.env.VAKSPIEGEL_TEST_MINIO ?? join(cache, 'vakspiegel/bin/minio');
  const folder = mkdtempSync(join(tmpdir(), 'vakspiegel-minio-'));
  const [accessKey, secretKey] = [`test${randomBytes(6).toString('hex')}`, randomBytes(16).toString('hex')];
  const at = `127.0.0.1:${await freePort()}`;
  const { child, end } = guarded({
    folder,
    signal: 'KILL',
    command: [program, 'server', '--quiet', '--address', at, join(folder, 'data')],
    env: {
      MINIO_ROOT_USER: accessKey,
      MINIO_ROOT_PASSWORD: secretKey,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
      HOME: folder,
    },
  });
  child.stderr?.resume();
  const healthy = async () =>
    (await fetch(`http://${at}/minio/health/cluster`).catch(() => undefined))?.status;
  await expect.poll(healthy, { message: 'MinIO', timeout: 60_000 }).toBe(200);
  return {
    end,
    accessKey,
    secretKey,
    url: `s3://test-${randomBytes(8).toString('hex')}?endpoint=${at}&tls=false`,
  };
}
