import type { Language } from '../strings/strings.ts';

const kilobyte = 1024;

/** A size in bytes as a person reads it, in the steps of 1024 that file managers use. */
export function showSize(bytes: number, language: Language): string {
  const [unitName, size] =
    bytes < kilobyte
      ? (['byte', bytes] as const)
      : bytes < kilobyte ** 2
        ? (['kilobyte', bytes / kilobyte] as const)
        : (['megabyte', bytes / kilobyte ** 2] as const);
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: unitName,
    // Only the long name of a byte has a plural.
    unitDisplay: unitName === 'byte' ? 'long' : 'short',
    maximumFractionDigits: 1,
  }).format(size);
}
