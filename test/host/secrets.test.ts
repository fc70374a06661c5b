import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { DeskSecrets, secretName, tokenOf } from '../../src/host/secrets.ts';

function memorySecrets() {
  const kept = new Map<string, string>();
  const storage = {
    get: (key: string) => Promise.resolve(kept.get(key)),
    store: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
  };
  return { kept, secrets: new DeskSecrets(storage) };
}
const origin = 'https://desk.example.com';
const none = () => Promise.resolve(undefined);
const asked = () => assert.fail('Microsoft was asked');

describe('secrets of desks', () => {
  it('are kept under a hash of the origin, which names no other origin', async () => {
    const names = await Promise.all(
      [origin, 'https://desk.example.com:8443', 'http://desk.example.com', 'https://desk.example.com.evil.test'].map(
        secretName,
      ),
    );
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(name, /^casebook\.desk\.[0-9a-f]{64}$/);
  });

  it('sign in at their own origin only', async () => {
    const { secrets } = memorySecrets();
    await secrets.keep(origin, { signIn: 'token', token: 'secret' });
    const at = (other: string) => tokenOf({ origin: other, signIn: 'token' }, secrets, asked);
    assert.equal(await at(origin), 'secret');
    for (const other of ['https://desk.example.com.evil.test', 'http://desk.example.com', `${origin}:444`])
      assert.equal(await at(other), undefined, other);
  });

  it('are a normal signed-out state when they are gone or damaged', async () => {
    const { kept, secrets } = memorySecrets();
    const read = () => tokenOf({ origin, signIn: 'token' }, secrets, asked);
    assert.equal(await read(), undefined);
    for (const damaged of ['', '{', 'null', '{"signIn":"password"}', '{"signIn":"token","token":5}']) {
      kept.set(await secretName(origin), damaged);
      assert.equal(await read(), undefined, damaged);
    }
    await secrets.keep(origin, { signIn: 'token', token: 'secret' });
    await secrets.forget(origin);
    assert.deepEqual([await read(), kept.size], [undefined, 0]);
  });

  it('do not send a token again that was refused', async () => {
    const { secrets } = memorySecrets();
    await secrets.keep(origin, { signIn: 'token', token: 'old' });
    assert.equal(await tokenOf({ origin, signIn: 'token' }, secrets, asked, 'old'), undefined);
    await secrets.keep(origin, { signIn: 'token', token: 'new' });
    assert.equal(await tokenOf({ origin, signIn: 'token' }, secrets, asked, 'old'), 'new');
  });

  it('ask Microsoft in the cloud and for the scopes of the connection, and only where the user agreed to that', async () => {
    const { secrets } = memorySecrets();
    const asks: unknown[] = [];
    const session = (...what: unknown[]) => (asks.push(what), Promise.resolve('session'));
    const connection = { origin, signIn: 'microsoft-sovereign-cloud' as const, scopes: ['api://desk/.default'] };
    assert.equal(await tokenOf(connection, secrets, session), undefined);
    await secrets.keep(origin, { signIn: 'token', token: 'secret' });
    assert.equal(await tokenOf(connection, secrets, session), undefined);
    assert.deepEqual(asks, []);
    await secrets.keep(origin, { signIn: 'microsoft-sovereign-cloud' });
    assert.equal(await tokenOf(connection, secrets, session), 'session');
    assert.deepEqual(asks, [['microsoft-sovereign-cloud', ['api://desk/.default']]]);
    assert.equal(await tokenOf(connection, secrets, session, 'session'), undefined);
    assert.equal(await tokenOf(connection, secrets, none), undefined);
    // A setting that changes the way to a token finds none.
    assert.equal(await tokenOf({ origin, signIn: 'token' }, secrets, asked), undefined);
  });
});
