import { mostSeen, type Details, type NewCase, type StoredFile } from '../desk/case.ts';
import type { DraftContent, PickedFile } from '../desk/drafts.ts';
import { issueId, seenIncident, type OpenIssue } from '../desk/openIssues.ts';
import type { Settings } from '../host/settingsSchema.ts';
import type { Fill } from '../protocol/newCase.ts';
import { writtenFields } from '../protocol/newCaseFields.ts';
import type { ProfileId, Severity } from '../rules/profile.ts';
import { profiles } from '../rules/profiles/index.ts';
import { detailsOf } from './advice.ts';

/** The draft a new page starts from: the team's settings, and what the caller knows already. */
export function startingContent(settings: Settings, prefill: Partial<DraftContent> = {}): DraftContent {
  const { profile, plan, defaultService } = settings;
  return {
    ...{ profile, plan, category: 'technical', service: defaultService },
    ...{ title: '', text: '', impact: '', resource: '', contact: '', places: [], files: [] },
    ...prefill,
  };
}

/** Whether a draft holds nothing that a person wrote or picked. */
export function isBlank(content: DraftContent): boolean {
  const texts = writtenFields.filter(field => field !== 'service').map(field => content[field]);
  const details = Object.values(content.details ?? {}).filter(text => text !== undefined);
  return (
    [...texts, ...details].every(text => text.trim() === '') &&
    content.places.length === 0 &&
    content.files.length === 0
  );
}

function seenAfter(content: DraftContent, shown: readonly { readonly id: string }[], confirmed: boolean): string[] {
  const ids = new Set(shown.map(({ id }) => id));
  const others = (content.healthSeen ?? []).filter(id => !ids.has(id));
  return confirmed ? [...others, ...ids] : others;
}

/**
 * The draft after what was filled in. `shown` are the incidents the page shows: a confirmation is about those.
 * Another offer may not know the category; its first one takes the place then.
 */
export function applyChanges(
  content: DraftContent,
  changes: Fill['changes'],
  shown: readonly { readonly id: string }[],
): DraftContent {
  const { severity, severityA, health, phone, email, contactMethod, licenceId, agreementNumber, ...same } = changes;
  const told = withoutUndefined({ phone, email, licenceId, agreementNumber });
  const chosen = contactMethod === undefined ? {} : { contactMethod: contactMethod || undefined };
  const details = { ...content.details, ...told, ...chosen };
  const { severity: severityBefore, ...rest } = {
    ...content,
    ...withoutUndefined(same),
    details: withoutUndefined(details),
  };
  const next = severity === undefined ? severityBefore : (severity ?? undefined);
  const sure = next === 'A' && (severityA ?? content.severityAConfirmed ?? false);
  const filled: DraftContent = {
    ...rest,
    ...(next === undefined ? {} : { severity: next }),
    // Another severity takes the answer back.
    severityAConfirmed: sure,
  };
  const seen = health === undefined ? filled : { ...filled, healthSeen: seenAfter(filled, shown, health) };
  const { categories } = profiles[seen.profile];
  const known = categories.some(({ category }) => category === seen.category);
  return known ? seen : { ...seen, category: categories[0].category };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
function withoutUndefined<T extends object>(of: T): Defined<T> {
  // Object.entries loses the key types; nothing but undefined values is taken out.
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** What the offer asks for; what was typed for another one stays with the draft. */
function asked(details: DraftContent['details'], profile: ProfileId): Details | undefined {
  const told = detailsOf(profiles[profile]).flatMap(name => {
    const text = details?.[name] ?? '';
    return text.trim() === '' ? [] : [[name, text] as const];
  });
  return told.length === 0 ? undefined : Object.fromEntries(told);
}

/** The severity that is proposed: an offer without severities is sent none, whatever was chosen for another one. */
export const proposed = ({ profile, severity }: DraftContent): Severity | undefined =>
  profiles[profile].severity === null ? undefined : severity;

/** A draft of what was to be sent, with its files as they can be picked now. */
export function draftOf(of: NewCase, files: readonly PickedFile[]): DraftContent {
  const { profile, plan, category, service, title, text, severity, impact, resource, contact, details, places } = of;
  const { healthSeen = [] } = of;
  return {
    ...{ profile, plan, category, service, title, text, severity, impact, resource, contact, details, places },
    files: [...files],
    healthSeen: healthSeen.map(issueId),
    healthAbout: healthSeen.find(({ answer }) => answer === 'same'),
  };
}

/** What is sent to the desk; `shown` are the incidents that were read before. */
export function caseOf(
  content: DraftContent,
  files: readonly StoredFile[],
  zone: string,
  shown: readonly OpenIssue[],
): NewCase {
  const { profile, plan, category, service, title, text, impact, resource, contact, places, healthAbout } = content;
  const others = shown.map(one => seenIncident(one, 'different'));
  const seen = (healthAbout ? [healthAbout, ...others] : others).slice(0, mostSeen);
  const details = asked(content.details, profile);
  const severity = proposed(content);
  return {
    ...{ profile, category, service, title, text, impact, resource, contact, places, zone },
    ...(plan === undefined ? {} : { plan }),
    ...(severity === undefined ? {} : { severity }),
    ...(details === undefined ? {} : { details }),
    ...(seen.length === 0 ? {} : { healthSeen: seen }),
    files: [...files],
  };
}
