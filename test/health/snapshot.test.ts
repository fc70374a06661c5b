import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'mocha';
import type { HealthReading } from '../../src/desk/healthReading.ts';
import { snapshotLife } from '../../src/desk/health.ts';
import { readSnapshot, signSnapshot } from '../../src/health/snapshot.ts';

const now = Date.parse('2026-03-04T02:00:00Z');
const hour = 3_600_000;
const pair = (type: 'ed25519' | 'ed448' = 'ed25519') => {
  const { privateKey, publicKey } = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ed448');
  return {
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
};
const team = pair();
const keys = { ops: team.publicKey };

const reading = (text = 'Mail waits.'): HealthReading => ({
  ...{ source: 'graph:worldwide', name: '', asOf: now - 60_000, partial: false, notices: [] },
  services: [{ id: 'Exchange', name: 'Exchange Online', status: 'serviceDegradation' }],
  issues: [
    {
      ...{ id: 'EX900001', services: ['Exchange Online'], title: text, classification: 'incident', feature: '' },
      ...{ status: 'serviceDegradation', resolved: false, impact: text, posts: [{ text }] },
    },
  ],
});
const signed = (over: Partial<Parameters<typeof signSnapshot>[1]> = {}, of = reading(), at = now): string => {
  const text = signSnapshot(of, { by: 'Anna', key: 'ops', privateKey: team.privateKey, life: hour, ...over }, at);
  assert.ok(text !== undefined);
  return text;
};

describe('a shared snapshot of health', () => {
  it('says who saw what, and when', () => {
    const read = readSnapshot(signed(), keys, now + 30 * 60_000);
    assert.deepEqual(read, {
      ok: true,
      value: { by: 'Anna', publishedAt: now, expires: now + hour, label: '', reading: reading() },
    });
  });

  const change = (text: string, part: 'signed' | 'signature' | 'key', to: (before: string) => string): string => {
    const file = JSON.parse(text) as Record<string, string>;
    return JSON.stringify({ ...file, [part]: to(file[part] ?? '') });
  };
  const refused: readonly (readonly [what: string, text: string, code: string, at?: number])[] = [
    ['changed by one character', change(signed(), 'signed', text => text.replace('Mail', 'Nail')), 'tampered'],
    [
      'with a longer life',
      change(signed(), 'signed', text => text.replace(String(now + hour), String(now + 9 * hour))),
      'tampered',
    ],
    [
      'with another signature',
      change(signed(), 'signature', text => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)),
      'tampered',
    ],
    ['without a signature', change(signed(), 'signature', () => ''), 'tampered'],
    ['of another key that says to be this one', signed({ privateKey: pair().privateKey }), 'tampered'],
    ['of a key that nobody approved', signed({ key: 'mallory' }), 'unknownKey'],
    ['of a key under another name', change(signed(), 'key', () => 'toString'), 'unknownKey'],
    ['that has expired', signed(), 'expired', now + hour],
    ['that would hold for a year', signed({ life: 365 * 24 * hour }), 'expired', now + snapshotLife],
    ['of tomorrow', signed({}, reading(), now + 24 * hour), 'fromTheFuture'],
    ['of a reading of tomorrow', signed({}, { ...reading(), asOf: now + 24 * hour }), 'fromTheFuture'],
    ['that is truncated', signed().slice(0, 100), 'notASnapshot'],
    ['that is a web page', '<html>', 'notASnapshot'],
    ['of another format', JSON.stringify({ format: 'casebook-health-2' }), 'notASnapshot'],
    ['of 11 MB', ' '.repeat(11 * 1024 * 1024), 'notASnapshot'],
  ];
  for (const [what, text, code, at = now + 1] of refused) {
    it(`refuses one ${what}: ${code}`, () => {
      const read = readSnapshot(text, keys, at);
      assert.equal(read.ok ? 'shown' : read.error.code, code);
    });
  }

  it('holds for a key that is renamed only under its name', () => {
    assert.equal(readSnapshot(signed(), { other: team.publicKey }, now).ok, false);
    const renamed = change(signed(), 'key', () => 'other');
    assert.equal(readSnapshot(renamed, { other: team.publicKey }, now).ok, false);
  });

  it('takes no other kind of key, on either side', () => {
    const other = pair('ed448');
    assert.equal(
      signSnapshot(reading(), { by: 'A', key: 'ops', privateKey: other.privateKey, life: 1 }, now),
      undefined,
    );
    assert.equal(signSnapshot(reading(), { by: 'A', key: 'ops', privateKey: 'rubbish', life: 1 }, now), undefined);
    for (const key of [other.publicKey, 'rubbish', '', team.privateKey]) {
      assert.deepEqual(readSnapshot(signed(), { ops: key }, now), {
        ok: false,
        error: { code: 'unknownKey', key: 'ops' },
      });
    }
  });

  for (const secret of [
    '11111111-2222-4333-8444-555555555555',
    'contoso.onmicrosoft.com',
    'contoso.sharepoint.com',
    'contoso.partner.onmschina.cn',
    'anna.kivi@contoso.example',
    `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.${'c'.repeat(20)}`,
    'Bearer abc.def',
    'https://x.example/?sig=abc%2Bdef',
    'https://user:secret@x.example',
    'password=hunter2',
  ]) {
    it(`names no organisation, person or secret: ${secret.slice(0, 30)}`, () => {
      const text = signed({}, reading(`See ${secret} now`));
      const told = /[^/?=\s]*(?:sig=|password=|\/\/user:secret|Bearer )?\S+$/.exec(secret)?.[0] ?? secret;
      assert.ok(!text.includes(told), text);
      const read = readSnapshot(text, keys, now);
      assert.ok(read.ok && read.value.reading.issues[0]?.title.startsWith('See '));
    });
  }
});
