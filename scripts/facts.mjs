// Where the facts of the support documents live: in which rows, which files name them, which tests show them. The build
// refuses when one has no home; docs/facts.md is made from the same account.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';

/**
 * @typedef {import('../src/rules/claims.ts').Claim} Claim
 * @typedef {import('../src/rules/profile.ts').Profile} Profile
 * @typedef {{ file: string, text: string }} Source `file` from the root
 *
 * @typedef {object} Account
 * @property {readonly string[]} ids of all facts
 * @property {readonly Claim[]} rows
 * @property {readonly Claim[]} elsewhere
 * @property {readonly Source[]} sources
 * @property {readonly { by: string, key: string }[]} wanted sentences, and the rows that need them
 * @property {ReadonlySet<string>} sentences
 */

/** The tables of facts and what is told about them; who is named there is not shown or used there. */
const lists = ['src/rules/facts/', 'test/rules/facts.test.ts', 'test/rules/support/checks.ts'];

/**
 * The ids that a text names, each once; of `A-01 to A-05` also those between.
 * @param {string} text
 * @param {string} [letters] the first letters of the ids
 */
export function idsIn(text, letters = 'GVCEA') {
  const ids = [...text.matchAll(new RegExp(`(?<![\\w-])[${letters}]-\\d\\d\\w*`, 'g'))].map(([id]) => id);
  for (const [, letter, first, end] of text.matchAll(
    new RegExp(`\\b([${letters}])-(\\d\\d) to \\1-(\\d\\d)\\b`, 'g'),
  )) {
    for (let at = Number(first); at < Number(end); at++) ids.push(`${letter}-${String(at).padStart(2, '0')}`);
  }
  return [...new Set(ids)].sort();
}

/**
 * The sentences that a screen or the command line looks up by the ids of a profile's rows.
 * @param {Profile} profile
 * @returns {{ by: string, key: string }[]}
 */
function wantedBy({ id, channels, eligibility, boundary, categories, severity, fields, links, notes }) {
  const of = (/** @type {string} */ area, /** @type {readonly { id: string }[]} */ rows) =>
    rows.map(row => ({ by: `${id}, ${row.id}`, key: `${area}.${row.id}` }));
  const named = (/** @type {string} */ area, /** @type {readonly string[]} */ names) =>
    of(
      area,
      names.map(name => ({ id: name })),
    );
  const { notAdministrator, adminCenterDenied, directSubscription, anySubscription } = eligibility;
  const refused = [
    notAdministrator,
    typeof adminCenterDenied === 'string' ? null : adminCenterDenied,
    directSubscription?.partnerOnly,
    directSubscription?.none,
    anySubscription,
    ...boundary,
  ];
  const levels = severity?.levels ?? [];
  return [
    ...named('profile', [id]),
    ...of('handoff.channel', channels),
    ...channels.flatMap(({ steps, notices = [] }) => [...of('handoff.step', steps), ...of('handoff.notice', notices)]),
    ...named(
      'instead',
      refused.flatMap(one => one?.instead ?? []),
    ),
    ...named(
      'rule',
      boundary.map(({ origin }) => origin),
    ),
    ...named(
      'field',
      fields.flatMap(row => row.fields),
    ),
    ...categories.flatMap(({ category, groups, examples }) => [
      ...named('category', [category]),
      ...of('group', groups),
      ...of('example', [...examples, ...groups.flatMap(group => group.examples)]),
    ]),
    ...levels.flatMap(({ duties, locks, examples }) => [
      ...of('duty', duties),
      ...of('rule', locks),
      ...of('severity.example', examples),
    ]),
    ...of('link', links),
    ...of('note', notes),
    ...named(
      `severity.means.${id}`,
      levels.map(level => level.severity),
    ),
  ];
}

/**
 * What is wrong with an account, a sentence each; empty when every fact has a home and no one names a fact that is none.
 * @param {Account} account
 */
export function faultsOf({ ids, rows, elsewhere, sources, wanted, sentences }) {
  const known = new Set(ids);
  const claimed = new Set([...rows, ...elsewhere].flatMap(({ facts }) => [...facts].map(String)));
  const homeless = ids.filter(id => !claimed.has(id));
  /** @type {string[]} */
  const faults = homeless.length > 0 ? [`No row and no file claims ${homeless.join(', ')}.`] : [];
  const named = [
    ...[...rows, ...elsewhere].map(({ by, facts }) => ({ by, ids: facts.map(String) })),
    ...sources.map(({ file, text }) => ({ by: file, ids: idsIn(text) })),
  ];
  for (const { by, ids: theirs } of named) {
    const strange = theirs.filter(id => !known.has(id));
    if (strange.length > 0) faults.push(`${by} names ${strange.join(', ')}, and there is no such fact.`);
  }
  for (const { by, facts } of elsewhere) {
    const source = sources.find(({ file }) => file === by);
    const silent = source ? facts.filter(id => !idsIn(source.text).includes(id)) : [];
    if (!source && !sentences.has(by)) faults.push(`${by} is to claim ${facts.join(', ')}, but does not exist.`);
    if (silent.length > 0) faults.push(`${by} is to claim ${silent.join(', ')}, but does not name it.`);
  }
  for (const { by, key } of wanted) if (!sentences.has(key)) faults.push(`${by}: there is no sentence ${key}.`);
  return faults;
}

/** Reads the account of this project. Needs the project's own Node, which reads TypeScript. */
export async function readAccount() {
  const { facts } = await import('../src/rules/facts.ts');
  const { claimsIn, claimedElsewhere: elsewhere } = await import('../src/rules/claims.ts');
  const { profiles } = await import('../src/rules/profiles/index.ts');
  const { en } = await import('../src/strings/en/index.ts');
  /** @type {Profile[]} */
  const all = Object.values(profiles);
  return {
    facts,
    ids: facts.map(({ id }) => String(id)),
    rows: all.flatMap(profile => claimsIn(profile, profile.id)),
    elsewhere,
    sources: await textsBelow('src'),
    wanted: all.flatMap(wantedBy),
    sentences: new Set(Object.keys(en)),
  };
}

/** Fails with a sentence for each fact without a home, each id that is no fact and each row without its sentence. */
export async function checkFacts() {
  const faults = faultsOf(await readAccount());
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

/**
 * Which test files show which fact: those that cite it, or a check that follows from it.
 * @returns {Promise<ReadonlyMap<string, readonly string[]>>}
 */
export async function readShown() {
  const { checks } = await import('../test/rules/support/checks.ts');
  /** @type {ReadonlyMap<string, readonly string[]>} */
  const factsOfCheck = new Map(Object.entries(checks).map(([check, { facts }]) => [check, facts]));
  /** @type {Map<string, string[]>} */
  const shown = new Map();
  for (const { file, text } of await textsBelow('test')) {
    const byCheck = idsIn(text, 'T').flatMap(check => factsOfCheck.get(check) ?? []);
    for (const id of new Set([...idsIn(text), ...byCheck])) shown.set(id, [...(shown.get(id) ?? []), file]);
  }
  return shown;
}

/**
 * The TypeScript below a folder, without the lists of facts themselves.
 * @param {string} folder
 * @returns {Promise<Source[]>}
 */
export async function textsBelow(folder) {
  const entries = await readdir(join(root, folder), { recursive: true });
  const files = entries.map(name => `${folder}/${name.replaceAll('\\', '/')}`).filter(name => name.endsWith('.ts'));
  const own = files.filter(file => !lists.some(list => file.startsWith(list))).sort();
  return Promise.all(own.map(async file => ({ file, text: await readFile(join(root, file), 'utf8') })));
}
