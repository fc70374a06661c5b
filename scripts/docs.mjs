// Writes the tables of commands and settings in README.md from the manifest, and the JSON Schema of a team's policy from
// the schema it is parsed with. `--check` fails when they are not current.
import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { policySchema } from '../src/policy/schema.ts';

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

const page = await readFile('README.md', 'utf8');
const written = {
  'README.md': between('settings', settingTable, between('commands', commandTable, page)),
  'media/policy.schema.json': JSON.stringify(policySchema(key => texts[key])),
};
for (const [path, content] of Object.entries(written)) {
  const current = await format(content, { ...(await resolveConfig(path)), filepath: path });
  if (!process.argv.includes('--check')) await writeFile(path, current);
  else if (current !== (await readFile(path, 'utf8').catch(() => ''))) {
    console.error(`${path}: not what the manifest and the schemas say; run \`npm run docs\`.`);
    process.exitCode = 1;
  }
}
