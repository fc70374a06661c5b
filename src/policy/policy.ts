import { getLocation, parseTree, type Node, type ParseError } from 'jsonc-parser';
import * as z from 'zod/mini';
import type { FactId } from '../rules/decision.ts';
import { categories } from '../rules/profile.ts';
import { profiles } from '../rules/profiles/index.ts';
import { checkSeverity } from '../rules/severity.ts';
import { Policy, type NamedFault } from './shape.ts';
import { keyOf, lineAndColumn, offsetOf, tooDeepAt, valueOf, type Path, type WrongKey } from './tree.ts';

export { Policy };

/** Names a file can have in the folder it holds for; the first one found is read. */
export const policyFiles = ['casebook.policy.json', '.vscode/casebook.json'] as const;

/** Longest policy, in bytes of the file and in UTF-16 code units of its text. */
export const maxPolicyLength = 256 * 1024;

export const policyFaultCodes = [
  'tooLarge',
  'notJson',
  'duplicateKey',
  'unknownKey',
  'wrongValue',
  'unknownZone',
  'impossibleDate',
  'tooManyHolidays',
  'liftsCap',
] as const;
export type PolicyFaultCode = (typeof policyFaultCodes)[number];

/** What is wrong, and where: `key` such as `holidays[3].date`, empty for the whole file; `line` and `column` from 1. */
export interface PolicyFault {
  readonly code: PolicyFaultCode;
  readonly key: string;
  readonly line: number;
  readonly column: number;
  /** The facts that forbid it; empty where it is a matter of form. */
  readonly facts: readonly FactId[];
}

export type PolicyReading =
  | { readonly ok: true; readonly policy: Policy }
  /** In the order of the file, at least one. */
  | { readonly ok: false; readonly faults: readonly PolicyFault[] };

/** What is said of a file that is too large to be read. */
export const tooLargePolicy: PolicyReading = {
  ok: false,
  faults: [{ code: 'tooLarge', key: '', line: 1, column: 1, facts: [] }],
};

/** Faults told of one file; more help nobody. */
const maxFaults = 100;

interface Found {
  readonly code: PolicyFaultCode;
  readonly path: Path;
  readonly offset: number;
  readonly facts?: readonly FactId[];
}

function named(issue: z.core.$ZodIssue): NamedFault | 'tooManyHolidays' | 'wrongValue' {
  if (issue.code === 'too_big' && keyOf(issue.path) === 'holidays') return 'tooManyHolidays';
  if (issue.code === 'invalid_format' && issue.format === 'date') return 'impossibleDate';
  const fault: unknown = issue.code === 'custom' ? issue.params?.['fault'] : undefined;
  return fault === 'unknownZone' || fault === 'impossibleDate' ? fault : 'wrongValue';
}

function found(issue: z.core.$ZodIssue, root: Node): readonly Found[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ code: named(issue), path: issue.path, offset: offsetOf(root, issue.path) }];
  }
  return issue.keys.slice(0, maxFaults).map(key => {
    const path = [...issue.path, key];
    return { code: 'unknownKey', path, offset: offsetOf(root, path) };
  });
}

/**
 * Caps that would let a team propose what its offer closes. Where the policy does not name an offer or an agreement, it
 * is read as the defaults of the settings: 21Vianet, and none. Facts: C-22, C-23, C-24.
 */
function liftedCaps(
  { profile = 'm365China', advancedAgreement = false, highestSeverity }: Policy,
  root: Node,
): Found[] {
  return categories.flatMap((category): Found[] => {
    const severity = highestSeverity?.[category];
    if (severity === undefined) return [];
    const answer = checkSeverity(severity, { category, advancedAgreement }, profiles[profile]);
    const path = ['highestSeverity', category];
    return answer.ok ? [] : [{ code: 'liftsCap', path, offset: offsetOf(root, path), facts: answer.facts }];
  });
}

/**
 * Reads the text of a policy file: JSON with comments and trailing commas, at most `maxPolicyLength` long. What is wrong
 * is told by code, key and place, never in the words of a parser; nothing is thrown for any text. A policy may tighten
 * or fill in what the documents leave open; a cap of theirs stays (C-22, C-24, T-20).
 */
export function readPolicy(text: string): PolicyReading {
  // Editors hide the mark, so places are counted without it.
  const shown = text.replace(/^\ufeff/, '');
  const refuse = (faults: readonly Found[]): PolicyReading => {
    const told = new Map(faults.map(fault => [`${fault.code} ${keyOf(fault.path)} ${fault.offset}`, fault]));
    const first = [...told.values()].sort((a, b) => a.offset - b.offset).slice(0, maxFaults);
    return {
      ok: false,
      faults: first.map(({ code, path, offset, facts = [] }) => ({
        ...{ code, key: keyOf(path), ...lineAndColumn(shown, offset), facts },
      })),
    };
  };
  if (text.length > maxPolicyLength) return tooLargePolicy;
  const deep = tooDeepAt(shown);
  if (deep !== undefined) return refuse([{ code: 'wrongValue', path: [], offset: deep }]);

  const errors: ParseError[] = [];
  const root = parseTree(shown, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined || root === undefined) {
    const offset = error?.offset ?? 0;
    return refuse([{ code: 'notJson', path: getLocation(shown, offset).path.filter(step => step !== ''), offset }]);
  }
  const wrong: WrongKey[] = [];
  const parsed = z.safeParse(Policy, valueOf(root, [], wrong));
  const faults = [
    ...wrong,
    ...(parsed.success
      ? liftedCaps(parsed.data, root)
      : parsed.error.issues.slice(0, maxFaults).flatMap(issue => found(issue, root))),
  ];
  return parsed.success && faults.length === 0 ? { ok: true, policy: parsed.data } : refuse(faults);
}
