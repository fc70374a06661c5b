/** What a person writes whatever the offer. */
export const writtenFields = ['service', 'title', 'text', 'impact', 'resource', 'contact'] as const;
/** What some offers ask a person to write besides. */
export const detailTexts = ['phone', 'email', 'licenceId', 'agreementNumber'] as const;
/** The texts a person types on the New case page. */
export const typedFields = [...writtenFields, ...detailTexts] as const;
export type TypedField = (typeof typedFields)[number];

/** Everything on the page that can be wrong; each has an element with this id. */
export const problemFields = [
  ...typedFields,
  'profile',
  'plan',
  'desk',
  'category',
  'contactMethod',
  'severity',
  'severityA',
  'health',
  'files',
  'page',
] as const;
export type ProblemField = (typeof problemFields)[number];
