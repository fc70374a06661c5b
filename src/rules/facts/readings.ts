import type { FactRow } from '../facts.ts';

/** How Casebook reads what the documents leave open. */
export const readingFacts = [
  ['A-01', 'targets'],
  ['A-02', 'targets'],
  ['A-03', 'hours'],
  ['A-04', 'severity'],
  ['A-05', 'targets'],
  ['A-06', 'hours'],
  ['A-07', 'hours'],
  ['A-08', 'eligibility'],
  ['A-09', 'eligibility'],
  ['A-10', 'severity'],
  ['A-11', 'severity'],
  ['A-12', 'severity', 'A severity read from a text is a suggestion with its words; a person decides.'],
  ['A-13', 'severity', 'A how-to question is severity C at most.'],
  ['A-14', 'targets', 'Standard severity C of 2013 has no target.'],
  ['A-15', 'targets'],
  ['A-16', 'targets'],
  ['A-17', 'lifecycle', 'Closing a dialog and closing a request are two commands.'],
  ['A-18', 'phone', 'The code of a phone check is never stored or asked for.'],
  ['A-19', 'links'],
  ['A-20', 'eligibility'],
  ['A-21', 'health', 'Health first is a soft gate: show the incident, ask to confirm, keep the answer.'],
] as const satisfies readonly FactRow[];
