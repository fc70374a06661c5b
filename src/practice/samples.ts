import type { CaseAction, NewCase } from '../desk/case.ts';
import type { DraftContent } from '../desk/drafts.ts';
import type { NewIncident, NewPost } from '../desk/health.ts';
import type { Instant } from '../rules/decision.ts';
import type { Category, Holiday, Severity } from '../rules/profile.ts';
import type { Key, Strings } from '../strings/strings.ts';
import { day, hour, openedFor, practiceOffer } from './clock.ts';

/** What the samples are written for: a language, a zone, and the holidays that move targets. */
export interface Writer {
  readonly strings: Strings;
  /** IANA zone of the person. */
  readonly zone: string;
  readonly holidays: readonly Holiday[];
}

type Story = 'page' | 'invoice' | 'search' | 'password' | 'sound' | 'guests' | 'rules' | 'calendar' | 'upload' | 'mail';
/** One thing a person does on the desk at a time of the practice clock. */
export type Step = { readonly at: Instant } & (
  | { readonly does: 'file'; readonly story: Story; readonly draft: NewCase }
  | { readonly does: 'act'; readonly story: Story; readonly action: CaseAction }
  | { readonly does: 'record'; readonly story: 'delay' | 'slow'; readonly incident: NewIncident }
  | { readonly does: 'post'; readonly story: 'delay' | 'slow'; readonly post: NewPost }
  | { readonly does: 'draft'; readonly content: DraftContent }
);
type Sentence = Extract<Key, `practice.sample.${string}`>;

/** A day in the life of a team until `start`, in the order of time: every status, every severity, every state of a target. */
export function sampleSteps(start: Instant, { strings, zone, holidays }: Writer): readonly Step[] {
  const t = (sentence: Sentence): string => strings.lookup(sentence) ?? '';
  const common = { profile: practiceOffer, impact: '', resource: '', contact: t('practice.sample.contact') } as const;
  const steps: Step[] = [];

  const tell = (
    story: Story,
    filed: { at: Instant; severity: Severity; service: string; category?: Category } & Partial<NewCase>,
    ...actions: readonly (readonly [at: Instant, action: CaseAction])[]
  ): void => {
    const { at, category = 'technical', ...more } = filed;
    const texts = { title: t(`practice.sample.${story}.title`), text: t(`practice.sample.${story}.text`) };
    steps.push({
      at,
      does: 'file',
      story,
      draft: { ...common, ...texts, category, places: [], files: [], zone, ...more },
    });
    for (const [when, action] of actions) steps.push({ at: when, does: 'act', story, action });
  };
  const responded = (respondedAt: Instant) =>
    [respondedAt, { kind: 'recordFirstResponse', respondedAt, text: '' }] as const;
  const said = (kind: 'requestInformation' | 'resolve' | 'reopen', sentence: Sentence) =>
    ({ kind, text: t(sentence) }) as const;
  const answered = (sentence: Sentence): CaseAction => ({ kind: 'answer', text: t(sentence), files: [] });
  const closed = (reason: 'solved' | 'noLongerNeeded', sentence?: Sentence) =>
    ({ kind: 'close', reason, text: sentence === undefined ? '' : t(sentence) }) as const;

  // Practice starts before support opens: half a day earlier, and some hours around that, support was there.
  const open = start - 12 * hour;
  const ago = (days: number, hours = 0): Instant => open - days * day + hours * hour;

  tell(
    'page',
    { at: ago(12), severity: 'C', service: 'SharePoint Online' },
    responded(ago(11)),
    [ago(9), said('resolve', 'practice.sample.page.resolved')],
    [ago(9, 2), closed('solved', 'practice.sample.page.closed')],
  );
  tell('invoice', { at: ago(10), severity: 'C', service: '', category: 'billing' }, [
    ago(8),
    closed('noLongerNeeded', 'practice.sample.invoice.closed'),
  ]);
  tell(
    'search',
    { at: ago(8), severity: 'B', service: 'Exchange Online' },
    responded(ago(8, 2)),
    [ago(7), said('resolve', 'practice.sample.search.resolved')],
    [ago(7, 2), closed('solved')],
    [ago(1), said('reopen', 'practice.sample.search.reopened')],
  );
  tell(
    'password',
    { at: ago(5), severity: 'C', service: 'Microsoft 365 Apps for enterprise' },
    responded(ago(4)),
    [ago(4, 1), { kind: 'changeSeverity', severity: 'B', side: 'set', text: '' }],
    [ago(1, 1), said('resolve', 'practice.sample.password.resolved')],
  );
  tell(
    'sound',
    { at: ago(6), severity: 'C', service: 'Skype for Business Online' },
    [ago(5, 2), said('requestInformation', 'practice.sample.sound.question')],
    [ago(4, 2), answered('practice.sample.sound.answer')],
  );
  tell('guests', { at: ago(2), severity: 'B', service: 'SharePoint Online' }, [
    ago(1, 2),
    said('requestInformation', 'practice.sample.guests.question'),
  ]);
  const overdueSince = openedFor('overdue', 'B', start, holidays) ?? ago(3);
  tell('rules', { at: overdueSince, severity: 'B', service: 'Exchange Online' }, [
    overdueSince + hour / 2,
    { kind: 'recordVendorNumber', vendorNumber: 'SR-20417' },
  ]);
  const pastOneReading = openedFor('pastOneReading', 'B', start, holidays) ?? ago(1);
  tell('calendar', { at: pastOneReading, severity: 'B', service: 'Exchange Online' });
  tell('upload', { at: open, severity: 'B', service: 'SharePoint Online' });
  tell('mail', {
    at: start - hour / 3,
    severity: 'A',
    service: 'Exchange Online',
    impact: t('practice.sample.mail.impact'),
    resource: t('practice.sample.resource'),
  });

  const board = (
    story: 'delay' | 'slow',
    incident: Pick<NewIncident, 'service' | 'classification'>,
    [at, later]: readonly [Instant, Instant],
    status: NewPost['status'],
  ): void => {
    const [title, text] = [t(`practice.sample.${story}.title`), t(`practice.sample.${story}.first`)];
    steps.push({ at, does: 'record', story, incident: { ...incident, title, text, status: 'investigating' } });
    steps.push({ at: later, does: 'post', story, post: { status, text: t(`practice.sample.${story}.then`) } });
  };
  board('slow', { service: 'SharePoint Online', classification: 'advisory' }, [ago(3), ago(3, 3)], 'serviceRestored');
  board(
    'delay',
    { service: 'Exchange Online', classification: 'incident' },
    [start - 3 * hour, start - hour / 2],
    'serviceDegradation',
  );

  const draft = (at: Instant, content: Pick<DraftContent, 'title' | 'text' | 'service' | 'severity'>): void => {
    steps.push({ at, does: 'draft', content: { ...common, ...content, category: 'technical', places: [], files: [] } });
  };
  const nearlyDone = { title: t('practice.sample.draft.title'), text: t('practice.sample.draft.text') };
  draft(ago(0, 2), { ...nearlyDone, service: 'Exchange Online', severity: 'C' });
  draft(ago(1, 3), { title: t('practice.sample.begun.title'), text: '', service: '', severity: undefined });
  return steps.toSorted((a, b) => a.at - b.at);
}
