import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';

const bundle = 'dist/casebook.mjs';
const run = (...args: string[]) => spawnSync(process.execPath, [bundle, ...args], { encoding: 'utf8' });

function median(args: readonly string[]): number {
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    spawnSync(process.execPath, args);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[4] ?? Infinity;
}

describe('the built command', () => {
  for (const [args, exit] of [
    [['facts', 'C-20'], 0],
    [['may', '--profile', 'm365China', '--role', 'user'], 1],
    [['facts', 'Z-1'], 2],
    [['list', '--desk', '/nowhere/at/all'], 2],
  ] as const) {
    it(`ends casebook ${args.join(' ')} with ${exit}`, () => {
      const { status, stdout, stderr } = run(...args);
      assert.equal(status, exit);
      assert.equal(stdout === '', exit === 2);
      assert.equal(stderr.trim().split('\n').length, 1);
      assert.equal(stderr === '', exit !== 2, stderr);
    });
  }

  it('speaks every language without another file', () => {
    for (const language of ['cs', 'fi', 'he', 'lv']) {
      assert.doesNotMatch(run('--help', '--language', language).stdout, /Every command takes/);
    }
  });

  it('is what package.json names, and says its version', () => {
    const { bin, version } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    assert.deepEqual(bin, { casebook: `./${bundle}` });
    assert.ok(readFileSync(bundle, 'utf8').startsWith('#!/usr/bin/env node\n'));
    assert.equal(run('--version').stdout, `${String(version)}\n`);
  });

  it('starts in a small multiple of bare node', () => {
    const ratio = median([bundle, 'facts', 'C-20']) / median(['-e', '0']);
    assert.ok(ratio < 4, `${ratio.toFixed(2)} times`);
  });

  it('answers 100,000 lines in order in under 10 s', async () => {
    const child = spawn(process.execPath, [bundle, 'target', '--batch'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const start = performance.now();
    const aim = { profile: 'm365China', severity: 'C', category: 'technical', opened: '2026-03-06T20:00+08:00' };
    const lines = Array.from({ length: 100_000 }, (_, id) => JSON.stringify({ id, ...aim }));
    child.stdin.end(`${lines.join('\n')}\n`);
    let out = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) out += String(chunk);
    const seconds = (performance.now() - start) / 1000;
    const answers = out.trimEnd().split('\n');
    assert.equal(answers.length, lines.length);
    const wrong = answers.findIndex((line, id) => !line.startsWith(`{"id":${id},"due":"2026-03-11T12:00:00Z"`));
    assert.equal(answers[wrong], undefined);
    assert.ok(seconds < 10, `${seconds.toFixed(1)} s`);
  });

  it('ends quietly when its reader goes away', async () => {
    const child = spawn(process.execPath, [bundle, 'target', '--batch'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', text => (err += String(text)));
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.stdin.on('error', () => undefined);
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.write('{}\n'.repeat(300_000));
    assert.equal(await ended, 0);
    assert.equal(err, '');
  });
});
