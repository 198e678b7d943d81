import { once } from 'node:events';
import { connect, createServer, type Server as NetServer, type Socket } from 'node:net';

/** A network between browser and server that can be slow, and can break. */
export class Wire {
  private readonly sockets = new Set<Socket>();
  private broken = false;
  /** Bytes that came from the browser so far. */
  sent = 0;

  private constructor(
    private readonly listener: NetServer,
    readonly url: string,
    private target: string,
  ) {}

  /** bytesPerSecond limits what the browser sends; 0 is as fast as it goes. */
  static async to(target: string, bytesPerSecond = 0): Promise<Wire> {
    const listener = createServer({ pauseOnConnect: true });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const wire = new Wire(listener, `http://127.0.0.1:${address.port}`, target);
    listener.on('connection', (browser) => {
      const { hostname, port } = new URL(wire.target);
      wire.join(browser, connect(Number(port), hostname), bytesPerSecond);
    });
    return wire;
  }

  private join(browser: Socket, server: Socket, bytesPerSecond: number) {
    if (this.broken) {
      browser.destroy();
      server.destroy();
      return;
    }
    for (const socket of [browser, server]) {
      this.sockets.add(socket);
      socket.on('close', () => {
        this.sockets.delete(socket);
        browser.destroy();
        server.destroy();
      });
      socket.on('error', () => socket.destroy());
    }
    server.pipe(browser);
    browser.on('data', (bytes) => {
      this.sent += bytes.length;
      server.write(bytes);
      if (bytesPerSecond === 0) return;
      browser.pause();
      setTimeout(() => browser.resume(), (bytes.length / bytesPerSecond) * 1000);
    });
    browser.resume();
  }

  break() {
    this.broken = true;
    for (const socket of this.sockets) socket.destroy();
  }

  mend() {
    this.broken = false;
  }

  /** Leads to another server from now on, as what stands before several does; what is joined stays joined. */
  turn(target: string) {
    this.target = target;
  }

  close() {
    this.break();
    this.listener.close();
  }
}
