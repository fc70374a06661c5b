/** What a command was called with. Anything but the few forms below is `unknown`, and then the command does nothing. */
export type Argument =
  /** From the palette or a keybinding: the command asks. */
  | { readonly kind: 'none' }
  | { readonly kind: 'case'; readonly caseId: string; readonly sha256?: string }
  | { readonly kind: 'draft'; readonly draftId: string }
  /** The unsent note of a case. */
  | { readonly kind: 'note'; readonly caseId: string }
  | { readonly kind: 'unsent'; readonly unsentId: string }
  | { readonly kind: 'incident'; readonly incidentId: string }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'setting'; readonly setting: string }
  | { readonly kind: 'desk'; readonly desk: string }
  /** Of service health: a source, one of its services, or what it tells of. */
  | { readonly kind: 'source'; readonly source: string }
  | { readonly kind: 'service'; readonly source?: string; readonly service: string }
  | { readonly kind: 'issue' | 'notice'; readonly source: string; readonly id: string }
  | { readonly kind: 'unknown' };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const hash = /^[0-9a-f]{64}$/;
// The longest is a group of service health: an origin, and the name of a service.
const longest = 900;

function textOf(value: object, name: string): string | undefined {
  // Only plain data counts: a getter of another extension would run at a time of its own choosing.
  const found = Object.getOwnPropertyDescriptor(value, name)?.value as unknown;
  return typeof found === 'string' && found.length <= longest ? found : undefined;
}

/**
 * Reads the argument of a command: a node of our trees or what our pages send. Other extensions can call our commands
 * with anything, so nothing is taken but an opaque id; what happens to it is always asked of the user.
 */
export function parseArgument(argument: unknown): Argument {
  if (argument === undefined || argument === null) return { kind: 'none' };
  if (typeof argument !== 'object') return { kind: 'unknown' };
  try {
    const [noteOf, unsentId, caseId, draftId, incidentId] = [
      textOf(argument, 'noteOf'),
      textOf(argument, 'unsentId'),
      textOf(argument, 'caseId'),
      textOf(argument, 'draftId'),
      textOf(argument, 'incidentId'),
    ];
    if (noteOf !== undefined && uuid.test(noteOf)) return { kind: 'note', caseId: noteOf };
    // A row of something unsent may name its case as well.
    if (unsentId !== undefined && uuid.test(unsentId)) return { kind: 'unsent', unsentId };
    if (caseId !== undefined && uuid.test(caseId)) {
      const sha256 = textOf(argument, 'sha256');
      return sha256 !== undefined && hash.test(sha256) ? { kind: 'case', caseId, sha256 } : { kind: 'case', caseId };
    }
    if (draftId !== undefined && uuid.test(draftId)) return { kind: 'draft', draftId };
    if (incidentId !== undefined && uuid.test(incidentId)) return { kind: 'incident', incidentId };
    const group = textOf(argument, 'group');
    if (group !== undefined) return { kind: 'group', group };
    const setting = textOf(argument, 'setting');
    if (setting !== undefined) return { kind: 'setting', setting };
    const desk = textOf(argument, 'desk');
    if (desk !== undefined) return { kind: 'desk', desk };
    const [source, service] = [textOf(argument, 'source'), textOf(argument, 'service')];
    for (const kind of source === undefined ? [] : (['issue', 'notice'] as const)) {
      const id = textOf(argument, `${kind}Id`);
      if (source !== undefined && id !== undefined) return { kind, source, id };
    }
    if (service !== undefined) return { kind: 'service', ...(source !== undefined && { source }), service };
    if (source !== undefined) return { kind: 'source', source };
  } catch {
    // A proxy that throws is an argument like any other that does not hold.
  }
  return { kind: 'unknown' };
}
