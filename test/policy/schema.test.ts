import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import { policyFiles, readPolicy } from '../../src/policy/policy.ts';
import { policySchema } from '../../src/policy/schema.ts';
import { Policy } from '../../src/policy/shape.ts';

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const texts = z.parse(z.record(z.string(), z.string()), readJson('package.nls.json'));
const Contribution = z.object({ fileMatch: z.string(), url: z.string() });
const Manifest = z.object({ contributes: z.object({ jsonValidation: z.array(Contribution) }) });

describe('the JSON Schema of a policy', () => {
  const schema = policySchema(key => texts[key]);

  it('is what the editor is given (npm run docs)', () => {
    assert.deepEqual(readJson('media/policy.schema.json'), schema);
  });

  it('is contributed for every name a policy file can have', () => {
    const { jsonValidation } = z.parse(Manifest, readJson('package.json')).contributes;
    const url = './media/policy.schema.json';
    assert.deepEqual(
      jsonValidation,
      policyFiles.map(fileMatch => ({ fileMatch, url })),
    );
  });

  it('describes every key and knows no other', () => {
    const Described = z.object({ description: z.string().check(z.minLength(10)) });
    const { properties, additionalProperties } = z.parse(
      z.object({ properties: z.record(z.string(), Described), additionalProperties: z.literal(false) }),
      schema,
    );
    assert.equal(additionalProperties, false);
    assert.deepEqual(Object.keys(properties).sort(), Object.keys(Policy.def.shape).sort());
  });
});

describe('the example workspace', () => {
  it('has a policy that can be read', () => {
    const read = readPolicy(readFileSync('examples/workspace/casebook.policy.json', 'utf8'));
    assert.ok(read.ok, JSON.stringify(read));
  });
});
