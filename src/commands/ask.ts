import { limits } from '../desk/text.ts';
import { notify } from '../host/notify.ts';
import { safeText, type SafeText } from '../host/safeText.ts';
import type { Key, Strings } from '../strings/strings.ts';

/** A question for one line of text. */
export interface Question {
  readonly title: Key;
  readonly prompt: Key;
  readonly required: boolean;
  readonly value?: string;
  readonly longest?: number;
}

/** Why a text cannot be used; undefined when it can. */
export function textProblem(strings: Strings, value: string, required: boolean, longest: number): SafeText | undefined {
  if (required && value.trim() === '') return safeText(strings, 'error.field.required');
  if (value.trim().length > longest) return safeText(strings, 'error.field.tooLong', { limit: longest });
  return undefined;
}

/** Asks for one line of text; undefined when the user turns away, trimmed otherwise. */
export async function askText(strings: Strings, question: Question): Promise<string | undefined> {
  const { title, prompt, required, value, longest = limits.note } = question;
  const text = await notify.input({
    title: strings.lookup(title) ?? title,
    prompt: safeText(strings, prompt),
    ...(value === undefined ? {} : { value }),
    validate: typed => textProblem(strings, typed, required, longest),
  });
  return text?.trim();
}
