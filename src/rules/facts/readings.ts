import type { FactRow } from '../facts.ts';

/** How Casebook reads what the documents leave open. */
export const readingFacts = [
  [
    'A-01',
    'A business day has named readings: supportDay, weekday, endOfWeekday; overdue is said after the latest only.',
    'targets',
  ],
  ['A-02', 'The clock starts at opening, or when support is next open.', 'targets'],
  ['A-03', 'Hours are half-open; 24:00 is the next 00:00 and closed.', 'hours'],
  ['A-04', 'Severity A is elapsed time; without the agreement B is offered, never A sent silently.', 'severity'],
  ['A-05', 'Billing and pre-sales have no target.', 'targets'],
  ['A-06', 'Business hours without clock times are computed only once a team has set them.', 'hours'],
  ['A-07', 'Billing hours outside China are local to the chosen country.', 'hours'],
  ['A-08', 'The rule about direct purchase holds for the worldwide offer only.', 'eligibility'],
  ['A-09', 'Any administrator role may file.', 'eligibility'],
  ['A-10', 'A lower severity is warned about and never computed.', 'severity'],
  ['A-11', "The filer's severity is a proposal; the desk's wins.", 'severity'],
  ['A-12', 'A severity read from a text is a suggestion with its words; a person decides.', 'severity'],
  ['A-13', 'A how-to question is severity C at most.', 'severity'],
  ['A-14', 'Standard severity C of 2013 has no target.', 'targets'],
  ['A-15', 'The hours of 2013 are elapsed hours.', 'targets'],
  ['A-16', 'An unknown plan of 2013 has no target.', 'targets'],
  ['A-17', 'Closing a dialog and closing a request are two commands.', 'lifecycle'],
  ['A-18', 'The code of a phone check is never stored or asked for.', 'phone'],
  ['A-19', 'The form for volume licensing has no known address; a team can set one.', 'links'],
  ['A-20', 'Nothing is said about trials in the worldwide offer, so no rule is applied.', 'eligibility'],
  ['A-21', 'Health first is a soft gate: show the incident, ask to confirm, keep the answer.', 'health'],
] as const satisfies readonly FactRow[];
