import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { fail, ok, type Result } from '../desk/errors.ts';

/** Why a text is no phone number: no country can be told, or no number of that country looks like it. */
export type PhoneFault = 'phoneCountry' | 'phoneImpossible';
interface Fault {
  readonly code: PhoneFault;
}
/** Reads a phone number; `country` (ISO 3166-1 alpha-2, or empty) is where one without a country code belongs. */
export type PhoneReader = (text: string, country: string) => Result<string, Fault>;

/** The number with its country code, spaced as people write it. Only numbers that cannot be are refused. Facts: G-16, V-05. */
export const readPhone: PhoneReader = (text, country) => {
  const known = isSupportedCountry(country) ? country : undefined;
  if (known === undefined && !text.trim().startsWith('+')) return fail({ code: 'phoneCountry' });
  const number = parsePhoneNumberFromString(text, known);
  return number?.isPossible() ? ok(number.formatInternational()) : fail({ code: 'phoneImpossible' });
};
