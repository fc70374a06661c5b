import { arranged } from '../strings/bidi.ts';
import type { Strings } from '../strings/strings.ts';
import type { Standing } from './standing.ts';

/** The texts of the status bar item. */
export interface StatusText {
  readonly name: string;
  readonly text: string;
  readonly tooltip: string;
  readonly accessibility: string;
}

/** What the status bar item says; undefined hides it, when nothing needs the user and nothing waits. */
export function statusText({ needsYou, waiting }: Standing, strings: Strings): StatusText | undefined {
  if (needsYou + waiting === 0) return undefined;
  const number = new Intl.NumberFormat(strings.language);
  const words = [
    ...(needsYou > 0 ? [strings.plural('view.badge', needsYou)] : []),
    ...(waiting > 0 ? [strings.plural('view.waiting', waiting)] : []),
  ];
  return {
    name: strings.t('view.status.name'),
    text: `$(inbox) ${number.format(needsYou)} · ${number.format(waiting)}`,
    tooltip: arranged('\n', [...words, strings.t('view.status.focus')], strings),
    accessibility: `Casebook: ${words.join(', ')}`,
  };
}
