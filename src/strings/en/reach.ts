/** What is told to those who do not see it. */
export const reach = {
  'page.case.noted': 'It is on the timeline.',
} as const;
