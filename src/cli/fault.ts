import type { Strings } from '../strings/strings.ts';
import type { en } from '../strings/en/index.ts';

type Tail<K> = K extends `cli.bad.${infer Name}` ? Name : never;
/** What can be wrong with a call or its input; each has a sentence, `cli.bad.<code>`. */
export type FaultCode = Tail<keyof typeof en>;

/** Bad use or bad input, as a value: which sentence, and what stands in it. */
export interface Fault {
  readonly code: FaultCode;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Ends a command with the fault found underneath it; only `main` and the batch catch it. */
export class BadUse extends Error {
  readonly fault: Fault;
  constructor(code: FaultCode, values: Fault['values'] = {}) {
    super(code);
    this.fault = { code, values };
  }
}

/** The one sentence about a fault. */
export function sayFault(strings: Strings, { code, values }: Fault): string {
  const { fault, facts = '' } = values;
  const why = fault === undefined ? undefined : strings.lookup(`policy.fault.${fault}`, { facts });
  return strings.lookup(`cli.bad.${code}`, why === undefined ? values : { ...values, why }) ?? code;
}
