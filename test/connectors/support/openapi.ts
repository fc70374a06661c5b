import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';

// A small reader of OpenAPI 3 documents: as much of it as tells whether a request or an answer is one of the document's.

const Json = z.record(z.string(), z.unknown());
type Json = z.infer<typeof Json>;
const object = (value: unknown): Json => {
  const parsed = z.safeParse(Json, value);
  return parsed.success ? parsed.data : {};
};
const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);

/** Reference data that stands beside the project on some machines and is no part of it. */
export const contracts = new URL('../../../../shared/contracts/', import.meta.url);
export const contractsMissing = existsSync(contracts)
  ? undefined
  : 'the folder ../shared/contracts with the official documents is not here';
export const contract = (path: string): unknown => JSON.parse(readFileSync(new URL(path, contracts), 'utf8'));

/** A document with its references resolved when they are looked at. */
export class OpenApi {
  readonly #root: Json;
  constructor(document: unknown) {
    this.#root = object(document);
  }

  #resolve(value: unknown): Json {
    const { $ref, ...own } = object(value);
    if (typeof $ref !== 'string') return own;
    let found: unknown = this.#root;
    for (const step of $ref.slice(2).split('/')) found = object(found)[step];
    return this.#resolve(found);
  }

  /** The paths of the document that a request fits, with the names in braces standing for one part each. */
  #operation(method: string, path: string): Json | undefined {
    for (const [template, operations] of Object.entries(object(this.#root['paths']))) {
      const pattern = template.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{[^}]+\}/g, '[^/]+');
      const found = object(operations)[method.toLowerCase()];
      if (new RegExp(`^${pattern}$`).test(path) && found !== undefined) return object(found);
    }
    return undefined;
  }

  /** What of a request the document does not know; empty for one that it describes. */
  faults(method: string, url: URL, headers: Readonly<Record<string, string>>): string[] {
    const operation = this.#operation(method, url.pathname);
    if (operation === undefined) return [`no operation ${method} ${url.pathname}`];
    const faults: string[] = [];
    const servers = array(this.#root['servers']).map(one => object(one)['url']);
    if (!servers.includes(url.origin)) faults.push(`no server ${url.origin}`);
    const parameters = array(operation['parameters']).map(one => this.#resolve(one));
    const queries = parameters.filter(one => one['in'] === 'query').map(one => one['name']);
    for (const [name, value] of url.searchParams) {
      if (!queries.includes(name)) faults.push(`no query parameter ${name}`);
      if (value === '') faults.push(`empty ${name}`);
    }
    const needed = parameters.filter(one => one['required'] === true && one['in'] === 'header');
    for (const { name } of needed) if (!(String(name) in headers)) faults.push(`no header ${String(name)}`);
    const secured = array(this.#root['security']).some(one => 'bearer' in object(one));
    if (secured && !/^Bearer \S+$/.test(headers['Authorization'] ?? '')) faults.push('no bearer token');
    return faults;
  }

  /** What of a value the schema of this name does not allow; enum words are compared in any case, as documents differ. */
  valueFaults(name: string, value: unknown): string[] {
    return this.#check(object(object(this.#root['components'])['schemas'])[name], value, name);
  }

  #check(schemaAt: unknown, value: unknown, at: string): string[] {
    const schema = this.#resolve(schemaAt);
    if (value === null) return schema['nullable'] === true ? [] : [`${at} is null`];
    const all = array(schema['allOf']);
    if (all.length > 0) return all.flatMap(one => this.#check(one, value, at));
    const words = array(schema['enum']).map(one => String(one).toLowerCase());
    const written = JSON.stringify(value);
    if (words.length > 0 && !words.includes(written.slice(1, -1).toLowerCase()))
      return [`${at} is no word: ${written}`];
    switch (schema['type']) {
      case 'array':
        return Array.isArray(value)
          ? value.flatMap((one, index) => this.#check(schema['items'], one, `${at}[${String(index)}]`))
          : [`${at} is no list`];
      case 'object':
        if (typeof value !== 'object') return [`${at} is no object`];
        return Object.entries(object(schema['properties'])).flatMap(([key, property]) =>
          key in value ? this.#check(property, object(value)[key], `${at}.${key}`) : [],
        );
      case 'string':
        if (typeof value !== 'string') return [`${at} is no text`];
        return schema['format'] === 'date-time' && Number.isNaN(Date.parse(value)) ? [`${at} is no date`] : [];
      case 'boolean':
        return typeof value === 'boolean' ? [] : [`${at} is not true or false`];
      default:
        return [];
    }
  }
}
