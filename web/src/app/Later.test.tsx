import { render, screen, waitFor } from '@testing-library/react';
import { type JSX, StrictMode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LiveRegion } from '../ui/LiveRegion';
import { Code } from './code';
import { Frame } from './Frame';
import { Later } from './Later';
import { renewApp } from './renewal';

vi.mock('../features/sign-in/useSignOut', () => ({ useSignOut: () => () => {} }));
vi.mock('./Footer', () => ({ Footer: () => null }));

/** Code that comes when the test says so. */
function promised() {
  const asked: { come: () => void; fail: () => void }[] = [];
  const load = () =>
    new Promise<() => JSX.Element>((resolve, reject) => {
      asked.push({
        come: () => resolve(() => <p>Het scherm</p>),
        fail: () => reject(new TypeError('404')),
      });
    });
  return { load, asked };
}

function open(code: Code) {
  const router = createMemoryRouter(
    [
      {
        element: <Frame />,
        children: [
          { index: true, element: <p>Het vorige</p> },
          { path: 'later', element: <Later code={code} props={{}} /> },
        ],
      },
    ],
    { initialEntries: ['/'] },
  );
  render(
    <StrictMode>
      <LiveRegion>
        <RouterProvider router={router} />
      </LiveRegion>
    </StrictMode>,
  );
  return router;
}

describe('a screen whose code comes later', () => {
  it('leaves the screen before it in place until it is there', async () => {
    const { load, asked } = promised();
    const router = open(new Code(load));
    void router.navigate('/later');
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(screen.getByText('Het vorige')).toBeTruthy();
    expect(await screen.findByText('Even geduld, we halen het op.')).toBeTruthy();
    asked[0]?.come();
    expect(await screen.findByText('Het scherm')).toBeTruthy();
    expect(screen.queryByText('Het vorige')).toBeNull();
    expect(screen.queryByText('Even geduld, we halen het op.')).toBeNull();
  });

  it('is there at once when it was preloaded, and a preload that fails is no fault', async () => {
    const { load, asked } = promised();
    const renew = vi.fn(async () => true);
    const code = new Code(load, renew);
    const first = code.preload();
    asked[0]?.fail();
    await expect(first).rejects.toThrow();
    expect(renew).not.toHaveBeenCalled();
    const second = code.preload();
    asked[1]?.come();
    await second;
    await open(code).navigate('/later');
    expect(await screen.findByText('Het scherm')).toBeTruthy();
    expect(asked).toHaveLength(2);
  });

  it('says that it did not come, and is asked for again by who comes back', async () => {
    const { load, asked } = promised();
    const router = open(new Code(load, async () => false));
    void router.navigate('/later');
    await waitFor(() => expect(asked).toHaveLength(1));
    asked[0]?.fail();
    expect(await screen.findByRole('button', { name: 'Laad opnieuw' })).toBeTruthy();
    void router.navigate('/');
    await screen.findByText('Het vorige');
    void router.navigate('/later');
    await waitFor(() => expect(asked).toHaveLength(2));
    asked[1]?.come();
    expect(await screen.findByText('Het scherm')).toBeTruthy();
  });

  it('shows nothing else while the page is loaded anew', async () => {
    const { load, asked } = promised();
    const renew = vi.fn(async () => true);
    void open(new Code(load, renew)).navigate('/later');
    await waitFor(() => expect(asked).toHaveLength(1));
    asked[0]?.fail();
    await waitFor(() => expect(renew).toHaveBeenCalledOnce());
    expect(screen.getByText('Het vorige')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Laad opnieuw' })).toBeNull();
  });
});

describe('an app that is older than the server’s', () => {
  const page = (entry: string) => `<!doctype html><script type="module" src="/assets/${entry}"></script>`;
  const serves = (entry: string) => vi.stubGlobal('fetch', async () => new Response(page(entry)));
  const own = document.createElement('script');
  own.type = 'module';
  own.setAttribute('src', '/assets/index-old.js');

  afterEach(() => {
    vi.unstubAllGlobals();
    sessionStorage.clear();
    own.remove();
  });

  it('is loaded anew, and once: servers of both can answer for a while', async () => {
    document.head.append(own);
    const reload = vi.fn();
    serves('index-new.js');
    expect(await renewApp(reload)).toBe(true);
    expect(await renewApp(reload)).toBe(false);
    expect(reload).toHaveBeenCalledOnce();
  });

  it('is not loaded anew when the server has the same, or does not answer', async () => {
    document.head.append(own);
    const reload = vi.fn();
    serves('index-old.js');
    expect(await renewApp(reload)).toBe(false);
    vi.stubGlobal('fetch', async () => new Response('', { status: 503 }));
    expect(await renewApp(reload)).toBe(false);
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    expect(await renewApp(reload)).toBe(false);
    expect(reload).not.toHaveBeenCalled();
  });

  it('stays as long as something on screen would be lost', async () => {
    document.head.append(own);
    const reload = vi.fn();
    const stay = (event: Event) => event.preventDefault();
    window.addEventListener('beforeunload', stay);
    serves('index-new.js');
    expect(await renewApp(reload)).toBe(false);
    window.removeEventListener('beforeunload', stay);
    expect(await renewApp(reload)).toBe(true);
  });
});
