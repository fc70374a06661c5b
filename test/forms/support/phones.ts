/** What people type as a phone number, the country it is typed in, and how it is read. */
export const phones: readonly (readonly [text: string, country: string, read: string])[] = [
  ['+420555010020', '', '+420 555 010 020'],
  [' +86 400-089-0365 ', '', '+86 400 089 0365'],
  ['555 010 020', 'CZ', '+420 555 010 020'],
  ['0171 555-0147', 'GB', '+44 171 555 0147'],
  ['(202) 555-0147', 'US', '+1 202 555 0147'],
  ['2025550147', 'US', '+1 202 555 0147'],
  ['+1 202 555 0147 ext. 12', '', '+1 202 555 0147 ext. 12'],
  ['55 50 10 020', 'CZ', '+420 55 50 10 020'],
  ['٥٥٥ ٠١٠ ٠٢٠', 'CZ', '+420 555 010 020'],
  ['555 010 020', '', 'phoneCountry'],
  ['555 010 020', 'XX', 'phoneCountry'],
  ['+420 12', '', 'phoneImpossible'],
  ['+999 555 010 020', '', 'phoneImpossible'],
  ['call me', 'CZ', 'phoneImpossible'],
  ['<b>1</b>', 'CZ', 'phoneImpossible'],
  ['1'.repeat(100_000), 'CZ', 'phoneImpossible'],
];
