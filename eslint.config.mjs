import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Which rooms of src/ a room may import; `type` rooms may be imported as types only. docs/architecture.md says why. */
const walls = {
  rules: { packages: ['zod'] },
  strings: {},
  desk: { rooms: ['rules'], packages: ['zod'] },
  policy: { rooms: ['rules', 'desk'], packages: ['zod', 'jsonc-parser'] },
  practice: { rooms: ['rules', 'desk', 'strings'] },
  stores: { rooms: ['rules', 'desk'], packages: ['pg'], node: true },
  api: { rooms: ['rules', 'desk'], packages: ['zod'] },
  connectors: { rooms: ['rules', 'desk', 'api'], packages: ['zod', 'cockatiel'], node: true },
  outbox: { rooms: ['rules', 'desk'], packages: ['zod'], node: true },
  health: { rooms: ['rules', 'desk', 'outbox'], types: ['connectors'], packages: ['zod'], node: true },
  protocol: { rooms: ['rules', 'desk'], types: ['strings'], packages: ['zod'] },
  host: { rooms: ['rules', 'desk', 'strings', 'policy'], packages: ['zod', 'vscode'] },
  handoff: { rooms: ['rules', 'desk', 'strings'] },
  views: { rooms: ['rules', 'desk', 'strings', 'host'], packages: ['vscode'] },
  forms: {
    rooms: ['rules', 'desk', 'strings', 'handoff', 'protocol', 'host'],
    packages: ['vscode', 'zod', 'libphonenumber-js'],
  },
  webview: { rooms: ['protocol'], types: ['rules', 'desk', 'strings'] },
  commands: {
    rooms: ['rules', 'desk', 'strings', 'handoff', 'practice', 'host', 'forms'],
    types: ['views'],
    packages: ['vscode', 'zod'],
  },
  cli: {
    rooms: ['rules', 'desk', 'strings', 'handoff', 'policy', 'stores', 'api', 'connectors'],
    packages: ['zod'],
    node: true,
  },
  server: { rooms: ['rules', 'desk', 'policy', 'stores', 'api'], packages: ['zod', 'fastify', 'jose'], node: true },
};

function wall(room) {
  const { rooms = [], types = [], packages = [], node = false } = walls[room];
  const closed = Object.keys(walls).filter(other => other !== room && !rooms.includes(other) && !types.includes(other));
  const message = `The room ${room} may not import this (see docs/architecture.md).`;
  const patterns = [
    { regex: String.raw`^(\.\./)+(${closed.join('|')}|extension)(/|\.)`, message },
    ...(types.length > 0
      ? [{ regex: String.raw`^(\.\./)+(${types.join('|')})/`, message, allowTypeImports: true }]
      : []),
    { regex: String.raw`^(?!\.|node:)(?!(${[...packages, 'none'].join('|')})(/|$))`, message },
    ...(node ? [] : [{ regex: '^node:', message }]),
  ];
  return {
    files: [`src/${room}/**/*.ts`],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
  };
}

const clock = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Pass `now` in.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Pass `now` in.' },
  {
    selector:
      "CallExpression[callee.object.name='DateTime'][callee.property.name=/^(now|local|utc)$/][arguments.length=0]",
    message: 'Pass `now` in.',
  },
];
const rawMessages = [
  {
    selector:
      'MemberExpression[property.name=/^(show(Information|Warning|Error)Message|showInputBox|createInputBox|withProgress)$/]',
    message: 'Plain strings become live links there: use host/notify, which takes SafeText only.',
  },
  {
    selector:
      'AssignmentExpression > MemberExpression.left[property.name=/^(isTrusted|supportHtml|enableCommandUris)$/]',
    message: 'Nothing of ours is trusted markup.',
  },
  {
    selector: 'Property[key.name=/^(isTrusted|supportHtml|enableCommandUris)$/]',
    message: 'Nothing of ours is trusted markup.',
  },
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|createTerminal|sendText)$/]',
    message: 'Text is shown as text and run nowhere.',
  },
  { selector: "ImportDeclaration[source.value='node:child_process']", message: 'Casebook starts no process.' },
];

export default defineConfig(
  { ignores: ['dist/', '.cache/', '.vscode-test/', 'examples/', 'node_modules/'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', 400],
    },
  },
  { files: ['src/**/*.ts'], rules: { '@typescript-eslint/explicit-module-boundary-types': 'error' } },
  ...Object.keys(walls).map(wall),
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ...rawMessages] } },
  {
    files: ['src/{rules,desk,strings,policy,practice,protocol,handoff,api}/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...rawMessages, ...clock] },
  },
  { files: ['src/host/notify.ts'], rules: { 'no-restricted-syntax': ['error', ...rawMessages.slice(1)] } },
);
