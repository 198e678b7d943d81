import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { guarded, says } from './guarded';

/** A server of this test alone, with a folder that goes with it. */
export interface Throwaway {
  end(): Promise<unknown>;
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
  await says(child, 'stderr', /ready to accept connections/);
  return { end, url: `postgres://vakspiegel@127.0.0.1:${port}/postgres?sslmode=disable` };
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
  const { end } = guarded({
    folder,
    signal: 'KILL',
    command: [program, 'server', '--quiet', '--address', at, join(folder, 'data')],
    env: {
      ...process.env,
      MINIO_ROOT_USER: accessKey,
      MINIO_ROOT_PASSWORD: secretKey,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
      HOME: folder,
    },
  });
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
