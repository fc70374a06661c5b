import * as z from 'zod/mini';
import { Policy } from './shape.ts';

const own: Readonly<Record<string, string>> = {
  version: 'The version of this format.',
};

/**
 * The JSON Schema of a policy file, for completion and hovers in an editor. VS Code translates no schema, so the
 * descriptions are the English ones: those of the settings with the same names, asked of `describe` by key.
 */
export function policySchema(describe: (key: string) => string | undefined): Record<string, unknown> {
  const { $schema, properties = {}, ...rest } = z.toJSONSchema(Policy, { target: 'draft-7', io: 'input' });
  const described = Object.entries(properties).map(([key, property]) => {
    const description = own[key] ?? describe(`setting.${key}`);
    return [key, typeof property === 'object' && description !== undefined ? { description, ...property } : property];
  });
  return {
    $schema,
    title: 'Team policy of Casebook',
    ...rest,
    allowComments: true,
    allowTrailingCommas: true,
    properties: Object.fromEntries(described),
  };
}
