import { cleanLine } from '../../desk/clean.ts';
import { deskRoles } from '../../desk/lifecycle.ts';
import type { Result } from '../../desk/errors.ts';
import { scopes, type Token, type Tokens } from '../../desk/tokens.ts';
import { openTokens } from '../../stores/openTokens.ts';
import { makeToken } from '../../stores/secret.ts';
import type { Answer, Call } from '../command.ts';
import { BadUse } from '../fault.ts';
import { wordOf } from '../options.ts';
import type { DeskTokens } from '../output.ts';
import { plain } from '../plain.ts';
import { isoUtc, showAt } from '../show.ts';

const day = 24 * 60 * 60 * 1_000;
const usualDays = 90;
const verbs = ['create', 'list', 'revoke'] as const;

function got<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  throw new BadUse('failed', { why: result.error.code });
}

function told(token: Token): DeskTokens['tokens'][number] {
  const { id, tenant, person, roles, scope, createdAt, expiresAt, revokedAt } = token;
  const at = { createdAt: isoUtc(createdAt), expiresAt: isoUtc(expiresAt) };
  return { id, tenant, person, roles, scope, ...at, revokedAt: revokedAt === undefined ? null : isoUtc(revokedAt) };
}

function lineOf(token: Token, { io, strings }: Call): string {
  const { id, tenant, person, roles, scope, expiresAt, revokedAt } = token;
  const time = showAt(revokedAt ?? expiresAt, io.zone, strings.language);
  const state = revokedAt !== undefined ? 'revoked' : expiresAt <= io.now() ? 'expired' : 'valid';
  const words = [id, tenant, plain(person), roles.length === 0 ? '-' : roles.join(','), scope];
  return [...words, strings.t(`cli.desk.${state}`, { time })].join('  ');
}

async function create(tokens: Tokens, call: Call): Promise<Answer<DeskTokens>> {
  const { given, io, strings } = call;
  const person = cleanLine(given.needed('person')).slice(0, 100);
  if (person === '') throw new BadUse('optionValue', { name: '--person' });
  const tenant = given.text('tenant') ?? 'main';
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(tenant)) throw new BadUse('tenant', { found: tenant });
  const createdAt = io.now();
  const days = given.count('days') ?? usualDays;
  const of = { tenant, person, roles: [...(given.words('roles', deskRoles) ?? [])], createdAt };
  const scope = given.word('scope', scopes) ?? 'write';
  const [secret, kept] = makeToken({ ...of, scope, expiresAt: createdAt + days * day });
  got(await tokens.add(kept));
  const lines = [strings.t('cli.desk.created', { person: plain(person) }), secret, lineOf(kept, call)];
  return { exit: 0, json: { tokens: [told(kept)], secret }, lines };
}

async function list(tokens: Tokens, call: Call): Promise<Answer<DeskTokens>> {
  const held = got(await tokens.list());
  const lines = held.map(token => lineOf(token, call));
  const json = { tokens: held.map(told), secret: null };
  return { exit: 0, json, lines: lines.length === 0 ? [call.strings.t('cli.desk.none')] : lines };
}

async function revoke(tokens: Tokens, id: string, call: Call): Promise<Answer<DeskTokens>> {
  if (!got(await tokens.revoke(id, call.io.now()))) throw new BadUse('token', { found: id });
  const revoked = got(await tokens.find(id));
  if (!revoked) throw new BadUse('token', { found: id });
  return { exit: 0, json: { tokens: [told(revoked)], secret: null }, lines: [lineOf(revoked, call)] };
}

/** Makes, lists and revokes the personal tokens of a team desk, in its data folder or where DATABASE_URL says. */
export async function run(call: Call): Promise<Answer<DeskTokens>> {
  const { args, given, io } = call;
  const [what = '', named = '', id] = args;
  wordOf('casebook desk', what, ['token']);
  const verb = wordOf('casebook desk token', named, verbs);
  if (verb === 'revoke' && id === undefined) {
    throw new BadUse('argumentMissing', { command: 'desk token revoke', what: 'ID' });
  }
  if (verb !== 'revoke' && id !== undefined) {
    throw new BadUse('argumentExtra', { command: `desk token ${verb}`, found: id });
  }
  const database = io.env['DATABASE_URL'];
  const data = database === undefined || database === '' ? given.needed('data') : (given.text('data') ?? '');
  const tokens = got(await openTokens({ data, database }));
  try {
    if (verb === 'create') return await create(tokens, call);
    return verb === 'list' ? await list(tokens, call) : await revoke(tokens, id ?? '', call);
  } finally {
    tokens.close();
  }
}
