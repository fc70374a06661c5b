import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import { facts } from '../../src/rules/facts.ts';
import { en } from '../../src/strings/en/index.ts';

const Import = z.object({ path: z.string(), kind: z.string() });
const Metafile = z.object({
  inputs: z.record(z.string(), z.object({ imports: z.array(Import) })),
  outputs: z.record(
    z.string(),
    z.object({
      entryPoint: z.optional(z.string()),
      imports: z.array(Import),
      inputs: z.record(z.string(), z.unknown()),
    }),
  ),
});
const metafiles = z.parse(z.record(z.string(), Metafile), JSON.parse(readFileSync('.cache/metafiles.json', 'utf8')));

/** The sources that are loaded with `entry` before any dynamic import runs. */
function loadedWith(entry: string, bundle = 'extension'): string[] {
  const outputs: z.infer<typeof Metafile>['outputs'] = metafiles[bundle]?.outputs ?? {};
  const start = Object.keys(outputs).find(path => outputs[path]?.entryPoint === entry) ?? '';
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === 'import-statement') visit(next);
  };
  visit(start);
  return [...seen].flatMap(path => Object.keys(outputs[path]?.inputs ?? {}));
}

const room = (path: string): string | undefined => /^src\/(\w+)\//.exec(path)?.[1];

describe('the bundles', () => {
  it('keep the browser side free of vscode, node and the host', () => {
    const [page, wire] = [metafiles['webview']?.inputs ?? {}, metafiles['wire']?.inputs ?? {}];
    assert.ok(Object.keys(page).length > 0 && Object.keys(wire).length > 0);
    const inputs = { ...page, ...wire };
    const rooms = new Set(
      Object.keys(inputs)
        .map(room)
        .filter(name => name !== undefined),
    );
    for (const name of rooms) assert.ok(['webview', 'protocol', 'rules', 'desk'].includes(name), name);
    const foreign = Object.values(inputs).flatMap(({ imports }) =>
      imports.filter(({ path }) => /^(node:|vscode$)/.test(path)),
    );
    assert.deepEqual(foreign, []);
  });

  it('show a page without what parses its messages, which is compiled later', () => {
    const heavy = Object.keys(metafiles['webview']?.inputs ?? {}).filter(path => /node_modules\/|^parser:/.test(path));
    assert.deepEqual(heavy, []);
  });

  it('hold what parses only once', () => {
    const holds = (bundle: string) =>
      Object.keys(metafiles[bundle]?.inputs ?? {}).some(path => path.includes('node_modules/zod/'));
    assert.deepEqual(['extension', 'parser', 'webview', 'wire'].filter(holds), ['parser']);
  });

  it('load nothing heavy before the commands are registered', () => {
    const eager = loadedWith('src/extension.ts');
    assert.ok(eager.includes('src/extension.ts'));
    const heavy = eager.filter(path =>
      /node_modules\/|^parser:|src\/(rules\/profiles|stores|connectors|health|outbox|protocol|forms(?!\/restore)|webview)\//.test(
        path,
      ),
    );
    assert.deepEqual(heavy, []);
  });

  it('load nothing that reads health before a source is there', () => {
    const shown = ['src/views/models.ts', 'src/forms/pages.ts', 'src/commands/runs.ts', 'src/later.ts'];
    for (const entry of shown) {
      const loaded = loadedWith(entry);
      assert.ok(loaded.includes(entry), entry);
      assert.deepEqual(
        loaded.filter(path => /src\/(connectors\/(graph|statuspage|http)|health)\//.test(path)),
        [],
        entry,
      );
    }
  });

  it('keep the command line free of vscode, and of zod until a command needs it', () => {
    const inputs = metafiles['cli']?.inputs ?? {};
    const rooms = new Set(Object.keys(inputs).map(room));
    for (const name of ['vscode', 'host', 'views', 'forms', 'webview', 'commands', 'outbox', 'server']) {
      assert.ok(!rooms.has(name), name);
    }
    const eager = loadedWith('src/cli/bin.ts', 'cli');
    assert.ok(eager.includes('src/cli/main.ts'));
    const heavy = eager.filter(path => /node_modules\/|src\/(rules|stores|cli\/commands)\/|l10n\//.test(path));
    assert.deepEqual(heavy, []);
  });

  it('state no fact in the extension that is never shown there', () => {
    const code = ['extension.cjs', ...readdirSync('dist/chunks').map(name => `chunks/${name}`)]
      .map(name => readFileSync(`dist/${name}`, 'utf8'))
      .join('\n');
    const said = new Set<string>(Object.values(en));
    const stated = facts.flatMap(({ statement }) =>
      statement === undefined || said.has(statement) ? [] : [statement],
    );
    assert.ok(stated.length > 50 && code.includes(en['fact.C-26']));
    assert.deepEqual(
      stated.filter(statement => code.includes(statement)),
      [],
    );
  });

  it('never take a server into the extension', () => {
    const all = Object.keys(metafiles['extension']?.inputs ?? {});
    assert.deepEqual(
      all.filter(path => ['server', 'cli', 'webview'].includes(room(path) ?? '')),
      [],
    );
  });
});

describe('the import graph of the sources', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith('.ts') && path.includes('/'));
  const importsOf = (path: string): string[] =>
    Array.from(
      readFileSync(`src/${path}`, 'utf8').matchAll(/(?:from|import)\s*\(?'([^']+)'/g),
      ([, name]) => name ?? '',
    );

  it('keeps the pure rooms free of vscode and node', () => {
    const pure = sources.filter(path => /^(rules|desk|strings|policy|practice|protocol|api|webview)\//.test(path));
    assert.ok(pure.length > 10);
    for (const path of pure) {
      assert.deepEqual(
        importsOf(path).filter(name => /^(vscode$|node:)/.test(name)),
        [],
        path,
      );
    }
  });

  it('lets only the composition root reach stores, connectors and the outbox, besides health, which keeps its readings', () => {
    for (const path of sources.filter(path => !/^(stores|connectors|outbox|health|cli|server)\//.test(path))) {
      assert.deepEqual(
        importsOf(path).filter(name => /^(\.\.\/)+(stores|connectors|outbox)\//.test(name)),
        [],
        path,
      );
    }
  });

  it('keeps form controllers free of vscode', () => {
    for (const path of sources.filter(path => path.endsWith('Controller.ts'))) {
      assert.deepEqual(
        importsOf(path).filter(name => name === 'vscode' || name.endsWith('/panel.ts')),
        [],
        path,
      );
    }
  });
});
