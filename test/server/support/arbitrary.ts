import * as fc from 'fast-check';

/** As much of JSON Schema as the description of the desk uses. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

const hostile = fc.constantFrom(
  ...[
    '',
    ' ',
    '\0',
    '\ud800',
    '\u202e',
    '__proto__',
    "'; DROP TABLE cases; --",
    '../../desk.sqlite',
    '%00',
    '<script>',
  ],
  ...['$(x)', '{{x}}', 'x'.repeat(300), 'é'.repeat(201), '1e999', '-0', 'null', 'true', '[]', 'שלום'],
);

function texts({ format, pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid();
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const text = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 60) });
  return fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: hostile });
}

/** Values that a schema describes. */
export function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  const several = schema.oneOf ?? schema.anyOf;
  if (several) return fc.oneof(...several.map(valuesOf));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return texts(schema);
    case 'integer':
    case 'number': {
      const { minimum = -10, exclusiveMinimum = minimum - 1, maximum = 2 ** 53 } = schema;
      const from = Math.max(minimum, exclusiveMinimum + 1, -10);
      return fc.integer({ min: from, max: Math.min(maximum, from + 1_000) });
    }
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), { maxLength: Math.min(schema.maxItems ?? 3, 3) });
    case 'object': {
      const { properties = {}, required = [] } = schema;
      const members = Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, valuesOf(of)]));
      return fc.record(members, { requiredKeys: required.filter(name => name in members) });
    }
    case undefined:
    default:
      return fc.jsonValue();
  }
}

/** The value, or one that went wrong somewhere. */
export function mutated(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const other = fc.oneof(hostile, fc.jsonValue(), fc.constant(undefined));
  const broken = fc.tuple(value, fc.nat(), other, fc.string()).map(([good, at, bad, name]) => {
    if (typeof good !== 'object' || good === null) return bad;
    const names = [...Object.keys(good), name];
    return { ...good, [names[at % names.length] ?? name]: bad };
  });
  return fc.oneof({ weight: 3, arbitrary: value }, { weight: 2, arbitrary: broken }, { weight: 1, arbitrary: other });
}
