/** Values that are safe in a log: codes, counts and times, never what people wrote. */
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;
export interface Log {
  info(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
}

/** Writes a line of JSON for each event. */
export function createLog(write: (line: string) => void, now: () => number): Log {
  const line = (level: string, event: string, fields: Fields = {}): void =>
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, event, ...fields })}\n`);
  return {
    info: (event, fields) => line('info', event, fields),
    error: (event, fields) => line('error', event, fields),
  };
}

/** What of an error can be logged: its kind, its code and where it was thrown. A message may quote what a person wrote. */
export function faultFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { kind: typeof error };
  const places = error.stack?.split('\n').filter(line => /^\s+at /.test(line)) ?? [];
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return {
    kind: error.name,
    ...code,
    at: places
      .slice(0, 3)
      .map(place => place.trim())
      .join(' < '),
  };
}
