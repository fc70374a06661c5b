/** Runs of each property: 10,000, or as many as `CASEBOOK_RUNS` says (mutation testing takes fewer). */
export const runs = { numRuns: Number(process.env['CASEBOOK_RUNS'] ?? 10_000) };
