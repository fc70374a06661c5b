import { strict as assert } from 'node:assert';
import { createServer, type Server } from 'node:http';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as fc from 'fast-check';
import type { CryptoKey, JWTPayload } from 'jose';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { KeptToken } from '../../src/desk/tokens.ts';
import { ok } from '../../src/desk/errors.ts';
import { bearerOf, tokenSignIn } from '../../src/server/callers.ts';
import type { Issuer } from '../../src/server/config.ts';
import { Config } from '../../src/server/config.ts';
import { issuerSignIn } from '../../src/server/issuers.ts';
import { createLimiter } from '../../src/server/limiter.ts';
import { isSameHash, makeToken, tracesOf } from '../../src/stores/secret.ts';
import { value } from '../desk/build.ts';
import { start } from '../stores/bench.ts';
import { ask, problem, startServer, type TestServer } from './support/server.ts';

const of = { tenant: 'main', person: 'Jana', roles: [], scope: 'write', createdAt: 0, expiresAt: 1 } as const;
const anew = (): [string, KeptToken] => makeToken({ ...of, roles: [] });

describe('A personal token', () => {
  it('is long, random, marked and checked', () => {
    const [one] = anew();
    const [other] = anew();
    assert.match(one, /^csbk_[\w-]{49}$/);
    assert.notEqual(one, other);
    assert.notEqual(tracesOf(one)?.id, tracesOf(other)?.id);
  });

  it('with any other sign in it is none', () => {
    const [secret] = anew();
    fc.assert(
      fc.property(fc.nat(secret.length - 1), fc.constantFrom('a', 'Z', '0', '9', '-', '_', ' '), (at, sign) => {
        fc.pre(secret[at] !== sign);
        assert.equal(tracesOf(secret.slice(0, at) + sign + secret.slice(at + 1)), undefined);
      }),
    );
    for (const text of ['', 'csbk_', secret.slice(5), `${secret}x`, ` ${secret}`, secret.toUpperCase()]) {
      assert.equal(tracesOf(text), undefined);
    }
  });

  it('is compared whole, not only by what it is found by', async () => {
    const [secret, kept] = anew();
    const found = (sha256: string) =>
      tokenSignIn({ find: () => Promise.resolve(ok({ ...kept, sha256 })) }, () => 0)(secret);
    assert.equal((await found(kept.sha256)).ok, true);
    for (const wrong of [
      `${kept.sha256.slice(0, 16)}${'0'.repeat(48)}`,
      '',
      kept.sha256.slice(0, 62),
      'x'.repeat(64),
    ]) {
      assert.deepEqual(await found(wrong), { ok: false, error: { code: 'unauthenticated' } });
    }
    assert.equal(isSameHash('', ''), false);
  });

  it('is read from a header that is one', () => {
    assert.equal(bearerOf('Bearer abc.def-_~+/='), 'abc.def-_~+/=');
    assert.equal(bearerOf('bearer x'), 'x');
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      'Basic abc',
      'Bearer a b',
      `Bearer ${'x'.repeat(8_001)}`,
    ]) {
      assert.equal(bearerOf(header), undefined);
    }
  });
});

describe('Signing in to a team desk', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());
  const me = (token: string) => ask(server, 'GET /v1/me', { token });

  it('leaves no usable token in anything the desk keeps or logs', async () => {
    const token = await server.token();
    assert.equal((await me(token)).status, 200);
    await me(`${token.slice(0, -1)}-`);
    const entries = await readdir(server.folder, { recursive: true, withFileTypes: true });
    const files = entries.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    assert.ok(files.some(path => path.endsWith('tokens.sqlite')));
    const secret = token.slice(5, 48);
    for (const path of files) {
      const content = await readFile(path);
      assert.equal(content.includes(secret) || content.includes(Buffer.from(secret, 'base64url')), false, path);
    }
    assert.equal(JSON.stringify(server.logged).includes(secret), false);
  });

  it('ends when the token expires or is revoked, and not before', async () => {
    const short = await server.token({ expiresAt: server.now() + 1_000 });
    assert.equal((await me(short)).status, 200);
    server.pass(999);
    assert.equal((await me(short)).status, 200);
    server.pass(1);
    assert.equal(problem(await me(short)), '401 unauthenticated');
    const long = await server.token();
    const id = tracesOf(long)?.id ?? '';
    assert.equal(value(await server.tokens.revoke(id, server.now())), true);
    assert.equal(problem(await me(long)), '401 unauthenticated');
    assert.equal(value(await server.tokens.revoke('0'.repeat(16), server.now())), false);
  });

  it('keeps the moment a token was revoked first, and lists no hash', async () => {
    const id = tracesOf(await server.token())?.id ?? '';
    await server.tokens.revoke(id, 5);
    await server.tokens.revoke(id, 9);
    const [listed] = value(await server.tokens.list());
    assert.deepEqual([listed?.revokedAt, listed && 'sha256' in listed], [5, false]);
  });

  it('with 10,000 wrong tokens is slowed down, and still works with the right one', async () => {
    const right = await server.token();
    const [wrong] = anew();
    const told = new Map<string, number>();
    const tries = async (): Promise<void> => {
      for (let index = 0; index < 500; index++) {
        const got = await server.app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${wrong}` } });
        const key = `${got.statusCode} ${String(got.headers['retry-after'])}`;
        told.set(key, (told.get(key) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 20 }, tries));
    assert.deepEqual(
      [...told],
      [
        ['401 undefined', 20],
        ['429 60', 9_980],
      ],
    );
    assert.equal((await me(right)).status, 200);
    server.pass(60_000);
    const later = await server.app.inject({ url: '/v1/me', headers: { authorization: `Bearer ${wrong}` } });
    assert.equal(later.statusCode, 401);
  }).timeout(60_000);

  it('remembers a bounded number of places', () => {
    const limiter = createLimiter({ now: () => 0, most: 1, places: 100 });
    assert.equal(limiter.failed('first'), undefined);
    assert.equal(limiter.failed('first'), 60);
    for (let place = 0; place < 99; place++) limiter.failed(String(place));
    assert.equal(limiter.failed('first'), 60);
    for (let place = 0; place < 100; place++) limiter.failed(`other ${place}`);
    assert.equal(limiter.failed('first'), undefined);
  });
});

describe('Access tokens of an issuer', () => {
  const tenantId = '3b1c0a53-6c3c-4d5e-9d0e-5a4d7a3d9f11';
  const clouds = {
    worldwide: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    '21Vianet': `https://login.partner.microsoftonline.cn/${tenantId}/v2.0`,
    '21Vianet, older': `https://login.chinacloudapi.cn/${tenantId}/v2.0`,
  };
  let keys: { publicKey: CryptoKey; privateKey: CryptoKey };
  let other: { publicKey: CryptoKey; privateKey: CryptoKey };
  let issuing: Server;
  let origin: string;
  let asked: string[] = [];
  let isAway = false;
  before(async () => {
    [keys, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
    const jwks = JSON.stringify({
      keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }],
    });
    issuing = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', 'application/json');
      if (isAway) response.writeHead(500).end('{}');
      else if (request.url === '/keys') response.end(jwks);
      else response.end(JSON.stringify({ issuer: origin, jwks_uri: `${origin}/keys` }));
    });
    await new Promise<void>(done => issuing.listen(0, '127.0.0.1', done));
    origin = `http://127.0.0.1:${(issuing.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    asked = [];
    isAway = false;
  });
  after(() => issuing.close());

  const roles = {
    roles: { 'Support.Admin': ['requester', 'reviewer'], 'Support.Agent': ['agent'] },
    wids: { w1: ['requester'] },
  };
  const knowing = (issuer: string, over: Partial<Issuer> = {}): Issuer[] =>
    Config.parse({
      issuers: [
        {
          issuer,
          audience: 'api://casebook',
          tenant: 'contoso',
          roles,
          subject: 'oid',
          jwks: `${origin}/keys`,
          ...over,
        },
      ],
    }).issuers;
  const seconds = start / 1_000;
  const claims = {
    aud: 'api://casebook',
    sub: 's',
    oid: 'o1',
    name: 'Jana',
    roles: ['Support.Admin', 'Else'],
    exp: seconds + 3_600,
    nbf: seconds - 60,
  };
  const sign = (payload: JWTPayload, key: CryptoKey = keys.privateKey, alg = 'RS256'): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg, kid: 'k1', typ: 'JWT' }).sign(key);
  const signIn = (issuers: Issuer[]) =>
    issuerSignIn(
      issuers,
      () => start,
      () => undefined,
    );

  for (const [cloud, iss] of Object.entries(clouds)) {
    it(`of Microsoft Entra ID (${cloud}) name a person, their tenant and roles`, async () => {
      const caller = value(await signIn(knowing(iss))(await sign({ ...claims, iss })));
      assert.deepEqual(caller, {
        ...{ id: `${iss}#o1`, name: 'Jana', tenant: 'contoso', roles: ['requester', 'reviewer'], scope: 'write' },
      });
    });
  }

  it('are checked with the keys that the issuer names in its OpenID configuration, asked for once', async () => {
    const [issuer] = knowing(origin);
    assert.ok(issuer);
    const { jwks: _jwks, ...rest } = issuer;
    assert.ok(_jwks);
    const known = signIn([rest]);
    for (let time = 0; time < 3; time++) assert.equal((await known(await sign({ ...claims, iss: origin }))).ok, true);
    assert.deepEqual(asked, ['/.well-known/openid-configuration', '/keys']);
  });

  const granted: readonly (readonly [string, JWTPayload, readonly string[]])[] = [
    ['several claims and values add up', { roles: ['Support.Agent'], wids: ['w1'] }, ['requester', 'agent']],
    ['a single text counts', { roles: 'Support.Agent' }, ['agent']],
    ['unknown values give nothing', { roles: ['Global.Reader'] }, []],
    ['names of properties are no roles', { roles: ['__proto__', 'constructor', 'toString'] }, []],
    ['what is no text gives nothing', { roles: [1, null, {}] as never }, []],
    ['no claim gives nothing', { roles: undefined }, []],
  ];
  for (const [name, over, expected] of granted) {
    it(`give roles by the table: ${name}`, async () => {
      const iss = clouds.worldwide;
      assert.deepEqual(value(await signIn(knowing(iss))(await sign({ ...claims, iss, ...over }))).roles, expected);
    });
  }

  const iss = clouds.worldwide;
  const forged: readonly (readonly [string, () => Promise<string>])[] = [
    ['of another issuer', () => sign({ ...claims, iss: 'https://login.microsoftonline.com/other/v2.0' })],
    ['of a look-alike issuer', () => sign({ ...claims, iss: `${iss}/` })],
    ['for another audience', () => sign({ ...claims, iss, aud: 'api://else' })],
    ['that expired', () => sign({ ...claims, iss, exp: seconds - 61 })],
    ['that never expires', () => sign({ ...claims, iss, exp: undefined as never })],
    ['that is not valid yet', () => sign({ ...claims, iss, nbf: seconds + 3_600 })],
    ['of nobody', () => sign({ ...claims, iss, oid: undefined })],
    ['of somebody empty', () => sign({ ...claims, iss, oid: '' })],
    ['signed by another key', () => sign({ ...claims, iss }, other.privateKey)],
    ['without a signature', async () => `${(await sign({ ...claims, iss })).split('.').slice(0, 2).join('.')}.`],
    [
      'with the algorithm none',
      () => {
        const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
        return Promise.resolve(`${part({ alg: 'none' })}.${part({ ...claims, iss })}.`);
      },
    ],
    [
      'signed with the public key as a password',
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)));
        return new SignJWT({ ...claims, iss }).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(secret);
      },
    ],
    [
      'changed afterwards',
      async () => {
        const [head = '', , signature = ''] = (await sign({ ...claims, iss })).split('.');
        const body = Buffer.from(JSON.stringify({ ...claims, iss, oid: 'boss' })).toString('base64url');
        return `${head}.${body}.${signature}`;
      },
    ],
    ['that are none', () => Promise.resolve('a.b.c')],
    ['of one part', () => Promise.resolve('x')],
  ];
  for (const [name, token] of forged) {
    it(`${name} are refused`, async () => {
      assert.deepEqual(await signIn(knowing(iss))(await token()), { ok: false, error: { code: 'unauthenticated' } });
    });
  }

  it('are not taken for wrong while the issuer is away, and work when it is back', async () => {
    isAway = true;
    const known = signIn(knowing(iss));
    const token = await sign({ ...claims, iss });
    const answer = await known(token);
    assert.ok(!answer.ok && answer.error.code === 'unavailable');
    isAway = false;
    assert.equal((await known(token)).ok, true);
  });

  it('open the desk over HTTP', async () => {
    const server = await startServer({ byIssuer: signIn(knowing(iss)) });
    const got = await ask(server, 'GET /v1/me', { token: await sign({ ...claims, iss }) });
    assert.deepEqual([got.status, got.json['tenant'], got.json['person']], [200, 'contoso', { name: 'Jana' }]);
    assert.equal(problem(await ask(server, 'GET /v1/me', { token: 'a.b.c' })), '401 unauthenticated');
    await server.close();
  });

  it('are configured with safe addresses only', () => {
    for (const address of [
      'http://login.example',
      'ftp://x',
      'https://user@host/',
      'http://127.0.0.1.evil.example/',
      'x',
    ]) {
      assert.throws(() => knowing(address), address);
    }
  });
});
