// The closed word lists of the domain. They stand apart from the zod schemas so that what runs at activation need not load zod.

/** Where a case stands, as a desk can hold it. */
export const deskStatuses = ['open', 'actionRequired', 'waitingForSupport', 'resolved', 'closed', 'reopened'] as const;
export type DeskStatus = (typeof deskStatuses)[number];

/** A draft exists on disk only: a desk never holds one. */
export type CaseStatus = 'draft' | DeskStatus;

/** Everything that can be done to a filed case. */
export const actionKinds = [
  'annotate',
  'answer',
  'requestInformation',
  'recordFirstResponse',
  'recordVendorNumber',
  'changeSeverity',
  'resolve',
  'close',
  'reopen',
] as const;
export type ActionKind = (typeof actionKinds)[number];

/** Exactly two closing reasons (E-10). */
export const closeReasons = ['solved', 'noLongerNeeded'] as const;

/** The clouds of Microsoft's whose service health can be read; what each is, `connectors/graph/clouds.ts` says. */
export const cloudIds = ['worldwide', 'usGovL4', 'usGovL5', 'china'] as const;
export type CloudId = (typeof cloudIds)[number];
