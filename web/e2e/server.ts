import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { guarded, says } from './guarded';

const binary = resolve(import.meta.dirname, '../../bin/vakspiegel');

/** The real binary, in demo mode on a folder of its own. */
export class Server {
  private constructor(
    readonly url: string,
    readonly data: string,
    /** Everything it has logged so far. */
    readonly log: () => string,
    /** Ends it as Ctrl-C does, and tells with which code it went. */
    readonly stop: () => Promise<number>,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), 'vakspiegel-e2e-'));
    const { child, end } = guarded({
      command: [binary, 'demo', '--addr', '127.0.0.1:0', '--data', data],
      folder: data,
      signal: 'INT',
      env: { ...process.env, ...env },
    });
    let log = '';
    child.stderr.on('data', (chunk) => {
      log += String(chunk);
      process.stderr.write(chunk);
    });
    const url = await says(child, 'stdout', /http:\/\/\S+/);
    return new Server(url, data, () => log, end);
  }
}
