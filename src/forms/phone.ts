import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/core/es6';
import metadata from 'libphonenumber-js/min/metadata';
import { fail, ok, type Result } from '../desk/errors.ts';

/** Why a text is no phone number: no country can be told, or no number of that country looks like it. */
export type PhoneFault = 'phoneCountry' | 'phoneImpossible';
interface Fault {
  readonly code: PhoneFault;
}
/** Reads a phone number; `country` (ISO 3166-1 alpha-2, or empty) is where one without a country code belongs. */
export type PhoneReader = (text: string, country: string) => Result<string, Fault>;

/** The digits of a number in the groups they were typed in, or by threes where they were typed without. */
function spaced(national: string, typed: string): string {
  const groups: string[] = [];
  let left = national;
  for (const group of typed.match(/\d+/g)?.toReversed() ?? []) {
    if (left === '' || !left.endsWith(group.slice(-left.length))) break;
    groups.unshift(group.slice(-left.length));
    left = left.slice(0, -group.length);
  }
  const all = left === '' && groups.length > 1 ? groups : national.match(/\d{3}(?!\d$)|\d+/g);
  return (all ?? []).join(' ');
}

/** The number with its country code, spaced to be read back. Only numbers that cannot be are refused. Facts: G-16, V-05. */
export const readPhone: PhoneReader = (text, country) => {
  const known = getCountries(metadata).find(one => one === country);
  if (known === undefined && !text.trim().startsWith('+')) return fail({ code: 'phoneCountry' });
  const number = parsePhoneNumberFromString(text, known === undefined ? {} : { defaultCountry: known }, metadata);
  if (!number?.isPossible()) return fail({ code: 'phoneImpossible' });
  const extension = number.ext === undefined ? '' : ` ext. ${number.ext}`;
  const typed = number.ext === undefined ? text : text.slice(0, text.lastIndexOf(number.ext));
  return ok(`+${number.countryCallingCode} ${spaced(number.nationalNumber, typed)}${extension}`);
};
