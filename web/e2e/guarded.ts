import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

type Signal = 'INT' | 'TERM' | 'QUIT' | 'KILL';

// The command is a child of a shell that waits for it, and that has a pipe from this process: however the test ends, also
// when it is killed, the pipe closes, and command and folder go with it. A line on the pipe asks for another signal.
// A command that has only just begun may still ignore the gentler one.
export const guard = `folder=$1 signal=$2; shift 2
exec 3<&0
"$@" 3<&- & pid=$!
{ read -r asked <&3 && signal=$asked; kill -$signal $pid; sleep 15; kill -KILL $pid; } >/dev/null 2>&1 & last=$!
wait $pid; code=$?
kill $last
rm -rf "$folder"
exit $code`;

interface Guarded {
  command: readonly string[];
  /** Removed when the command has ended; without it nothing is. */
  folder?: string;
  /** What it is ended with. */
  signal: Signal;
  account?: { uid: number; gid: number } | undefined;
  /** All of its environment; without it that of this process. */
  env?: NodeJS.ProcessEnv;
}

/** A command that runs as long as the test does, or until it is ended: that tells with which code it went. */
export function guarded({ command, folder = '', signal, account, env }: Guarded) {
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(
    'sh',
    ['-c', guard, 'sh', folder, signal, ...command],
    { ...account, cwd: '/', env: env ?? process.env, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  // A full pipe would stop it.
  child.stdout.resume();
  child.stderr.resume();
  const end = async (asked: Signal = signal): Promise<number> => {
    if (child.exitCode !== null) return child.exitCode;
    const gone = once(child, 'exit');
    child.stdin.end(`${asked}\n`);
    const [code] = (await gone) as [number];
    return code;
  };
  return { child, end };
}

/** Waits for something in what it says, and what that is. */
export function says(child: ReturnType<typeof guarded>['child'], from: 'stdout' | 'stderr', what: RegExp) {
  let said = '';
  return new Promise<string>((found, failed) => {
    child[from].on('data', (chunk) => {
      said += String(chunk);
      const match = what.exec(said)?.[0];
      if (match !== undefined) found(match);
    });
    child.on('exit', () => failed(new Error(`it ended before it began: ${said}`)));
  });
}
