import { effectiveSeverity, type CaseSummary } from '../desk/case.ts';
import type { Draft } from '../desk/drafts.ts';
import type { CaseStatus } from '../desk/words.ts';
import type { Instant } from '../rules/decision.ts';
import { arranged, isolated, isolatedPart } from '../strings/bidi.ts';
import type { Strings } from '../strings/strings.ts';
import type { CaseTarget } from './caseTarget.ts';
import type { ItemText } from './node.ts';
import type { Times } from './times.ts';
import { joined, shownLine, shownPart } from './words.ts';

/** What every presenter needs: the sentences, the words for times, and the time it is. */
export interface Telling {
  readonly strings: Strings;
  readonly times: Times;
  readonly now: Instant;
}

const icons = {
  draft: { id: 'edit' },
  open: { id: 'circle-large-outline' },
  actionRequired: { id: 'bell-dot', color: 'list.warningForeground' },
  waitingForSupport: { id: 'watch' },
  resolved: { id: 'pass' },
  closed: { id: 'pass-filled' },
  reopened: { id: 'history' },
} as const satisfies Record<CaseStatus, ItemText['icon']>;
const overdueIcon = { id: 'warning', color: 'list.warningForeground' } as const;

/** What is said of a target: short beside a title, in full in the tooltip and to a screen reader. */
interface TargetWords {
  readonly short?: string;
  readonly full?: string;
}

function targetWords(target: CaseTarget, { strings, times, now }: Telling): TargetWords {
  if (target.kind === 'none') return {};
  const time = times.moment(target.due, now, target.zone);
  const reading = strings.t(`reading.${target.reading}`);
  switch (target.state) {
    case 'running':
      return {
        short: strings.t('view.target.due', { time }),
        full: strings.t('view.target.due.full', { time, reading }),
      };
    case 'pastOneReading':
      return {
        short: strings.t('view.target.pastOneReading'),
        full: strings.t('view.target.pastOneReading.full', { time, reading }),
      };
    case 'overdue':
      return {
        short: strings.t('view.target.overdue', { time }),
        full: strings.t('view.target.overdue.full', { time, reading }),
      };
    case 'met':
      return { full: strings.t('view.target.met') };
    case 'metLate':
      return { full: strings.t('view.target.metLate') };
  }
}

/** How a case is told in the tree, besides the case itself. */
export interface CaseTelling extends Telling {
  readonly target: CaseTarget;
  /** Whether the offer names its severities. */
  readonly severityNames: boolean;
  /** Whether the group leaves open in which status its cases are. */
  readonly showStatus: boolean;
}

/** A case as a row of the tree: title first, then what is due, severity and number. */
export function presentCase(of: CaseSummary, telling: CaseTelling): ItemText {
  const { strings, times, now, target } = telling;
  const severity = effectiveSeverity(of);
  const status = strings.t(`status.${of.status}`);
  const due = targetWords(target, telling);
  const number = `#${of.number}`;
  const title = shownLine(of.title);
  const name = severity !== undefined && telling.severityNames ? strings.t(`severity.word.${severity}`) : undefined;
  const severityText = joined(', ', [strings.t(`severity.${severity ?? 'none'}`), name]);
  const opened = strings.t('view.case.opened', { distance: times.distance(of.openedAt, now) });
  const desk = of.desk === undefined ? undefined : shownPart(of.desk, strings);
  const service = of.service === '' ? undefined : shownPart(of.service, strings);
  const vendorNumber =
    of.vendorNumber === undefined
      ? undefined
      : strings.t('view.case.vendorNumber', { number: isolated(shownLine(of.vendorNumber)) });
  return {
    label: shownPart(of.title, strings),
    description: arranged(' · ', [due.short, severity, telling.showStatus ? status : undefined, number, desk], strings),
    // Put into words when someone points at the row.
    get tooltip() {
      return arranged(
        '\n',
        [
          title,
          arranged(' · ', [number, status, severityText], strings),
          due.full,
          arranged(' · ', [service, strings.t(`category.${of.category}`)], strings),
          strings.t(`profile.${of.profile}`),
          desk,
          vendorNumber,
          opened,
          strings.t('view.case.changed', { distance: times.distance(of.updatedAt, now) }),
          arranged(
            ' · ',
            [
              of.notes > 0 ? strings.plural('view.case.notes', of.notes) : undefined,
              of.files > 0 ? strings.plural('view.case.files', of.files) : undefined,
            ],
            strings,
          ),
        ],
        strings,
      );
    },
    icon: target.kind === 'due' && target.state === 'overdue' ? overdueIcon : icons[of.status],
    // What asks for something comes first; the reading of the target is in the tooltip.
    accessibility: joined(', ', [
      title,
      status,
      due.short ?? due.full,
      severityText,
      strings.t('view.case.number', { number: of.number }),
      of.desk === undefined ? undefined : shownLine(of.desk),
      opened,
    ]),
  };
}

/** A draft as a row of the tree. */
export function presentDraft({ content, updatedAt }: Draft, { strings, times, now }: Telling): ItemText {
  const title = shownLine(content.title) || strings.t('view.draft.untitled');
  const changed = strings.t('view.draft.changed', { distance: times.distance(updatedAt, now) });
  const severity = content.severity === undefined ? undefined : strings.t(`severity.${content.severity}`);
  return {
    label: shownPart(content.title, strings) || isolatedPart(title, strings),
    description: arranged(' · ', [strings.t('status.draft'), content.severity], strings),
    tooltip: arranged(
      '\n',
      [
        title,
        arranged(' · ', [strings.t('status.draft'), severity], strings),
        arranged(' · ', [shownPart(content.service, strings), strings.t(`category.${content.category}`)], strings),
        changed,
      ],
      strings,
    ),
    icon: icons.draft,
    accessibility: joined(', ', [title, strings.t('status.draft'), severity, changed]),
  };
}
