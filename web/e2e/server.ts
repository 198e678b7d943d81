import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const binary = resolve(import.meta.dirname, '../../bin/vakspiegel');

/** The real binary, in demo mode on a folder of its own. */
export class Server {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly data: string,
    /** Everything it has logged so far. */
    readonly log: () => string,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), 'vakspiegel-e2e-'));
    const child = spawn(binary, ['demo', '--addr', '127.0.0.1:0', '--data', data], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let log = '';
    child.stderr?.on('data', (chunk) => {
      log += String(chunk);
      process.stderr.write(chunk);
    });
    return new Server(child, await address(child), data, () => log);
  }

  /** Ends it as Ctrl-C does, and tells with which code it went. */
  async stop(): Promise<number> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGINT');
    const [code] = (await exited) as [number];
    await rm(this.data, { recursive: true, force: true });
    return code;
  }
}

/** Waits for the address in what it prints, and goes on reading: a closed pipe would end it. */
function address(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((found, failed) => {
    child.stdout?.on('data', (chunk) => {
      said += String(chunk);
      const url = /http:\/\/\S+/.exec(said)?.[0];
      if (url !== undefined) found(url);
    });
    child.on('exit', () => failed(new Error(`the server ended before it began: ${said}`)));
  });
}
