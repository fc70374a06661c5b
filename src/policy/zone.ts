/** What a team says of where it calls: the zone itself, or a country that may have only one. */
interface Place {
  readonly supportZone?: string | undefined;
  readonly supportCountry?: string | undefined;
}

// The library of types does not know it yet, and older engines have it as a property.
type ZonesOfLocale = Intl.Locale & { readonly timeZones?: readonly string[]; getTimeZones?(): readonly string[] };

/**
 * The IANA zone in which support for the team works, where the documents say "local": as stated, else the zone of its
 * country, undefined where that has several. Facts: G-20, A-07.
 */
export function supportZoneOf({ supportZone, supportCountry }: Place): string | undefined {
  if (supportZone) return supportZone;
  if (!supportCountry) return undefined;
  const locale: ZonesOfLocale = new Intl.Locale('und', { region: supportCountry });
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  return zones.length === 1 ? zones[0] : undefined;
}
