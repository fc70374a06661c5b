import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DeskTokens } from '../../src/cli/output.ts';
import { tracesOf } from '../../src/stores/secret.ts';
import { openTokens } from '../../src/stores/openTokens.ts';
import { value } from '../desk/build.ts';
import { withFolder } from '../stores/bench.ts';
import { sharedPostgres } from '../stores/postgresServer.ts';
import { answer, casebook, complaint } from './support/run.ts';

const now = Date.parse('2026-03-04T02:00:00Z');
const token = ['desk', 'token'];

/** Makes, lists, revokes, wherever the tokens are. */
async function story(
  place: readonly string[],
  world: { readonly env?: Readonly<Record<string, string>> },
): Promise<void> {
  const made = await answer(
    DeskTokens,
    [...token, 'create', ...place, '--person', ' Jana\u202e ', '--roles', 'requester, reviewer', '--days', '2'],
    0,
    world,
  );
  const [created] = made.tokens;
  const id = tracesOf(made.secret ?? '')?.id;
  assert.deepEqual(created, {
    ...{ id, tenant: 'main', person: 'Jana', roles: ['requester', 'reviewer'], scope: 'write' },
    ...{ createdAt: '2026-03-04T02:00:00Z', expiresAt: '2026-03-06T02:00:00Z', revokedAt: null },
  });
  const listed = await answer(DeskTokens, [...token, 'list', ...place], 0, world);
  assert.deepEqual(listed, { tokens: [created], secret: null });
  const revoked = await answer(DeskTokens, [...token, 'revoke', id ?? '', ...place], 0, world);
  assert.equal(revoked.tokens[0]?.revokedAt, '2026-03-04T02:00:00Z');
  const { out } = await casebook([...token, 'list', ...place], world);
  assert.match(out, /Jana {2}requester,reviewer {2}write {2}revoked /);
  assert.equal(out.includes(made.secret ?? '?'), false);
  assert.match(await complaint([...token, 'revoke', 'f'.repeat(16), ...place], world), /no token “f/);
}

describe('casebook desk token', () => {
  it('makes tokens in a data folder that need not be there yet, lists and revokes them', () =>
    withFolder(folder => story(['--data', `${folder}/new`], {})));

  it('does the same where DATABASE_URL says', async () => {
    await story([], { env: { DATABASE_URL: await (await sharedPostgres()).newDatabase() } });
  }).timeout(60_000);

  it('shows a token once, and the desk can tell it', () =>
    withFolder(async folder => {
      const { out } = await casebook([...token, 'create', '--data', folder, '--person', 'Jana', '--scope', 'read']);
      const [secret = ''] = /csbk_\S+/.exec(out) ?? [];
      const tokens = value(await openTokens({ data: folder }));
      const kept = value(await tokens.find(tracesOf(secret)?.id ?? ''));
      tokens.close();
      assert.deepEqual([kept?.scope, kept?.roles, kept?.expiresAt], ['read', [], now + 90 * 86_400_000]);
      const empty = await casebook([...token, 'list', '--data', `${folder}/other`]);
      assert.equal(empty.out, 'There are no tokens.\n');
    }));

  for (const [args, part] of [
    ['desk', /casebook desk needs token create/],
    ['desk tokens list', /must be one of token, not “tokens”/],
    ['desk token steal', /must be one of create, list, revoke/],
    ['desk token list', /--data is missing/],
    ['desk token list x --data /tmp/none', /“x” is one argument too many/],
    ['desk token revoke --data /tmp/none', /casebook desk token revoke needs ID/],
  ] as const) {
    it(`casebook ${args} is bad use`, async () => assert.match(await complaint(args.split(' ')), part));
  }
  for (const [args, part] of [
    ['', /--person is missing/],
    ['--person Jana --roles boss', /--roles must be one of requester, reviewer, agent/],
    ['--person Jana --tenant ../main', /--tenant takes small letters, digits and hyphens/],
    ['--person Jana --days soon', /--days must be a whole number/],
    ['--person Jana --scope all', /--scope must be one of read, write/],
  ] as const) {
    it(`create ${args} is bad use`, () =>
      withFolder(async folder => {
        const more = args === '' ? [] : args.split(' ');
        assert.match(await complaint([...token, 'create', '--data', folder, ...more]), part);
      }));
  }
});
