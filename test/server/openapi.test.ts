import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'mocha';
import { operations } from '../../src/api/operations.ts';
import { openApi } from '../../src/server/openapi.ts';
import { ask, startServer } from './support/server.ts';

interface Described {
  readonly openapi: string;
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly operationId: string; readonly responses: object }>>>
  >;
}

describe('The description of a team desk', () => {
  it('is checked in as it is made, and served without a token', async () => {
    const made: unknown = JSON.parse(JSON.stringify(openApi()));
    const checkedIn: unknown = JSON.parse(await readFile('docs/openapi.json', 'utf8'));
    assert.deepEqual(checkedIn, made, 'run `npm run docs`');
    const server = await startServer();
    assert.deepEqual((await ask(server, 'GET /openapi.json')).json, made);
    await server.close();
  });

  it('has every operation once, with what it answers and can refuse', () => {
    const { openapi, paths } = openApi() as unknown as Described;
    assert.equal(openapi, '3.1.0');
    const described = Object.values(paths).flatMap(methods => Object.values(methods));
    const names = described.map(({ operationId }) => operationId);
    assert.deepEqual(names.filter(name => name in operations).sort(), Object.keys(operations).sort());
    assert.equal(new Set(names).size, names.length);
    for (const { operationId, responses } of described) {
      if (operationId in operations) assert.ok('401' in responses && '500' in responses, operationId);
    }
    for (const { path, method, ...operation } of Object.values(operations)) {
      const { responses } = paths[path]?.[method.toLowerCase()] ?? {};
      assert.ok(responses && ('status' in operation ? operation.status : 200) in responses, path);
      if ('write' in operation) assert.ok('409' in responses && '422' in responses, path);
    }
  });

  it('knows no server of its own', () => {
    assert.doesNotMatch(JSON.stringify(openApi()), /https?:\/\/(?!json-schema)/);
  });
});
