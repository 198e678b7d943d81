import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';
import { describe, expect, it, vi } from 'vitest';
import { type SendingOptions, type SendingState, SendingTask } from './task';
import { SendingStorage } from './urlStorage';

const URL_ONE = '/api/v1/uploads/u1';

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}
/** Answers a request; null is a connection that breaks. */
type Handler = (request: {
  headers: Record<string, string>;
  body: Blob | null;
}) => Answer | null | Promise<Answer>;

/** The network as tus-js-client sees it. */
class FakeNetwork implements HttpStack {
  constructor(private readonly handlers: Record<string, Handler>) {}

  getName = () => 'fake';

  createRequest(method: string, url: string): HttpRequest {
    const headers: Record<string, string> = {};
    const handle = this.handlers[`${method} ${url}`];
    return {
      getMethod: () => method,
      getURL: () => url,
      setHeader: (name, value) => {
        headers[name] = value;
      },
      getHeader: (name) => headers[name],
      setProgressHandler: () => {},
      abort: async () => {},
      getUnderlyingObject: () => null,
      send: async (body: Blob | null): Promise<HttpResponse> => {
        const answer = await handle?.({ headers, body });
        if (!answer) throw new Error(`connection broke: ${method} ${url}`);
        return {
          getStatus: () => answer.status,
          getHeader: (name) => answer.headers?.[name],
          getBody: () => answer.body ?? '',
          getUnderlyingObject: () => null,
        };
      },
    };
  }
}

const problem = (status: number, code: string): Answer => ({
  status,
  body: JSON.stringify({ status, code }),
});

/** A server that keeps what it gets; others may be put before its own answers. */
function server(start = 0, before: Record<string, Handler | undefined> = {}) {
  const kept = { offset: start, metadata: '', created: 0, erased: 0 };
  const own: Record<string, Handler> = {
    'POST /api/v1/uploads': ({ headers }) => {
      kept.created++;
      kept.metadata = headers['Upload-Metadata'] ?? '';
      return { status: 201, headers: { Location: URL_ONE } };
    },
    [`HEAD ${URL_ONE}`]: () => ({
      status: 200,
      headers: { 'Upload-Offset': String(kept.offset), 'Upload-Length': '10' },
    }),
    [`PATCH ${URL_ONE}`]: ({ body }) => {
      kept.offset += body?.size ?? 0;
      return { status: 204, headers: { 'Upload-Offset': String(kept.offset) } };
    },
    [`DELETE ${URL_ONE}`]: () => {
      kept.erased++;
      return { status: 204 };
    },
  };
  const handlers = Object.fromEntries(
    Object.entries(own).map(([name, handle]): [string, Handler] => {
      const first = before[name];
      let used = false;
      return [
        name,
        (request) => {
          if (!first || used) return handle(request);
          used = true;
          return first(request);
        },
      ];
    }),
  );
  return { kept, network: new FakeNetwork(handlers) };
}

function send(network: HttpStack, change: Partial<SendingOptions> = {}) {
  const onDone = vi.fn();
  const task = new SendingTask(
    {
      file: new File(['0123456789'], 'Mevrouw De Vries.mp4'),
      conversationId: 'c1',
      fingerprint: 'f1',
      mimeType: 'video/mp4',
      filename: 'opname.mp4',
      startedAt: new Date('2026-11-03T09:15:00Z'),
      onDone,
      ...change,
    },
    new SendingStorage(),
    network,
  );
  task.start();
  const becomes = (state: SendingState) =>
    vi.waitFor(() => expect(task.snapshot().state).toBe(state), { timeout: 4000 });
  return { task, onDone, becomes };
}

describe('sending a film', () => {
  it('sends all of it, tells nothing of the file’s name, and forgets its address', async () => {
    const { kept, network } = server();
    const { becomes, onDone, task } = send(network);
    await becomes('done');
    expect(kept.offset).toBe(10);
    expect(onDone).toHaveBeenCalledTimes(1);
    expect(task.snapshot()).toMatchObject({ sentBytes: 10, recordingId: 'u1' });
    const pairs = kept.metadata.split(',').map((pair) => {
      const [name, value = ''] = pair.split(' ');
      return `${name}=${atob(value)}`;
    });
    expect(pairs.sort()).toEqual([
      'conversationId=c1',
      'filename=opname.mp4',
      'filetype=video/mp4',
      'startedAt=2026-11-03T09:15:00.000Z',
    ]);
    expect(localStorage).toHaveLength(0);
  });

  it('goes on where the server is, without beginning a second one', async () => {
    const { kept, network } = server(6);
    const { becomes } = send(network, { resumeUrl: URL_ONE });
    await becomes('done');
    expect(kept).toMatchObject({ offset: 10, created: 0 });
  });

  it('never begins a second one because the server is down for a moment', async () => {
    const { kept, network } = server(6, { [`HEAD ${URL_ONE}`]: () => problem(503, 'unavailable') });
    const { becomes } = send(network, { resumeUrl: URL_ONE });
    await becomes('done');
    expect(kept).toMatchObject({ offset: 10, created: 0 });
  });

  it('also not when the server goes down after it was begun', async () => {
    const { kept, network } = server(0, {
      [`PATCH ${URL_ONE}`]: () => null,
      [`HEAD ${URL_ONE}`]: () => problem(503, 'unavailable'),
    });
    const { becomes } = send(network);
    await becomes('done');
    expect(kept).toMatchObject({ offset: 10, created: 1 });
  });

  it('says that it waits while the connection is broken', async () => {
    const { network } = server(0, { [`PATCH ${URL_ONE}`]: () => null });
    const { task, becomes } = send(network);
    const states: SendingState[] = [];
    task.subscribe(() => states.push(task.snapshot().state));
    await becomes('done');
    expect(states).toContain('waiting');
  });

  it('says why it may not, and does not try again', async () => {
    const refuse = vi.fn(() => problem(403, 'consent_missing'));
    const { network, kept } = server(0, { 'POST /api/v1/uploads': refuse });
    const { task, becomes, onDone } = send(network);
    await becomes('failed');
    expect(task.snapshot().error?.code).toBe('consent_missing');
    expect(refuse).toHaveBeenCalledTimes(1);
    expect(kept.created).toBe(0);
    expect(onDone).not.toHaveBeenCalled();
  });

  it('forgets the address of a film that is gone', async () => {
    localStorage.setItem('vakspiegel.sending.f1', URL_ONE);
    const { network, kept } = server(0, { [`HEAD ${URL_ONE}`]: () => problem(404, 'not_found') });
    const { becomes } = send(network, { resumeUrl: URL_ONE });
    await becomes('failed');
    expect(localStorage).toHaveLength(0);
    expect(kept.created).toBe(0);
  });

  it('remembers its address while it is on its way, and stopped for good is erased on the server', async () => {
    const { network, kept } = server(0, { [`PATCH ${URL_ONE}`]: () => new Promise(() => {}) });
    const { task } = send(network);
    await vi.waitFor(() => expect(localStorage.getItem('vakspiegel.sending.f1')).toBe(URL_ONE));
    await task.stop();
    expect(kept.erased).toBe(1);
    expect(task.snapshot().state).toBe('stopped');
    expect(localStorage).toHaveLength(0);
  });

  it('paused, it goes on where it was', async () => {
    const { network, kept } = server(0, { [`PATCH ${URL_ONE}`]: () => new Promise(() => {}) });
    const { task, becomes } = send(network);
    await vi.waitFor(() => expect(localStorage).toHaveLength(1));
    task.pause();
    expect(task.snapshot().state).toBe('paused');
    task.start();
    await becomes('done');
    expect(kept).toMatchObject({ offset: 10, created: 1 });
  });
});
