import * as z from 'zod/mini';
import { CaseSummary } from '../desk/case.ts';
import { deskRoles } from '../desk/lifecycle.ts';
import { scopes } from '../desk/tokens.ts';
import {
  alternatives,
  categories,
  draftFields,
  dutyIds,
  plans,
  profileIds,
  readings,
  severities,
} from '../rules/profile.ts';

/*
 * What `--json` prints, one schema for each command. Keys come in this order and are always there: what is not known is
 * null. Instants are ISO-8601. docs/cli.md shows these schemas; only tests and docs load this file, the commands use its types.
 */

const instant = z.iso.datetime({ offset: true });
const orNull = <Schema extends z.core.$ZodType>(schema: Schema) => z.nullable(schema);
const factIds = z.array(z.string());
const severity = z.enum(severities);
const category = z.enum(categories);
const profile = z.enum(profileIds);
const reading = z.enum([...readings, 'elapsed']);
const told = { message: z.string(), facts: factIds };

export const Facts = z.strictObject({
  facts: z.array(
    z.strictObject({
      id: z.string(),
      statement: z.string(),
      document: z.enum(['business', 'enterprise2013', 'reading']),
      section: z.string(),
    }),
  ),
});

export const Profiles = z.strictObject({
  profiles: z.array(
    z.strictObject({
      id: profile,
      name: z.string(),
      zone: z.string(),
      categories: z.array(category),
      severities: z.array(severity),
      plans: z.array(z.enum(plans)),
      facts: factIds,
    }),
  ),
});

export const Hours = z.strictObject({
  profile,
  category,
  severity: orNull(severity),
  at: instant,
  state: z.enum(['open', 'closed', 'statedWithoutTimes', 'notStated']),
  closesAt: orNull(instant),
  nextOpening: orNull(instant),
  zone: orNull(z.string()),
  weekdays: orNull(z.array(z.int())),
  facts: factIds,
});

export const Target = z.strictObject({
  profile,
  plan: orNull(z.enum(plans)),
  severity,
  category,
  opened: instant,
  openedTwice: z.boolean(),
  due: orNull(instant),
  code: orNull(z.string()),
  reading: orNull(reading),
  startsAt: orNull(instant),
  zone: orNull(z.string()),
  dueInZone: orNull(instant),
  userZone: z.string(),
  dueInUserZone: orNull(instant),
  others: z.array(z.strictObject({ reading, due: instant })),
  facts: factIds,
});

export const CalendarTarget = z.strictObject({
  zone: z.string(),
  amount: z.string(),
  opened: instant,
  openedTwice: z.boolean(),
  due: orNull(instant),
  code: orNull(z.literal('never')),
  startsAt: orNull(instant),
  dueInZone: orNull(instant),
  userZone: z.string(),
  dueInUserZone: orNull(instant),
});

export const BatchLine = z.strictObject({
  id: orNull(z.union([z.string(), z.number()])),
  due: orNull(instant),
  code: orNull(z.string()),
  field: orNull(z.string()),
  reading: orNull(reading),
  message: orNull(z.string()),
});

export const May = z.strictObject({
  allowed: z.boolean(),
  through: orNull(z.enum(['adminCenter', 'volumeLicensingForm'])),
  refusals: z.array(
    z.strictObject({
      rule: z.string(),
      ...told,
      instead: z.array(z.strictObject({ id: z.enum(alternatives), message: z.string() })),
      cap: orNull(severity),
    }),
  ),
  facts: factIds,
});

export const Check = z.strictObject({
  complete: z.boolean(),
  findings: z.array(
    z.strictObject({ field: z.string(), code: z.string(), ...told, anyOf: z.array(z.enum(draftFields)) }),
  ),
});

const step = z.strictObject({ id: z.string(), ...told });
export const HandOff = z.strictObject({
  profile,
  query: z.string(),
  channels: z.array(
    z.strictObject({
      id: z.enum(['adminCenter', 'portal', 'phone', 'volumeLicensingForm']),
      name: z.string(),
      fallback: z.boolean(),
      number: orNull(z.string()),
      steps: z.array(step),
      notices: z.array(step),
      facts: factIds,
    }),
  ),
  fields: z.array(
    z.strictObject({
      id: z.enum(draftFields),
      orElse: z.array(z.enum(draftFields)),
      value: orNull(z.string()),
      facts: factIds,
    }),
  ),
  duties: z.array(z.strictObject({ id: z.enum(dutyIds), ...told, value: orNull(z.string()) })),
  hours: orNull(z.string()),
  links: z.array(z.strictObject({ id: z.string(), url: orNull(z.string()), facts: factIds })),
  text: z.string(),
});

const suggestion = <Id extends z.core.$ZodType>(id: Id) =>
  orNull(z.strictObject({ id, words: z.array(z.string()), facts: factIds }));
export const Classify = z.strictObject({
  category: suggestion(category),
  group: suggestion(z.string()),
  severity: suggestion(severity),
});

export const List = z.strictObject({
  cases: z.array(
    z.strictObject({
      number: CaseSummary.shape.number,
      id: CaseSummary.shape.id,
      status: CaseSummary.shape.status,
      severity: orNull(severity),
      service: z.string(),
      title: z.string(),
      profile,
      category,
      vendorNumber: orNull(z.string()),
      openedAt: instant,
      updatedAt: instant,
      firstResponseAt: orNull(instant),
    }),
  ),
});

export const Health = z.strictObject({
  source: z.string(),
  name: z.string(),
  asOf: instant,
  partial: z.boolean(),
  services: z.array(z.strictObject({ id: z.string(), name: z.string(), status: z.string() })),
  issues: z.array(
    z.strictObject({
      id: z.string(),
      services: z.array(z.string()),
      title: z.string(),
      classification: z.string(),
      status: z.string(),
      open: z.boolean(),
      feature: z.string(),
      impact: z.string(),
      startedAt: orNull(instant),
      updatedAt: orNull(instant),
      endedAt: orNull(instant),
      posts: z.array(z.strictObject({ at: orNull(instant), text: z.string() })),
    }),
  ),
  notices: z.array(
    z.strictObject({
      id: z.string(),
      services: z.array(z.string()),
      title: z.string(),
      text: z.string(),
      category: z.string(),
      major: z.boolean(),
      actionBy: orNull(instant),
      startsAt: orNull(instant),
      endsAt: orNull(instant),
    }),
  ),
});

export const DeskTokens = z.strictObject({
  tokens: z.array(
    z.strictObject({
      ...{ id: z.string(), tenant: z.string(), person: z.string() },
      ...{ roles: z.array(z.enum(deskRoles)), scope: z.enum(scopes) },
      ...{ createdAt: instant, expiresAt: instant, revokedAt: orNull(instant) },
    }),
  ),
  /** The token itself, when it was made. */
  secret: orNull(z.string()),
});

export type Facts = z.output<typeof Facts>;
export type Profiles = z.output<typeof Profiles>;
export type Hours = z.output<typeof Hours>;
export type Target = z.output<typeof Target>;
export type CalendarTarget = z.output<typeof CalendarTarget>;
export type BatchLine = z.output<typeof BatchLine>;
export type May = z.output<typeof May>;
export type Check = z.output<typeof Check>;
export type HandOff = z.output<typeof HandOff>;
export type Classify = z.output<typeof Classify>;
export type List = z.output<typeof List>;
export type Health = z.output<typeof Health>;
export type DeskTokens = z.output<typeof DeskTokens>;

/** Every schema by the call whose output it describes. */
export const outputs: Readonly<Record<string, z.ZodMiniType>> = {
  facts: Facts,
  profiles: Profiles,
  hours: Hours,
  target: Target,
  'target --calendar': CalendarTarget,
  'target --batch': BatchLine,
  may: May,
  check: Check,
  handoff: HandOff,
  classify: Classify,
  list: List,
  health: Health,
  'desk token': DeskTokens,
};
