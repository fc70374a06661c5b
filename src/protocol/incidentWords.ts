/** How many days a history goes back; apart from the schemas, so that a page's first paint need not load them. */
export const spans = [7, 30] as const;
export type Span = (typeof spans)[number];
