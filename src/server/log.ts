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

/** Lines go to `write` together with those of the same turn of the event loop; call `now` where there is no other turn. */
export function gatherLines(write: (lines: string) => void): { readonly add: (line: string) => void; now(): void } {
  let lines = '';
  const now = (): void => {
    if (lines !== '') write(lines);
    lines = '';
  };
  const add = (line: string): void => {
    if (lines === '') setImmediate(now);
    lines += line;
  };
  return { add, now };
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
