import { cleanLine } from '../desk/clean.ts';
import { isolated, isolatedPart } from '../strings/bidi.ts';
import type { Strings } from '../strings/strings.ts';

const longest = 50;

/** What a person wrote, as a part of the title of a tab: cut, clean, and in a Hebrew title with its own direction. */
export function titlePart(text: string, { direction }: Pick<Strings, 'direction'>): string {
  const line = cleanLine(text.slice(0, longest));
  return direction === 'rtl' && line !== '' ? isolated(line) : line;
}

/** The title of a tab, which stands in a row that reads from left to right; at the practice desk it says so. */
export function tabTitle(title: string, strings: Strings, practice: boolean): string {
  const whole = practice ? strings.t('practice.tab', { title }) : title;
  return strings.direction === 'rtl' ? isolatedPart(whole, strings) : whole;
}
