import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { OriginRefusal } from '../../src/connectors/http/origin.ts';
import { parseOrigin } from '../../src/connectors/http/origin.ts';

const good: readonly (readonly [text: string, origin: string])[] = [
  ['https://support.example.com', 'https://support.example.com'],
  ['  https://support.example.com/  ', 'https://support.example.com'],
  ['HTTPS://Support.EXAMPLE.com', 'https://support.example.com'],
  ['https://support.example.com:443', 'https://support.example.com'],
  ['https://support.example.com:8443/', 'https://support.example.com:8443'],
  ['https://10.0.0.7:8443', 'https://10.0.0.7:8443'],
  ['https://[2001:DB8::1]', 'https://[2001:db8::1]'],
  ['https://desk', 'https://desk'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://127.0.0.1', 'http://127.0.0.1'],
  ['http://[::1]:9000/', 'http://[::1]:9000'],
  // What these look like is not where they lead; the one who is asked sees where.
  ['https://support.example.com.evil.test', 'https://support.example.com.evil.test'],
  ['https://support-example.com', 'https://support-example.com'],
  ['https://suppоrt.example.com', 'https://xn--supprt-zqf.example.com'],
  ['https://аррӏе.com', 'https://xn--80ak6aa92e.com'],
  ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ['https://תמיכה.example', 'https://xn--8dbjgk3d.example'],
  ['https://支持.example', 'https://xn--ruu81c.example'],
  ['https://ｓｕｐｐｏｒｔ.example.com', 'https://support.example.com'],
  ['https://support。example。com', 'https://support.example.com'],
  ['https://0x7f.1', 'https://127.0.0.1'],
  ['https://2130706433', 'https://127.0.0.1'],
  ['http://127.1', 'http://127.0.0.1'],
  ['http://0177.0.0.1', 'http://127.0.0.1'],
];

const hostile: readonly (readonly [text: string, refusal: OriginRefusal])[] = [
  ['https://support.example.com@evil.test', 'userInfo'],
  ['https://support.example.com:443@evil.test', 'userInfo'],
  ['https://user:password@support.example.com', 'userInfo'],
  ['https://@evil.test', 'userInfo'],
  ['https://:@evil.test', 'userInfo'],
  ['https://support.example.com%40evil.test', 'notAnAddress'],
  ['https://support.example.com%2540evil.test', 'notAnAddress'],
  ['https://support.example.com%2fevil.test', 'notAnAddress'],
  ['https://support.example.com%00.evil.test', 'notAnAddress'],
  ['https://%65vil.test', 'notAnAddress'],
  ['https://support.example.com%23@evil.test', 'userInfo'],
  ['https://support.example.com\\@evil.test', 'notAnAddress'],
  ['https:\\\\evil.test', 'notAnAddress'],
  ['https:/\\evil.test', 'notAnAddress'],
  ['https://evil.test\\.example.com', 'notAnAddress'],
  ['https:evil.test', 'notAnAddress'],
  ['https:/evil.test', 'notAnAddress'],
  ['https:///evil.test', 'notAnAddress'],
  ['https:////evil.test', 'notAnAddress'],
  ['//evil.test', 'notAnAddress'],
  ['/evil.test', 'notAnAddress'],
  ['evil.test', 'notAnAddress'],
  ['', 'notAnAddress'],
  ['https://', 'notAnAddress'],
  ['https://?', 'notAnAddress'],
  ['https://#', 'notAnAddress'],
  ['https://sup port.example.com', 'notAnAddress'],
  ['https://support.exam\tple.com', 'notAnAddress'],
  ['https://support.exam\nple.com', 'notAnAddress'],
  ['ht\ntps://support.example.com', 'notAnAddress'],
  ['https://support.example.com\u0000.evil.test', 'notAnAddress'],
  ['https://support\u200b.example.com', 'notAnAddress'],
  ['https://support\u00ad.example.com', 'notAnAddress'],
  ['https://\u202emoc.elpmaxe', 'notAnAddress'],
  ['https://support\u2066.example.com', 'notAnAddress'],
  ['https://support.example.com:99999', 'notAnAddress'],
  ['https://support.example.com:-1', 'notAnAddress'],
  ['https://support.example.com:8o', 'notAnAddress'],
  ['https://[::1', 'notAnAddress'],
  ['https://[::1]evil.test', 'notAnAddress'],
  ['https://[evil.test]', 'notAnAddress'],
  ['https://256.256.256.256', 'notAnAddress'],
  ['https://1.2.3.4.5', 'notAnAddress'],
  ['https://exa^mple.com', 'notAnAddress'],
  ['https://exa<mple.com', 'notAnAddress'],
  ['https://exa|mple.com', 'notAnAddress'],
  [`https://${'a'.repeat(3_000)}.test`, 'notAnAddress'],
  ['https://support.example.com.', 'trailingDot'],
  ['https://support.example.com。', 'trailingDot'],
  ['http://localhost.', 'notHttps'],
  ['http://support.example.com', 'notHttps'],
  ['http://localhost.evil.test', 'notHttps'],
  ['http://127.0.0.1.evil.test', 'notHttps'],
  ['http://127.0.0.2', 'notHttps'],
  ['http://0.0.0.0', 'notHttps'],
  ['http://[::ffff:127.0.0.1]', 'notHttps'],
  ['http://[::]', 'notHttps'],
  ['http://169.254.169.254', 'notHttps'],
  ['javascript:alert(1)', 'notHttps'],
  ['JavaScript://support.example.com/%0aalert(1)', 'notHttps'],
  ['data:text/html,x', 'notHttps'],
  ['file:///etc/passwd', 'notHttps'],
  ['ftp://support.example.com', 'notHttps'],
  ['ws://support.example.com', 'notHttps'],
  ['vscode://casebook.casebook/x', 'notHttps'],
  ['command:workbench.action.terminal.new', 'notHttps'],
  ['blob:https://support.example.com/x', 'notHttps'],
  ['support.example.com:443', 'notHttps'],
  ['https://support.example.com/v1', 'moreThanOrigin'],
  ['https://support.example.com//evil.test', 'moreThanOrigin'],
  ['https://support.example.com/@evil.test', 'moreThanOrigin'],
  ['https://support.example.com?@evil.test', 'moreThanOrigin'],
  ['https://support.example.com#@evil.test', 'moreThanOrigin'],
  ['https://evil.test/..;/support.example.com', 'moreThanOrigin'],
  ['https://evil.test?https://support.example.com', 'moreThanOrigin'],
];

describe('The address of a desk', () => {
  for (const [text, origin] of good) {
    it(`${JSON.stringify(text)} means ${origin}`, () => {
      assert.deepEqual(parseOrigin(text), { ok: true, value: origin });
    });
  }
  for (const [text, error] of hostile) {
    it(`${JSON.stringify(text.slice(0, 80))} is refused: ${error}`, () => {
      assert.deepEqual(parseOrigin(text), { ok: false, error });
    });
  }

  const pieces = [
    '@',
    '%40',
    '\\',
    '/',
    '//',
    '.',
    ':',
    '#',
    '?',
    '\t',
    '\u202e',
    'evil.test',
    'е',
    '[',
    ']',
    '%2f',
    '。',
  ];
  const mutated = fc
    .tuple(fc.oneof(fc.webUrl(), fc.constant('https://support.example.com')), fc.nat(40), fc.constantFrom(...pieces))
    .map(([url, at, piece]) => url.slice(0, at) + piece + url.slice(at));
  it('is its own origin, says only that, and stays it when parsed again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), mutated, fc.string()), text => {
        const parsed = parseOrigin(text);
        if (!parsed.ok) return;
        const url = new URL(parsed.value);
        assert.equal(url.origin, parsed.value);
        assert.match(parsed.value, /^https?:\/\/[a-z0-9.[\]:_-]+$/);
        assert.equal(new URL(text.trim()).origin, parsed.value);
        assert.deepEqual(parseOrigin(parsed.value), parsed);
      }),
      { numRuns: 10_000 },
    );
  });
});
