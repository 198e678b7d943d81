import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { guarded, says } from './guarded';
import { client, Provider } from './provider';
import { type Store, startMinIO, startPostgres, type Throwaway } from './throwaway';

const binary = resolve(import.meta.dirname, '../../bin/vakspiegel');

/** One of several servers of an installation: a process of its own, which can be ended and killed. */
export class Process {
  private constructor(
    /** Everything it has logged. */
    readonly log: () => string,
    /** Ends it as an operator does (TERM), or as a power cut would (KILL); tells with which code it went. */
    readonly end: (how: 'TERM' | 'KILL') => Promise<number>,
  ) {}

  static async start(env: NodeJS.ProcessEnv): Promise<Process> {
    const { child, end } = guarded({ command: [binary, 'serve'], signal: 'KILL', env });
    let log = '';
    child.stderr.on('data', (chunk) => {
      log += String(chunk);
    });
    await says(child, 'stderr', /"msg":"serving"/);
    return new Process(() => log, end);
  }
}

/** What an operator sets up for several servers: one PostgreSQL, one store, one key, one sign-in provider. */
export class Installation {
  private readonly processes: Process[] = [];

  private constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly parts: readonly Throwaway[],
    private readonly provider: Provider,
  ) {}

  /** People by login name, with their roles: noor is noor@gemeente.example, and called Noor. */
  static async of(people: Record<string, string>): Promise<Installation> {
    const logins = Object.keys(people);
    const folder = await mkdtemp(join(tmpdir(), 'vakspiegel-servers-'));
    const [database, store, provider] = await Promise.all([
      startPostgres(),
      startMinIO(),
      Provider.start(logins),
    ]);
    const env = settings(folder, database.url, store, provider);
    const made = new Installation(folder, env, [database, store], provider);
    const name = (login: string) => login.charAt(0).toUpperCase() + login.slice(1);
    const lines = logins.map((login) => `${login}@gemeente.example,${name(login)},${people[login]},Centrum,`);
    const list = join(folder, 'people.csv');
    await writeFile(list, ['login,name,roles,teams,evaluates', ...lines, ''].join('\n'));
    made.run('migrate');
    made.run('people', 'import', list, '--apply');
    return made;
  }

  /** A command that ends by itself. */
  private run(...asked: string[]) {
    execFileSync(binary, asked, {
      env: { ...this.env, VAKSPIEGEL_PUBLIC_URL: 'http://127.0.0.1' },
      stdio: 'pipe',
    });
  }

  /** A server on this port, for browsers that come by this address. */
  async serve(port: number, publicUrl: string): Promise<Process> {
    const at = { VAKSPIEGEL_ADDR: `127.0.0.1:${port}`, VAKSPIEGEL_PUBLIC_URL: publicUrl };
    const process = await Process.start({ ...this.env, ...at });
    this.processes.push(process);
    return process;
  }

  /** Ends all of it, whatever is left, and gives what its servers logged. */
  async end(): Promise<string> {
    await Promise.all(this.processes.map((process) => process.end('KILL')));
    this.provider.stop();
    await Promise.all(this.parts.map((part) => part.end()));
    await rm(this.folder, { recursive: true, force: true });
    return this.processes.map(({ log }) => log()).join('');
  }
}

/** Settings for each of its servers, and no other environment. */
function settings(folder: string, database: string, store: Store, provider: Provider): NodeJS.ProcessEnv {
  const values = {
    ORGANISATION: 'Gemeente Voorbeeld',
    DATABASE_URL: database,
    STORE_URL: store.url,
    S3_ACCESS_KEY: store.accessKey,
    S3_SECRET_KEY: store.secretKey,
    KEY_HOLDERS: `file:${join(folder, 'keys/keys.json')}`,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: client.id,
    OIDC_CLIENT_SECRET: client.secret,
    COOLING_OFF: '0s',
    MAX_UPLOAD: '67108864',
    SWAP: 'encrypted',
    LOG_LEVEL: 'debug',
  };
  const named = Object.entries(values).map(([name, value]) => [`VAKSPIEGEL_${name}`, value]);
  return { PATH: process.env.PATH, HOME: folder, ...Object.fromEntries(named) };
}
