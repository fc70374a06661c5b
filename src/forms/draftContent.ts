import type { NewCase, StoredFile } from '../desk/case.ts';
import type { DraftContent } from '../desk/drafts.ts';
import type { Incident } from '../desk/health.ts';
import type { Settings } from '../host/settingsSchema.ts';
import { typedFields, type Fill } from '../protocol/newCase.ts';
import { offerOf } from './advice.ts';

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
  const texts = typedFields.filter(field => field !== 'service').map(field => content[field]);
  return texts.every(text => text.trim() === '') && content.places.length === 0 && content.files.length === 0;
}

function seenAfter(content: DraftContent, shown: readonly Incident[], confirmed: boolean): string[] {
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
  shown: readonly Incident[],
  settings: Settings,
): DraftContent {
  const { severity, health, ...same } = changes;
  const { severity: severityBefore, ...rest } = { ...content, ...withoutUndefined(same) };
  const next = severity === undefined ? severityBefore : (severity ?? undefined);
  const filled: DraftContent = { ...rest, ...(next === undefined ? {} : { severity: next }) };
  const seen = health === undefined ? filled : { ...filled, healthSeen: seenAfter(filled, shown, health) };
  const { categories } = offerOf(seen.profile, settings);
  const known = categories.some(({ category }) => category === seen.category);
  return known ? seen : { ...seen, category: categories[0].category };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
function withoutUndefined<T extends object>(of: T): Defined<T> {
  // Object.entries loses the key types; nothing but undefined values is taken out.
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** What is sent to the desk. */
export function caseOf(content: DraftContent, files: readonly StoredFile[], zone: string): NewCase {
  const { profile, plan, category, service, title, text, severity, impact, resource, contact, places } = content;
  return {
    ...{ profile, category, service, title, text, impact, resource, contact, places, zone },
    ...(plan === undefined ? {} : { plan }),
    ...(severity === undefined ? {} : { severity }),
    files: [...files],
  };
}
