import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'mocha';
import * as z from 'zod/mini';
import { permissions } from '../../src/connectors/graph/clouds.ts';
import { issuesOf, noticesOf, overviewsOf, Page, saysConsentMissing } from '../../src/connectors/graph/parse.ts';
import { healthStatuses } from '../../src/desk/health.ts';
import { knownStatus } from '../../src/desk/healthReading.ts';
import { never } from './support/healthAnswers.ts';
import { aMessage, anIssue, anOverview, source, usual } from './support/graph.ts';
import { contract, contracts, contractsMissing, OpenApi } from './support/openapi.ts';
import { component, incident } from './support/statuspage.ts';

/** Skips what needs the official documents where they are not, and says why. */
function needsContracts(): void {
  before(contractsMissing ?? 'the official documents are here', function () {
    if (contractsMissing !== undefined) this.skip();
  });
}
// The one HTTP client adds it.
const signedIn = { Authorization: 'Bearer t0ken' };
const csdl = (cloud: string): string =>
  readFileSync(new URL(`msgraph-metadata/schemas/v1.0-${cloud}.csdl`, contracts), 'utf8');
const pageOf = (file: string): readonly unknown[] => Page.parse(contract(file)).value;

describe('Graph as its official description has it', () => {
  needsContracts();

  it('knows every request of ours: path, method, query, header', async () => {
    const description = new OpenApi(contract('graph/service-announcement.openapi.json'));
    const pages = {
      ...usual,
      'healthOverviews?$expand=issues': { code: 'unreadable' } as const,
      healthOverviews: { json: { value: [anOverview()] } },
    };
    const reads = source({ ...pages, 'issues?$orderby=lastModifiedDateTime desc': { json: { value: [anIssue()] } } });
    const read = await reads.read(never);
    assert.ok(read.ok);
    await reads.issue('EX900001', never);
    assert.equal(reads.asked.length, 5);
    for (const { url, headers } of reads.asked)
      assert.deepEqual(description.faults('GET', url, { ...headers, ...signedIn }), [], url.href);

    // The description can say no.
    const wrong = new URL('https://graph.microsoft.com/v1.0/admin/serviceAnnouncement/healthOverview?$nope=1');
    assert.equal(description.faults('GET', wrong, {}).length, 1);
    const asked = new URL('https://graph.example/v1.0/admin/serviceAnnouncement/issues?$nope=1');
    assert.deepEqual(description.faults('GET', asked, {}), [
      'no server https://graph.example',
      'no query parameter $nope',
      'no bearer token',
    ]);
  });

  it('describes what our own fixtures send', () => {
    const description = new OpenApi(contract('graph/service-announcement.openapi.json'));
    assert.deepEqual(description.valueFaults('microsoft.graph.serviceHealth', anOverview()), []);
    assert.deepEqual(description.valueFaults('microsoft.graph.serviceUpdateMessage', aMessage), []);
    const wrong = anIssue({ isResolved: 'no', status: 'fine', posts: 'none' });
    assert.equal(description.valueFaults('microsoft.graph.serviceHealthIssue', wrong).length, 3);
  });

  for (const cloud of ['Prod', 'Fairfax', 'Mooncake']) {
    it(`has the words of ours, and one for those to come: ${cloud}`, () => {
      const [, members = ''] =
        /<EnumType Name="serviceHealthStatus"[^>]*>([\s\S]*?)<\/EnumType>/.exec(csdl(cloud)) ?? [];
      const words = Array.from(members.matchAll(/Member Name="(\w+)"/g), ([, name]) => name);
      assert.deepEqual(words, [...healthStatuses, 'unknownFutureValue']);
    });
  }

  it('asks for no more permission than these paths need', () => {
    const file = JSON.stringify(contract('microsoft-graph-devx-content/permissions/new/permissions.json'));
    for (const permission of permissions) assert.ok(file.includes(`"${permission}"`));
    assert.ok(permissions.every(permission => permission.endsWith('.Read.All')));
  });

  it('is read from its own examples, with their words in PascalCase', () => {
    const { services, issues } = overviewsOf(pageOf('graph/healthOverviews.list.expandIssues.json'));
    assert.deepEqual(services, [{ id: 'Exchange', name: 'Exchange Online', status: 'serviceOperational' }]);
    const [issue] = issuesOf(issues);
    assert.deepEqual(
      [issue?.id, issue?.classification, issue?.status, issue?.resolved],
      ['EX226574', 'advisory', 'serviceRestored', true],
    );
    assert.ok(issue?.posts[0]?.at !== undefined && issue.posts[0].text.startsWith('Title: Exchange Online'));
    assert.equal(overviewsOf(pageOf('graph/healthOverviews.list.json')).services.length, 3);
    const [listed] = issuesOf(pageOf('graph/issues.list.json'));
    assert.deepEqual(
      [listed?.classification, listed?.feature],
      ['incident', 'Mailflow - delayed delivery from Internet, E-Mail timely delivery'],
    );
    assert.equal(issuesOf([contract('graph/issue.get.json')]).length, 1);
    const [notice] = noticesOf(pageOf('graph/messages.list.json'));
    assert.deepEqual([notice?.category, notice?.major, notice?.actionBy], ['stayInformed', true, undefined]);
    assert.equal(saysConsentMissing(contract('graph/error.json')), false);
    assert.equal(
      issuesOf(pageOf('microsoft-graph-docs-contrib/examples/serviceannouncement-list-issues.json')).length,
      1,
    );
  });

  it('is read also from the examples of its beta', () => {
    const folder = new URL('microsoft-graph-docs/examples/', contracts);
    const files = readdirSync(folder).filter(name => name.includes('list'));
    assert.equal(files.length, 3);
    for (const file of files) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      assert.ok(text.includes('serviceAnnouncement'), file);
    }
  });
});

describe('a status page as its official description has it', () => {
  needsContracts();
  const Described = z.object({
    components: z.object({
      schemas: z.record(z.string(), z.object({ properties: z.record(z.string(), z.unknown()) })),
    }),
  });
  const words = (schema: string, property: string): readonly string[] => {
    const { components } = Described.parse(contract('status/statuspage-manage-v1.schemas.json'));
    const found = z.object({ enum: z.array(z.string()) }).parse(components.schemas[schema]?.properties[property]);
    return found.enum.filter(word => word !== '');
  };

  it('has the fields and words of our own fixtures', () => {
    const description = new OpenApi(contract('status/statuspage-manage-v1.schemas.json'));
    assert.deepEqual(description.valueFaults('Component', component('API', 'partial_outage')), []);
    assert.deepEqual(description.valueFaults('Incident', incident({ resolved_at: '2026-03-04T03:00:00Z' })), []);
  });
  it('has no word for which we have none', async () => {
    const { statusOf, classificationOf } = await import('../../src/connectors/statuspage/words.ts');
    for (const word of words('Component', 'status'))
      assert.ok(knownStatus(statusOf(word)) ?? statusOf(word) === 'underMaintenance', word);
    for (const word of words('Incident', 'status').filter(one => !['scheduled', 'completed'].includes(one))) {
      assert.ok(knownStatus(statusOf(word)) ?? statusOf(word) === 'underMaintenance', word);
    }
    for (const word of words('Incident', 'impact')) assert.match(classificationOf(word), /^(?:incident|advisory)$/);
  });
});
