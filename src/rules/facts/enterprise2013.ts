import type { FactRow } from '../facts.ts';

/** Office 365 for enterprises, 2013. */
export const enterprise2013Facts = [
  ['E-01', 'introduction'],
  ['E-02', 'Service request', 'A request goes directly to a support representative.'],
  ['E-03', 'Service request', 'Describe the problem with as much information as possible.'],
  ['E-04', 'Service request', 'A representative answers by e-mail.'],
  ['E-05', 'Service request', 'Admin page, Support, Service requests, New request.'],
  ['E-06', 'Service request', 'Fill in the required fields, add what helps, attach files if needed, submit.'],
  ['E-07', 'Service request', 'Answer a request for information under "Assigned to you", status "Action required".'],
  ['E-08', 'Service request', 'See the status of earlier requests under "View".'],
  ['E-09', 'Service request', 'Add notes and files to a request; it is then updated.'],
  ['E-10', 'Service request', 'Close a request when the problem is solved or help is no longer needed.'],
  ['E-11', 'Phone', 'The phone number stands in the Support overview after signing in; the page may be in English.'],
  ['E-12', 'firstResponse'],
  ['E-13', 'firstResponse'],
  ['E-13a', 'firstResponse'],
  ['E-13b', 'firstResponse'],
  ['E-13c', 'firstResponse'],
  ['E-13d', 'firstResponse'],
  ['E-13e', 'firstResponse', 'Standard, C: handled at any time, no number stated.'],
  ['E-13f', 'firstResponse'],
  ['E-14', 'End of page', 'See also "Getting Office 365 support"; feedback about the article is welcome.'],
] as const satisfies readonly FactRow[];
