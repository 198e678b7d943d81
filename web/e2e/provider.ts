import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const client = { id: 'vakspiegel', secret: 'of-the-test' };

interface Given {
  login: string;
  nonce: string;
  challenge: string;
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * A municipality's sign-in provider, as small as OpenID Connect allows: the code flow with PKCE. Its page has a link
 * for everyone who works there; whoever follows one is that person.
 */
export class Provider {
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly given = new Map<string, Given>();

  private constructor(
    private readonly listener: Server,
    private readonly logins: readonly string[],
  ) {}

  static async start(logins: readonly string[]): Promise<Provider> {
    const listener = createServer();
    const provider = new Provider(listener, logins);
    listener.on('request', (asked, answer) => void provider.answer(asked, answer));
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.listener.address() as AddressInfo).port}`;
  }

  stop() {
    this.listener.closeAllConnections();
    this.listener.close();
  }

  private async answer(asked: IncomingMessage, answer: ServerResponse) {
    const url = new URL(asked.url ?? '/', this.issuer);
    const json = (status: number, value: unknown) =>
      answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(200, this.configuration());
      case '/keys':
        return json(200, {
          keys: [{ ...this.keys.publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256' }],
        });
      case '/authorize':
        return answer.writeHead(200, { 'Content-Type': 'text/html' }).end(this.page(url.searchParams));
      case '/token': {
        const token = this.token(new URLSearchParams(await text(asked)));
        return token ? json(200, token) : json(400, { error: 'invalid_grant' });
      }
    }
    return json(404, {});
  }

  private configuration() {
    const at = (path: string) => `${this.issuer}/${path}`;
    return {
      issuer: this.issuer,
      authorization_endpoint: at('authorize'),
      token_endpoint: at('token'),
      jwks_uri: at('keys'),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }

  private page(query: URLSearchParams): string {
    const links = this.logins.map((login) => {
      const code = randomUUID();
      const [nonce, challenge] = [query.get('nonce') ?? '', query.get('code_challenge') ?? ''];
      this.given.set(code, { login, nonce, challenge });
      const back = new URL(query.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({ code, state: query.get('state') ?? '' }).toString();
      return `<li><a href="${back.href.replaceAll('&', '&amp;')}">${login}</a></li>`;
    });
    return `<!doctype html><title>Sign in</title><ul>${links.join('')}</ul>`;
  }

  /** Each code counts once, and only for whoever began with it. */
  private token(form: URLSearchParams) {
    const code = form.get('code') ?? '';
    const given = this.given.get(code);
    this.given.delete(code);
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!given || given.challenge !== verifier) return undefined;
    const now = Math.floor(Date.now() / 1000);
    const { login, nonce } = given;
    const claims = {
      iss: this.issuer,
      aud: client.id,
      sub: `subject of ${login}`,
      iat: now,
      exp: now + 300,
      nonce,
    };
    const body = { ...claims, email: `${login}@gemeente.example`, email_verified: true };
    const signed = `${base64url({ alg: 'RS256', typ: 'JWT', kid: '1' })}.${base64url(body)}`;
    const signature = sign('sha256', Buffer.from(signed), this.keys.privateKey).toString('base64url');
    return {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: `${signed}.${signature}`,
    };
  }
}
