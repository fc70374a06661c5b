// Writes the tables of README.md from the manifest, those of docs/cli.md from the schemas of the command line, docs/facts.md
// from the facts and where they live, docs/glossary.md from the words that the tests hold every sentence to, the JSON
// Schema of a team's policy from the schema it is parsed with, and docs/openapi.json from the table of what a team desk is
// asked. `--check` fails when they are not current.
import { readFile, writeFile } from 'node:fs/promises';
import { bootstrap } from './bootstrap.mjs';
import { idsIn, readAccount, readShown } from './facts.mjs';

// The schemas are TypeScript, which the project's own Node reads.
await bootstrap();
const { format, resolveConfig } = await import('prettier');
const { toJSONSchema } = await import('zod/mini');
const { outputs } = await import('../src/cli/output.ts');
const { openApi } = await import('../src/server/openapi.ts');
const { policySchema } = await import('../src/policy/schema.ts');
const { checks } = await import('../test/rules/support/checks.ts');
const { terms } = await import('../test/words/support/glossary.ts');
const { avoided } = await import('../test/words/support/avoided.ts');
const { en } = await import('../src/strings/en/index.ts');
const { inEnglish } = await import('../src/cli/commands/facts.ts');

const readJson = async path => JSON.parse(await readFile(path, 'utf8'));
const [manifest, texts] = await Promise.all([readJson('package.json'), readJson('package.nls.json')]);
const { commands, menus, configuration } = manifest.contributes;

const text = value => value.replaceAll(/%([^%]+)%/g, (whole, key) => texts[key] ?? whole);
const cell = value => text(String(value)).replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map(row => `| ${row.map(cell).join(' | ')} |`).join('\n');

const hidden = new Set(menus.commandPalette.filter(item => item.when === 'false').map(item => item.command));
const places = id => {
  const inMenu = name => (menus[name] ?? []).some(item => item.command === id);
  return [
    hidden.has(id) ? '' : 'palette',
    inMenu('view/item/context') || inMenu('view/title') ? 'views' : '',
    inMenu('editor/context') ? 'editor' : '',
  ]
    .filter(Boolean)
    .join(', ');
};

const commandTable = table(
  ['Command', 'Id', 'Where'],
  commands.map(({ command, title }) => [title, `\`${command}\``, places(command) || 'case page']),
);
const settingTable = table(
  ['Setting', 'Default', 'Who decides', 'What it does'],
  Object.entries(configuration.properties).map(([id, setting]) => [
    `\`${id}\``,
    `\`${JSON.stringify(setting.default)}\``,
    setting.scope === 'application' ? 'you' : 'you or your team',
    setting.description,
  ]),
);

const between = (name, content, page) =>
  page.replace(
    new RegExp(`(<!-- ${name}:start -->)[^]*?(<!-- ${name}:end -->)`),
    (_, start, end) => `${start}\n\n${content}\n\n${end}`,
  );

const words = values => values.map(value => `\`${JSON.stringify(value)}\``).join(', ');
/** What a value of a JSON Schema is, in words. */
function kind(schema) {
  if (schema.anyOf) return schema.anyOf.map(kind).join(' or ');
  if (schema.enum) return words(schema.enum);
  if (schema.const !== undefined) return words([schema.const]);
  if (schema.type === 'array') return schema.items.type === 'object' ? 'list' : `list of ${kind(schema.items)}`;
  return schema.format === 'date-time' ? 'instant' : [schema.type].flat().join(' or ');
}
/** A row for each key, however deep. */
function rows(schema, path = '') {
  if (schema.anyOf) return schema.anyOf.flatMap(one => rows(one, path));
  if (schema.type === 'array') return rows(schema.items, `${path}[]`);
  return Object.entries(schema.properties ?? {}).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return [[`\`${at}\``, kind(value)], ...rows(value, at)];
  });
}
const outputTables = Object.entries(outputs)
  .map(([call, schema]) => `### casebook ${call}\n\n${table(['Key', 'Value'], rows(toJSONSchema(schema)))}`)
  .join('\n\n');

const [{ facts, rows: factRows, elsewhere, sources }, shown] = await Promise.all([readAccount(), readShown()]);
const code = values => values.map(value => `\`${value}\``).join(', ');
/** A table whose cells are too long to be padded. */
const asItIs = lines => `<!-- prettier-ignore-start -->\n${lines}\n<!-- prettier-ignore-end -->`;
/** Where a fact lives: the rows that claim it, and the rules that name it. */
function homes(id) {
  const rules = sources.filter(({ file }) => file.startsWith('src/rules/') && !file.startsWith('src/rules/profiles/'));
  const named = rules.filter(({ text: source }) => idsIn(source).includes(id)).map(({ file }) => file);
  const claimed = [...factRows, ...elsewhere].filter(claim => claim.facts.includes(id)).map(({ by }) => by);
  return code([...new Set([...claimed, ...named])]);
}
const factTables = Object.entries(Object.groupBy(facts, ({ document }) => document))
  .map(([document, ofDocument]) => {
    const cells = ofDocument
      .map(inEnglish)
      .map(({ id, statement }) => [id, statement, homes(id), code(shown.get(id) ?? [])]);
    const title = en[`document.${document}`];
    return `## ${title[0].toUpperCase()}${title.slice(1)}\n\n${asItIs(table(['Fact', 'Statement', 'Lives in', 'Shown by'], cells))}`;
  })
  .join('\n\n');
const checkTable = table(
  ['Check', 'Sees to', 'Follows from'],
  Object.entries(checks).map(([check, { says, facts: of }]) => [check, says, of.join(', ')]),
);
const factPage = `# Facts

What the support documents say, and how Casebook reads what they leave open: each with the rows of a support offer that carry it, the files of
\`src/rules/\` that name it, and the tests that cite it or a check that follows from it (below). Written by
\`npm run docs\`.

${factTables}

## Checks

What the tests of the rules see to, and the facts it follows from.

${asItIs(checkTable)}
`;

const tongues = { en: 'English', cs: 'Czech', fi: 'Finnish', he: 'Hebrew', lv: 'Latvian' };
const translated = Object.keys(tongues).filter(language => language !== 'en');
const termTable = table(
  ['Term', 'What it is', ...translated.map(language => tongues[language])],
  terms.map(({ term, means, words: its }) => [term, means, ...translated.map(language => its[language][0])]),
);
const avoidedTables = Object.entries(avoided)
  .map(([language, rows]) => {
    const title = tongues[language];
    return `### ${title}\n\n${asItIs(
      table(
        ['Not', 'Why'],
        rows.map(({ word, why }) => [word, why]),
      ),
    )}`;
  })
  .join('\n\n');
const glossaryPage = `# Glossary

One word for one thing, in every language Casebook speaks. A sentence whose English has a term says it with the word of its language, in
whatever form its grammar asks for; \`test/words/words.test.ts\` holds every sentence to it. Written by \`npm run docs\` from
\`test/words/support/\`: change it there.

${asItIs(termTable)}

## What no sentence says

${avoidedTables}
`;

const page = path => readFile(path, 'utf8');
const written = {
  'README.md': between('settings', settingTable, between('commands', commandTable, await page('README.md'))),
  'docs/facts.md': factPage,
  'docs/glossary.md': glossaryPage,
  'docs/cli.md': between('outputs', outputTables, await page('docs/cli.md')),
  'docs/openapi.json': JSON.stringify(openApi()),
  'media/policy.schema.json': JSON.stringify(policySchema(key => texts[key])),
};
for (const [path, content] of Object.entries(written)) {
  const current = await format(content, { ...(await resolveConfig(path)), filepath: path });
  if (!process.argv.includes('--check')) await writeFile(path, current);
  else if (current !== (await page(path).catch(() => ''))) {
    console.error(`${path}: not what the manifest, the schemas and the facts say; run \`npm run docs\`.`);
    process.exitCode = 1;
  }
}
