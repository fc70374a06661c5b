import type { CaseSummary } from '../desk/case.ts';
import type { Severity } from '../rules/profile.ts';
import { profiles } from '../rules/profiles/index.ts';
import { severityChoices, type SeverityClosed, type SeverityContext } from '../rules/severity.ts';
import type { Strings } from '../strings/strings.ts';
import type { Row } from './choose.ts';

/** A severity to choose, or the reason why it is closed here. */
export type SeverityAnswer =
  | { readonly open: true; readonly severity: Severity }
  | { readonly open: false; readonly code: SeverityClosed; readonly cap: Severity };

/** The severities of a case's offer: open ones with their meaning, closed ones with the reason. Facts: C-22 to C-24. */
export function severityRows(
  of: CaseSummary,
  present: Severity | undefined,
  team: Omit<SeverityContext, 'category'>,
  strings: Strings,
): readonly Row<SeverityAnswer>[] {
  return severityChoices({ ...team, category: of.category }, profiles[of.profile]).map(
    (choice): Row<SeverityAnswer> => {
      const { severity } = choice;
      const label = strings.t(`severity.${severity}`);
      if (!choice.open) {
        const { code, cap } = choice;
        const description = strings.t('command.severity.closed');
        return { label, description, detail: strings.t(`rule.${code}`, { cap }), value: { open: false, code, cap } };
      }
      const meaning = strings.lookup(`severity.means.${of.profile}.${severity}`);
      return {
        label,
        ...(severity === present ? { description: strings.t('command.present') } : {}),
        ...(meaning === undefined ? {} : { detail: meaning }),
        value: { open: true, severity },
      };
    },
  );
}
