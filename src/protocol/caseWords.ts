/** What of the timeline is shown; apart from the schemas, so that a page's first paint need not load them. */
export const timelineFilters = ['all', 'notes', 'files', 'status', 'severity'] as const;
export type TimelineFilter = (typeof timelineFilters)[number];
