import type { CaseQuery } from '../desk/desk.ts';
import { deskStatuses, type DeskStatus } from '../desk/words.ts';
import type { Run } from '../host/commandMap.ts';
import { severities, type Severity } from '../rules/profile.ts';
import type { Strings } from '../strings/strings.ts';
import { askText } from './ask.ts';
import { chooseMany, quoted, type Row } from './choose.ts';

type Part =
  | { readonly of: 'status'; readonly status: DeskStatus }
  | { readonly of: 'severity'; readonly severity: Severity | 'none' }
  | { readonly of: 'service'; readonly service: string };

function rowsOf(strings: Strings, services: readonly string[], filter: CaseQuery): readonly Row<Part>[] {
  return [
    ...deskStatuses.map((status): Row<Part> => ({
      label: strings.t(`status.${status}`),
      description: strings.t('command.group.status'),
      picked: filter.status?.includes(status) ?? false,
      value: { of: 'status', status },
    })),
    ...[...severities, 'none' as const].map((severity): Row<Part> => ({
      label: strings.t(`severity.${severity}`),
      description: strings.t('command.group.severity'),
      picked: filter.severity?.includes(severity) ?? false,
      value: { of: 'severity', severity },
    })),
    ...services.map((service): Row<Part> => ({
      label: quoted(service),
      description: strings.t('command.group.service'),
      picked: filter.service === service,
      value: { of: 'service', service },
    })),
  ];
}

/** The filter made of a text and the parts chosen; parts of one kind widen, kinds narrow. */
export function filterOf(text: string, parts: readonly Part[]): CaseQuery {
  const status = parts.flatMap(part => (part.of === 'status' ? [part.status] : []));
  const severity = parts.flatMap(part => (part.of === 'severity' ? [part.severity] : []));
  // A query names one service: the last one chosen holds.
  const service = parts.findLast(part => part.of === 'service')?.service;
  return {
    ...(text === '' ? {} : { text }),
    ...(status.length > 0 ? { status } : {}),
    ...(severity.length > 0 ? { severity } : {}),
    ...(service === undefined ? {} : { service }),
  };
}

/** Asks for words first, then for status, severity and service; turning away at either leaves the filter as it was. */
export const run: Run = async services => {
  const strings = await services.strings();
  const filter = services.look.filter();
  const text = await askText(strings, {
    title: 'command.filter.title',
    prompt: 'command.filter.text',
    required: false,
    value: filter.text ?? '',
    longest: 200,
  });
  if (text === undefined) return;
  const { settings } = await services.settings();
  const opened = await services.desk();
  const counted = opened.ok ? await opened.value.count({}, 'service') : opened;
  const used = counted.ok ? counted.value.map(({ value }) => value) : [];
  const known = [...new Set([...settings.services, ...used])].filter(service => service !== '');
  const parts = await chooseMany(strings.t('command.filter.more'), rowsOf(strings, known, filter));
  if (parts !== undefined) services.look.setFilter(filterOf(text, parts));
};
