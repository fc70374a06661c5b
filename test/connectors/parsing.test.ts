import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { issuesOf } from '../../src/connectors/graph/parse.ts';
import { anIssue } from './support/graph.ts';

const paragraph =
  '<p>We&#39;re continuing our analysis of <b>diagnostic</b> telemetry; the next update is due soon.</p>';
const post = { createdDateTime: '2026-03-04T01:00:00Z', description: { content: paragraph.repeat(8) } };
/** A full page: 100 issues, each with three posts of 800 characters. */
const page = JSON.stringify(
  Array.from({ length: 100 }, (_, index) => anIssue({ id: `EX${String(index)}`, posts: [post, post, post] })),
);

function least(work: () => unknown): number {
  const times = Array.from({ length: 25 }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...times);
}

/** What any reader of such a page has to do at least: parse the JSON, and look at every character of every body once. */
function floor(): number {
  const parsed = JSON.parse(page) as readonly {
    readonly posts: readonly { readonly description: { readonly content: string } }[];
  }[];
  return parsed.reduce(
    (sum, { posts }) =>
      sum +
      posts.reduce((all, { description }) => all + description.content.replaceAll(/<[^>]*>|&#?\w+;/g, '').length, 0),
    0,
  );
}

describe('a full page of issues', () => {
  it('is parsed in a small multiple of the least work there is', () => {
    const ratio = least(() => issuesOf(JSON.parse(page) as readonly unknown[])) / least(floor);
    assert.ok(ratio < 20, `${ratio.toFixed(1)} times`);
  });
});
