import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import type { Severity } from '../rules/profile.ts';
import { askText } from './ask.ts';
import { choose } from './choose.ts';
import { say } from './say.ts';
import { severityRows } from './severityRows.ts';
import { caseFor, type AtCase } from './target.ts';
import { act } from './write.ts';

const title = 'command.severity.title';
type Side = 'proposed' | 'set';

/** Whose decision it is: the filer's proposal, or what support set (C-16). Asked only of who may say both. */
async function askSide({ desk, strings, case: { id: caseId } }: AtCase): Promise<Side | undefined> {
  const { roles } = desk.capabilities({ caseId });
  const sides: Side[] = [
    ...(roles.includes('requester') ? ['proposed' as const] : []),
    ...(roles.includes('agent') ? ['set' as const] : []),
  ];
  if (sides.length < 2) return sides[0];
  const rows = sides.map(value => ({
    label: strings.t(`command.severity.${value}`),
    detail: strings.t(`command.severity.${value}.detail`),
    value,
  }));
  return choose(strings.t('command.severity.side.title'), rows);
}

async function askSeverity({ services, strings, case: detail }: AtCase, side: Side): Promise<Severity | undefined> {
  const { advancedAgreement, highestSeverity } = (await services.settings()).settings;
  // A team caps what its own people propose, not what support sets.
  const team = side === 'set' ? { advancedAgreement } : { advancedAgreement, highestSeverity };
  const present = side === 'set' ? detail.severitySet : detail.severityProposed;
  const rows = severityRows(detail, present, team, strings);
  if (rows.length === 0) {
    say.info(safeText(strings, 'command.severity.none'));
    return undefined;
  }
  const answer = await choose(strings.t(title), rows);
  if (answer === undefined) return undefined;
  if (!answer.open) {
    say.warn(safeText(strings, `rule.${answer.code}`, { cap: answer.cap }));
    return undefined;
  }
  return answer.severity === present ? undefined : answer.severity;
}

/** Proposes another severity, or records the one support set. Severity A is asked for twice. */
export const run: Run = async (services, argument) => {
  const at = await caseFor(services, argument, title, 'changeSeverity');
  if (at === undefined) return;
  const { strings } = at;
  const side = await askSide(at);
  if (side === undefined) return;
  const severity = await askSeverity(at, side);
  if (severity === undefined) return;
  if (severity === 'A') {
    const yes = { label: safeText(strings, 'command.severity.chooseA'), value: true };
    const detail = strings.t('command.severity.confirmA.detail');
    if (!(await notify.confirm(safeText(strings, 'command.severity.confirmA'), detail, yes))) return;
  }
  const text = await askText(strings, { title, prompt: 'command.severity.note', required: false });
  if (text !== undefined) await act(at, { kind: 'changeSeverity', severity, side, text });
};
