import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import { commandIds, contextKeyNames } from '../../src/host/ids.ts';
import { personal, settingsShape, type SettingName } from '../../src/host/settingsSchema.ts';

const Menu = z.object({ command: z.string(), when: z.optional(z.string()) });
const Manifest = z.object({
  engines: z.object({ vscode: z.string() }),
  devDependencies: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  capabilities: z.object({ untrustedWorkspaces: z.object({ restrictedConfigurations: z.array(z.string()) }) }),
  contributes: z.object({
    commands: z.array(z.object({ command: z.string(), category: z.literal('Casebook') })),
    menus: z.record(z.string(), z.array(Menu)),
    views: z.object({ casebook: z.array(z.object({ id: z.string() })) }),
    viewsWelcome: z.array(z.object({ when: z.string() })),
    walkthroughs: z.tuple([
      z.object({
        steps: z.array(
          z.object({
            id: z.string(),
            media: z.object({ svg: z.string() }),
            completionEvents: z.array(z.string()).check(z.minLength(1)),
          }),
        ),
      }),
    ]),
    configuration: z.object({
      properties: z.record(z.string(), z.object({ default: z.unknown(), scope: z.string() })),
    }),
  }),
});
const text = readFileSync('package.json', 'utf8');
const manifest = z.parse(Manifest, JSON.parse(text));
const { commands, menus, views, viewsWelcome, walkthroughs, configuration } = manifest.contributes;

const keysOf = (file: string): string[] =>
  Object.keys(z.parse(z.record(z.string(), z.unknown()), JSON.parse(readFileSync(file, 'utf8'))));
const sorted = (names: Iterable<string>): string[] => [...names].sort();

describe('the manifest', () => {
  it('contributes exactly the commands that are registered', () => {
    assert.deepEqual(sorted(commands.map(({ command }) => command)), sorted(commandIds));
  });

  it('names only commands of ours in menus', () => {
    const known: readonly string[] = commandIds;
    for (const [menu, items] of Object.entries(menus)) {
      for (const { command } of items) assert.ok(known.includes(command), `${menu}: ${command}`);
    }
  });

  it('uses only context keys and views that exist in when clauses', () => {
    const known = new Set<string>([...contextKeyNames, ...views.casebook.map(({ id }) => id)]);
    const clauses = [...Object.values(menus).flat(), ...viewsWelcome].map(({ when }) => when ?? '');
    const used = clauses.flatMap(when => when.match(/casebook\.[\w.]+/g) ?? []);
    assert.ok(used.length > 0);
    assert.deepEqual(sorted(new Set(used.filter(name => !known.has(name)))), []);
  });

  it('offers the practice desk from outside, and what is done there from within only', () => {
    const inside = ['leavePracticeDesk', 'setPracticeClock', 'startPracticeAnew'];
    for (const name of ['view/title', 'commandPalette']) {
      for (const [ids, holds] of [
        [['openPracticeDesk'], /(?:^|&& )!casebook\.practice$/],
        [inside, /(?:^|&& )casebook\.practice$/],
      ] as const) {
        for (const id of ids) {
          const items = menus[name]?.filter(({ command }) => command === `casebook.${id}`) ?? [];
          assert.ok(items.length > 0, `${name} ${id}`);
          for (const { when } of items) assert.match(when ?? '', holds, `${name} ${id}`);
        }
      }
    }
  });

  it('completes the steps of its walkthrough by what is true, never by a click', () => {
    const [{ steps }] = walkthroughs;
    assert.ok(steps.length <= 6);
    const known = new Set<string>([
      ...contextKeyNames.map(name => `onContext:${name}`),
      ...Object.keys(configuration.properties).map(name => `onSettingChanged:${name}`),
      ...views.casebook.map(({ id }) => `onView:${id}`),
    ]);
    for (const { id, completionEvents, media } of steps) {
      for (const event of completionEvents) assert.ok(known.has(event), `${id}: ${event}`);
      const picture = readFileSync(media.svg, 'utf8');
      assert.match(picture, /var\(--vscode-/, media.svg);
      assert.doesNotMatch(picture, /#[0-9a-f]{3,8}\b|<text|<script|href/i, media.svg);
    }
  });

  it('has a text for every %key%, and the same keys in every language', () => {
    const used = sorted(new Set(Array.from(text.matchAll(/%([\w.]+)%/g), ([, key]) => key ?? '')));
    const files = readdirSync('.').filter(name => /^package\.nls(\.\w+)?\.json$/.test(name));
    assert.ok(files.includes('package.nls.json'));
    for (const file of files) assert.deepEqual(sorted(keysOf(file)), used, file);
  });

  it('declares exactly the settings that are read, with defaults that hold', () => {
    const names = Object.keys(settingsShape) as SettingName[];
    assert.deepEqual(sorted(Object.keys(configuration.properties)), sorted(names.map(name => `casebook.${name}`)));
    for (const name of names) {
      const parsed = z.safeParse(settingsShape[name], configuration.properties[`casebook.${name}`]?.default);
      assert.ok(parsed.success, name);
    }
  });

  it('keeps personal settings out of reach of a workspace and lists all others as restricted', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    for (const [id, { scope }] of Object.entries(configuration.properties)) {
      const isPersonal = personal.has(id.replace('casebook.', '') as SettingName);
      assert.equal(scope === 'application', isPersonal, id);
      assert.equal(restrictedConfigurations.includes(id), !isPersonal, id);
    }
  });

  it('is typed against the oldest editor it allows', () => {
    assert.equal(`^${manifest.devDependencies['@types/vscode'] ?? ''}`, manifest.engines.vscode);
  });

  it('has at most 8 runtime dependencies, each named in docs/architecture.md', () => {
    const names = Object.keys(manifest.dependencies);
    assert.ok(names.length <= 8);
    const page = readFileSync('docs/architecture.md', 'utf8');
    for (const name of names) assert.ok(page.includes(`\`${name}\``), name);
  });

  it('is what the tables of the README say, as the schema of a policy is what its file says', () => {
    const { status, stderr } = spawnSync(process.execPath, ['scripts/docs.mjs', '--check'], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });

  it('has every file it points to', () => {
    for (const path of ['media/casebook.png', 'media/casebook.svg', 'media/policy.schema.json', 'dist/extension.cjs'])
      assert.ok(existsSync(path), path);
  });
});
