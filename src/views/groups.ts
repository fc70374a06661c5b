/** Tells the groups of the Service health view from those of the cases. */
export const ofHealth = 'health/';
