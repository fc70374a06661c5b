// What Microsoft Graph answers in the tests of the installed extension, and what the view says of it.
import { clouds } from '../../../src/connectors/graph/clouds.ts';
import { aMessage, anIssue, anOverview, root } from '../../connectors/support/graph.ts';

export type Reply = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};
/** By the path under the service announcements of Graph. */
export type Answer = (path: string) => Reply;

const elsewhere = 'https://evil.example';

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
export const [tomorrow, later] = [inHours(24), inHours(50)];
const noAction = { actionRequiredByDateTime: null };
const notices = [
  { ...aMessage, ...noAction, id: 'MC1', title: 'News', startDateTime: inHours(-24) },
  { ...aMessage, id: 'MC2', title: 'Old authentication ends', actionRequiredByDateTime: later },
  { ...aMessage, ...noAction, id: 'MC3', title: 'New buttons', startDateTime: tomorrow },
  { ...aMessage, id: 'MC4', title: 'Certificates change', actionRequiredByDateTime: tomorrow },
];
const advisory = anIssue({
  ...{ id: 'TM900002', service: 'Microsoft Teams', title: 'Meetings start late' },
  ...{ classification: 'Advisory', status: 'Investigating' },
});
export const overview = 'healthOverviews?$expand=issues';
const firstPage = [
  anOverview(),
  anOverview([advisory], { id: 'Teams', service: 'Microsoft Teams', status: 'investigating' }),
];
const lastPage = [anOverview([], { id: 'SharePoint', service: 'SharePoint Online', status: 'serviceOperational' })];

/** Everything in order: services on two pages, the message center, an issue with its posts. */
export const good: Answer = path => {
  const link = `${clouds.worldwide.graph}${root}/${overview}&$skiptoken=2`;
  if (path === overview) return { body: { value: firstPage, '@odata.nextLink': link } };
  if (path === `${overview}&$skiptoken=2`) return { body: { value: lastPage } };
  if (path.startsWith('messages?')) return { body: { value: notices } };
  return path === 'issues/EX900001' ? { body: anIssue() } : { status: 404 };
};
/** The rows that come of it beside another source. */
export const rowsOfGood: readonly string[] = [
  'Microsoft 365 | 1 open incident, 1 open advisory',
  '  Exchange Online | Service degradation · 1 open incident',
  '    Users cannot send mail | Incident · Service degradation · EX900001',
  '  Microsoft Teams | Investigating · 1 open advisory',
  '    Meetings start late | Advisory · Investigating · TM900002',
  '  SharePoint Online | Service operational',
  '  Message center | 4',
];
/** The same where it is the only source, which has no row. */
export const rowsAlone = rowsOfGood.slice(1).map(line => line.slice(2));
const refusal = (code: string, message: string): Reply => ({ status: 403, body: { error: { code, message } } });

const html: Reply = { headers: { 'Content-Type': 'text/html' }, body: '<p>Sign in to the network' };
const wrongPlace = ['Check that it is the right cloud or address', 'Remove a health source'];
const notASource = ['Microsoft 365 answered with something that is no service health.', ...wrongPlace];
export const agreementMissing = refusal('Forbidden', 'Required scopes are missing in the token.');

/** What keeps Graph from being read, and what comes of it. */
export const refusals: readonly {
  readonly what: string;
  readonly reply: Reply;
  /** What the row says, what is said about it, and the first step that is offered. */
  readonly says: readonly string[];
  readonly requests?: number;
}[] = [
  {
    what: 'the rest is at another place',
    reply: { body: { value: firstPage, '@odata.nextLink': `${elsewhere}${root}/${overview}&$skiptoken=2` } },
    says: notASource,
  },
  {
    what: 'there is no administrator role',
    reply: refusal('Forbidden', 'Access denied.'),
    says: [
      'Service health at Microsoft 365 is for administrators, and whoever is signed in there is none.',
      'Ask for a role that may see service health, such as Service Support Administrator.',
      'Connect a health source',
    ],
  },
  {
    what: 'it is sent to another place',
    reply: { status: 302, headers: { Location: `${elsewhere}/` } },
    says: notASource,
    // At once, and by pages.
    requests: 2,
  },
  {
    what: 'the organisation has not agreed',
    reply: refusal('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
    says: [
      'The organisation has not agreed that service health may be read from Microsoft 365.',
      'An administrator of the organisation has to agree, in the portal, to these permissions: ServiceHealth.Read.All, ServiceMessage.Read.All.',
      'Open portal',
    ],
  },
  { what: 'a page of the network answers', reply: html, says: notASource, requests: 2 },
  {
    what: 'the cloud has no such service',
    reply: { status: 404 },
    says: ['There is no service health at Microsoft 365.', ...wrongPlace],
  },
];
