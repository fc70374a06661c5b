import type { FactRow } from '../facts.ts';

/** Office 365 for enterprises, 2013. */
export const enterprise2013Facts = [
  [
    'E-01',
    'An administrator gets help with technical problems online by a service request, or by phone.',
    'Introduction',
  ],
  ['E-02', 'A request goes directly to a support representative.', 'Service request'],
  ['E-03', 'Describe the problem with as much information as possible.', 'Service request'],
  ['E-04', 'A representative answers by e-mail.', 'Service request'],
  ['E-05', 'Admin page, Support, Service requests, New request.', 'Service request'],
  ['E-06', 'Fill in the required fields, add what helps, attach files if needed, submit.', 'Service request'],
  ['E-07', 'Answer a request for information under "Assigned to you", status "Action required".', 'Service request'],
  ['E-08', 'See the status of earlier requests under "View".', 'Service request'],
  ['E-09', 'Add notes and files to a request; it is then updated.', 'Service request'],
  ['E-10', 'Close a request when the problem is solved or help is no longer needed.', 'Service request'],
  ['E-11', 'The phone number stands in the Support overview after signing in; the page may be in English.', 'Phone'],
  ['E-12', 'The initial response time depends on severity and on the type of subscription.', 'Initial response'],
  [
    'E-13',
    'A: a service cannot be used. B: usable but degraded. C: important, no particular effect now.',
    'Initial response',
  ],
  ['E-13a', 'Standard, A: within 1 hour, around the clock.', 'Initial response'],
  ['E-13b', 'Premium, A: within 1 hour at any time.', 'Initial response'],
  ['E-13c', 'Standard, B: within 8 hours, around the clock.', 'Initial response'],
  ['E-13d', 'Premium, B: within 2 hours at any time.', 'Initial response'],
  ['E-13e', 'Standard, C: handled at any time, no number stated.', 'Initial response'],
  ['E-13f', 'Premium, C: within 4 hours at any time.', 'Initial response'],
  ['E-14', 'See also "Getting Office 365 support"; feedback about the article is welcome.', 'End of page'],
] as const satisfies readonly FactRow[];
