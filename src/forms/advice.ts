import type { CaseSummary } from '../desk/case.ts';
import type { DraftContent } from '../desk/drafts.ts';
import type { FieldIssue } from '../desk/errors.ts';
import { issueId, type OpenIssue } from '../desk/openIssues.ts';
import { cleanLine, cleanText, limits } from '../desk/text.ts';
import { effectiveSeverity } from '../desk/case.ts';
import type { Settings } from '../host/settingsSchema.ts';
import type { PhoneFault, PhoneReader } from './phone.ts';
import { classify, type Classification } from '../rules/classify.ts';
import { missingFromDraft } from '../rules/completeness.ts';
import type { Instant } from '../rules/decision.ts';
import { eligibility } from '../rules/eligibility.ts';
import { healthGate } from '../rules/health.ts';
import type { MatchReason } from '../rules/incidentMatch.ts';
import { minutesOfDay, supportHours, type HoursQuery, type SupportHours } from '../rules/hours.ts';
import { detailFields } from '../rules/profile.ts';
import type {
  Category,
  DetailField,
  DraftField,
  DutyId,
  Plan,
  Profile,
  ResponseRow,
  Severity,
} from '../rules/profile.ts';
import { profiles } from '../rules/profiles/index.ts';
import { duties, severityChoices, type SeverityChoice } from '../rules/severity.ts';
import {
  remainingOpenTime,
  responseTarget,
  targetState,
  targetUnderAllReadings,
  type AllTargets,
  type DueTarget,
  type NoTargetCode,
  type RemainingTime,
  type TargetState,
} from '../rules/target.ts';

/** What a target rests on, of a draft or of a case. */
export interface Aim {
  readonly category: Category;
  readonly plan?: Plan | undefined;
  readonly severity?: Severity | undefined;
  readonly openedAt: Instant;
  readonly firstResponseAt?: Instant | undefined;
}

/** The target under the reading of the settings, and what the other readings say. */
export type TargetAdvice =
  | { readonly kind: 'none'; readonly code: NoTargetCode | 'noSeverity' }
  | {
      readonly kind: 'due';
      readonly target: DueTarget;
      readonly all: AllTargets;
      readonly state: TargetState;
      readonly remaining: RemainingTime | undefined;
    };

/** Computes the target of a draft or a case as it stands at `now`. */
export function adviseTarget(
  aim: Aim,
  profile: Profile,
  settings: Pick<Settings, 'reading' | 'holidays'>,
  now: Instant,
): TargetAdvice {
  if (aim.severity === undefined) return { kind: 'none', code: profile.severity ? 'noSeverity' : 'noSeverities' };
  const { reading, holidays } = settings;
  const { openedAt, severity, category, plan } = aim;
  const input = { openedAt, severity, category, plan, reading, holidays };
  const target = responseTarget(input, profile);
  if (target.kind === 'none') return target;
  const all = targetUnderAllReadings(input, profile);
  if (all.kind === 'none') return all;
  const remaining = remainingOpenTime(input, profile, now);
  return { kind: 'due', target, all, state: targetState(all, now, aim.firstResponseAt), remaining };
}

/** What a case aims at: the desk's severity wins over the proposal. */
export function aimOf(of: CaseSummary): Aim {
  const { category, plan, openedAt, firstResponseAt } = of;
  return { category, plan, severity: effectiveSeverity(of), openedAt, firstResponseAt };
}

/** Something that keeps a draft from being filed. */
export type DraftProblem =
  | FieldIssue
  | { readonly path: 'profile'; readonly code: 'notEligible' }
  | { readonly path: 'severity'; readonly code: 'severityClosed' }
  | { readonly path: 'severityA'; readonly code: 'notSure' }
  | { readonly path: 'phone'; readonly code: PhoneFault }
  | { readonly path: 'category'; readonly code: 'notOffered' }
  | { readonly path: 'health'; readonly code: 'notConfirmed' }
  | { readonly path: DraftField; readonly code: 'asked' | 'oneAsked' | 'duty' };

/** Everything the New case page says about a draft, in codes. */
export interface Advice {
  readonly profile: Profile;
  readonly verdict: ReturnType<typeof eligibility>;
  readonly severities: readonly { readonly choice: SeverityChoice; readonly response: ResponseRow | undefined }[];
  /** What is owed for the chosen severity. */
  readonly duties: readonly DutyId[];
  /** What the offer asks for besides the description and the duties. */
  readonly details: readonly DetailField[];
  readonly hours: SupportHours;
  readonly target: TargetAdvice;
  /** Going on now, and maybe what the draft is about: the likely ones first, each with the reasons (G-07). */
  readonly incidents: readonly (OpenIssue & { readonly because: readonly MatchReason[] })[];
  /** Whether each of them was shown and the person went on. */
  readonly healthConfirmed: boolean;
  /** What the words suggest; nothing of it is chosen by itself. */
  readonly classified: Classification;
  /** The phone number as it is read; undefined while there is none, or nothing reads it yet. */
  readonly phone: ReturnType<PhoneReader> | undefined;
  readonly problems: readonly DraftProblem[];
}

/** What an offer asks for besides the description and the duties. */
export function detailsOf(profile: Profile): readonly DetailField[] {
  const asked = new Set<string>(profile.fields.flatMap(({ fields }) => fields));
  return detailFields.filter(name => asked.has(name));
}

/** The hours to ask about: where the documents leave zone or clock times open, the team's word fills in. */
export function hoursQuery(
  { category, severity }: Pick<Aim, 'category' | 'severity'>,
  { supportZone, officeHours }: Pick<Settings, 'supportZone' | 'officeHours'>,
): HoursQuery {
  return {
    category,
    severity,
    zone: supportZone || undefined,
    businessHours: officeHours ? [minutesOfDay(officeHours.start), minutesOfDay(officeHours.end)] : undefined,
  };
}

function responseRow(profile: Profile, { category, plan }: DraftContent, severity: Severity): ResponseRow | undefined {
  const table = profile.response;
  if (!table?.categories.includes(category)) return undefined;
  return table.rows[table.byPlan ? (plan ?? 'standard') : 'standard'][severity];
}

const lineLimits = { title: limits.title, service: limits.line, resource: limits.line, contact: limits.line } as const;
const textLimits = { text: limits.text, impact: 10_000 } as const;
/** Something before one @ and a host after it; whether mail arrives there only sending it can tell. */
const isEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/u.test(text);

/** The desk's own limits, asked here so that each is told beside its field before anything is sent. */
function shapeProblems(content: DraftContent): readonly FieldIssue[] {
  const problems: FieldIssue[] = [];
  const check = (path: string, length: number, limit: number, required: boolean) => {
    if (required && length === 0) problems.push({ path, code: 'required' });
    if (length > limit) problems.push({ path, code: 'tooLong', limit });
  };
  for (const path of ['title', 'service', 'resource', 'contact'] as const) {
    check(path, cleanLine(content[path]).length, lineLimits[path], path === 'title');
  }
  for (const path of detailFields) {
    const text = cleanLine(content.details?.[path] ?? '');
    check(path, text.length, limits.line, false);
    if (path === 'email' && text !== '' && !isEmail(text)) problems.push({ path, code: 'invalid' });
  }
  for (const path of ['text', 'impact'] as const) {
    check(path, cleanText(content[path]).trim().length, textLimits[path], path === 'text');
  }
  return problems;
}

function ruleProblems(content: DraftContent, advice: Omit<Advice, 'problems'>): readonly DraftProblem[] {
  const { profile, verdict, severities, incidents, healthConfirmed, phone } = advice;
  const problems: DraftProblem[] = [];
  if (!verdict.ok) problems.push({ path: 'profile', code: 'notEligible' });
  if (!profile.categories.some(({ category }) => category === content.category)) {
    problems.push({ path: 'category', code: 'notOffered' });
  }
  if (incidents.length > 0 && !healthConfirmed) problems.push({ path: 'health', code: 'notConfirmed' });
  const chosen = severities.find(({ choice }) => choice.severity === content.severity);
  // An offer without severities is never sent one.
  if (profile.severity !== null && content.severity !== undefined && !chosen?.choice.open) {
    problems.push({ path: 'severity', code: 'severityClosed' });
  }
  if (profile.severity !== null && content.severity === 'A' && chosen?.choice.open && !content.severityAConfirmed) {
    problems.push({ path: 'severityA', code: 'notSure' });
  }
  if (phone && !phone.ok) problems.push({ path: 'phone', code: phone.error.code });
  const problemOf = { fieldMissing: 'asked', oneFieldMissing: 'oneAsked', dutyMissing: 'duty' } as const;
  for (const { field, code } of missingFromDraft({ ...content, ...content.details }, profile)) {
    problems.push({ path: field, code: problemOf[code] });
  }
  return problems;
}

/**
 * Reads a draft against the rules of its offer: may this person file, which severities are open, what is owed, what is
 * missing, what goes on (`open`), when the target would be if it were filed at `now`.
 */
export function advise(
  content: DraftContent,
  settings: Settings,
  open: readonly OpenIssue[],
  now: Instant,
  readPhone?: PhoneReader,
): Advice {
  const profile = profiles[content.profile];
  const { role, directSubscriptions, partnerSubscriptions, advancedAgreement, highestSeverity } = settings;
  // The one it is about need not be told apart from.
  const about = content.healthAbout && issueId(content.healthAbout);
  const { ok: healthConfirmed, matches } = healthGate(
    { draft: content, incidents: open.filter(({ id }) => id !== about), seen: content.healthSeen ?? [] },
    profile,
  );
  const incidents = matches.flatMap(({ id, because }) =>
    open.filter(one => one.id === id).map(one => ({ ...one, because })),
  );
  const phone = detailsOf(profile).includes('phone') ? cleanLine(content.details?.phone ?? '') : '';
  const advice: Omit<Advice, 'problems'> = {
    profile,
    verdict: eligibility({ role, directSubscriptions, partnerSubscriptions }, profile),
    severities: severityChoices({ category: content.category, advancedAgreement, highestSeverity }, profile).map(
      choice => ({ choice, response: responseRow(profile, content, choice.severity) }),
    ),
    // Without a severity the duties are those of the lowest one, as in missingFromDraft.
    duties: duties(content.severity ?? 'C', profile).map(({ id }) => id),
    details: detailsOf(profile),
    hours: supportHours(hoursQuery(content, settings), profile, now),
    target: adviseTarget({ ...content, openedAt: now }, profile, settings, now),
    incidents,
    classified: classify(`${content.title}\n${content.text}`, profile),
    phone: phone === '' ? undefined : readPhone?.(phone, settings.supportCountry),
    healthConfirmed,
  };
  const shape = shapeProblems(content);
  const told = new Set(shape.map(({ path }) => path));
  const rules = ruleProblems(content, advice).filter(({ path }) => !told.has(path));
  return { ...advice, problems: [...shape, ...rules] };
}
