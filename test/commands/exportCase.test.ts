import { strict as assert } from 'node:assert';
import { createRequire } from 'node:module';
import { describe, it } from 'mocha';
import type { CaseDetail, SeenIncident } from '../../src/desk/case.ts';
import { exportJson, exportMarkdown } from '../../src/commands/exportCase.ts';
import { codeBlock, escapeLine, plainText, quoteBlock } from '../../src/commands/markdown.ts';
import { createStrings, type Language } from '../../src/strings/strings.ts';
import { aDetail, english, hour, noon } from '../views/support/builders.ts';
import { hidden, hostile } from '../views/support/hostile.ts';

interface Renderer {
  render(markdown: string): string;
}
// The Markdown reader that VS Code's own preview is made with, as generous as it can be.
const MarkdownIt = createRequire(import.meta.url)('markdown-it') as new (options: object) => Renderer;
const reader = new MarkdownIt({ html: true, linkify: true });
const ours = /^<\/?(?:h[1-3]|ul|li|p|strong|blockquote|br|pre|code(?: class="language-[\w+#-]+")?)>$/;

/** The tags a text becomes, and what can be read of it. */
function read(markdown: string): { readonly tags: readonly string[]; readonly text: string } {
  const html = reader.render(markdown);
  const tags = Array.from(html.matchAll(/<[^>]*>/g), ([tag]) => tag);
  const text = html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  return { tags, text };
}
const squeezed = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** A case that says `text` wherever someone can write something. */
function saying(text: string): CaseDetail {
  const by = { name: text };
  const file = { name: text, bytes: 5, sha256: 'a'.repeat(64) };
  const event = { by, at: noon, status: 'open' } as const;
  return aDetail({
    title: text,
    text,
    impact: text,
    resource: text,
    contact: text,
    service: text,
    vendorNumber: text,
    places: [{ path: text, startLine: 1, endLine: 2, language: text, commit: 'abcdef1', text }],
    filedFiles: [file],
    filedBy: by,
    timeline: [
      {
        ...{ ...event, seq: 1, kind: 'filed' },
        healthSeen: [{ source: text, id: text, title: text, service: text, status: text, answer: 'different' }],
      },
      { ...event, seq: 2, kind: 'annotated', text, files: [file] },
      { ...event, seq: 3, kind: 'vendorNumberRecorded', vendorNumber: text, from: text },
      { ...event, seq: 4, kind: 'severityChanged', side: 'set', to: 'A', from: 'B', text },
    ],
  });
}

describe('a case as Markdown', () => {
  for (const text of hostile) {
    it(`keeps ${JSON.stringify(text.slice(0, 40))} a text`, () => {
      const markdown = exportMarkdown(saying(text), english, 'UTC');
      assert.doesNotMatch(markdown, hidden);
      assert.deepEqual(
        read(markdown).tags.filter(tag => !ours.test(tag)),
        [],
      );
      for (const markup of [escapeLine(text), quoteBlock(text)]) {
        const { tags, text: shown } = read(markup);
        assert.deepEqual(
          tags.filter(tag => !/^<\/?(?:p|blockquote|br)>$/.test(tag)),
          [],
        );
        assert.equal(squeezed(shown), squeezed(plainText(text)));
      }
    });
  }

  const languages: readonly (readonly [Language, opened: RegExp, size: string])[] = [
    ['en', /Mar 4, 2026, 03:00:00 GMT\+1/, '2 kB'],
    ['cs', /4\. 3\. 2026 3:00:00 SEČ/, '2 kB'],
    ['fi', /4\.3\.2026 klo 3\.00\.00 UTC\+1/, '2 kt'],
    ['he', /4 במרץ 2026, 3:00:00 GMT\u200e?\+1/, '2 kB'],
    ['lv', /2026\. gada 4\. marts 03:00:00/, '2 kB'],
  ];
  for (const [language, opened, size] of languages) {
    it(`says times, their zone and sizes as ${language} does`, () => {
      const filedFiles = [{ name: 'a.log', bytes: 2_048, sha256: '0'.repeat(64) }];
      const markdown = exportMarkdown(aDetail({ filedFiles }), createStrings(language), 'Europe/Prague');
      assert.match(markdown, opened);
      assert.match(markdown, /Time zone:\*\* Europe\/Prague/);
      assert.ok(markdown.includes(`- a\\.log (${size})`), markdown);
    });
  }

  it('reads as a report of the case', () => {
    const of = aDetail({
      firstResponseAt: noon + hour,
      vendorNumber: 'SR-7',
      service: 'Exchange Online',
      text: 'It began today.\n\nSecond part.',
      timeline: [
        { kind: 'filed', seq: 1, at: noon, by: { name: 'Ada' }, status: 'open', healthSeen: [seen] },
        {
          kind: 'firstResponseRecorded',
          seq: 2,
          at: noon + 2 * hour,
          by: { name: '' },
          status: 'waitingForSupport',
          respondedAt: noon + hour,
          text: 'We look into it.',
        },
      ],
    });
    assert.equal(
      exportMarkdown(of, english, 'UTC'),
      `# #12 Mail is late

- **Status:** Open
- **Severity:** Severity B
- **Severity proposed:** Severity B
- **Service:** Exchange Online
- **Category:** Technical
- **Support offer:** Microsoft 365 operated by 21Vianet
- **Vendor's number:** SR-7
- **Opened:** Mar 4, 2026, 02:00:00 UTC
- **Changed:** Mar 4, 2026, 02:00:00 UTC
- **First response:** Mar 4, 2026, 03:00:00 UTC
- **Time zone:** UTC

## Description

> It began today.
>
> Second part.

## Incidents shown before it was filed

- EX123456 Delays · Exchange Online · Service degradation (The problem is a different one.)

## Timeline

### Mar 4, 2026, 02:00:00 UTC · Case filed

Ada · Open

### Mar 4, 2026, 04:00:00 UTC · First response recorded: Mar 4, 2026, 03:00:00 UTC

Unnamed person · Waiting for support

> We look into it.
`,
    );
  });

  it('fences code so that the code cannot end it', () => {
    assert.equal(codeBlock('a\n````\nb', 'ts'), '`````ts\na\n````\nb\n`````');
    assert.equal(codeBlock('x', '" onload="'), '```\nx\n```');
  });
});

const seen = {
  ...{ source: 'graph:worldwide', id: 'EX123456', title: 'Delays', service: 'Exchange Online' },
  ...({ status: 'serviceDegradation', answer: 'different' } as const),
} satisfies SeenIncident;

describe('a case as JSON', () => {
  it('has the shape that is documented', () => {
    const of = aDetail({
      firstResponseAt: noon,
      filedFiles: [{ name: 'a.log', bytes: 5, sha256: 'a'.repeat(64) }],
      timeline: [
        { kind: 'filed', seq: 1, at: noon, by: { name: 'Ada' }, status: 'open', healthSeen: [seen] },
        { kind: 'closed', seq: 2, at: noon + hour, by: { name: 'Ada' }, status: 'closed', reason: 'solved', text: '' },
      ],
    });
    assert.deepEqual(exportJson(of, noon + 2 * hour), {
      format: 'casebook.case',
      version: 1,
      exportedAt: '2026-03-04T04:00:00.000Z',
      case: {
        id: of.id,
        number: 12,
        revision: 1,
        title: 'Mail is late',
        status: 'open',
        closeReason: null,
        profile: 'm365China',
        plan: null,
        category: 'technical',
        service: 'Exchange Online',
        severityProposed: 'B',
        severitySet: null,
        vendorNumber: null,
        openedAt: '2026-03-04T02:00:00.000Z',
        updatedAt: '2026-03-04T02:00:00.000Z',
        firstResponseAt: '2026-03-04T02:00:00.000Z',
        filedBy: 'Ada',
        zone: 'Europe/Prague',
        text: 'Since this morning.',
        impact: null,
        resource: null,
        contact: null,
      },
      places: [],
      files: [{ name: 'a.log', bytes: 5, sha256: 'a'.repeat(64) }],
      timeline: [
        {
          seq: 1,
          at: '2026-03-04T02:00:00.000Z',
          by: 'Ada',
          kind: 'filed',
          statusAfter: 'open',
          text: null,
          files: [],
          details: {},
        },
        {
          seq: 2,
          at: '2026-03-04T03:00:00.000Z',
          by: 'Ada',
          kind: 'closed',
          statusAfter: 'closed',
          text: null,
          files: [],
          details: { reason: 'solved' },
        },
      ],
      incidentsShown: [seen],
    });
  });

  it('holds no character that hides or reorders, or that a terminal obeys', () => {
    for (const text of hostile) {
      const json = exportJson(saying(text), noon);
      const texts = JSON.stringify(json);
      assert.doesNotMatch(texts, hidden);
      assert.doesNotMatch(texts, /\\u(?:00[01]|202|206)/i);
    }
  });
});
