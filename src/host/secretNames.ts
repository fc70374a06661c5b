// Names of files that often hold secrets: environments, keys, tokens of package registries, the editor's own state.
const patterns: readonly RegExp[] = [
  /^\.env(?:\..+)?$/i,
  /\.pem$/i,
  /^id_/i,
  /^\.npmrc$/i,
  /^state\.vscdb(?:\.backup)?$/i,
  /\.(?:key|pfx|p12|kdbx)$/i,
  /^\.netrc$/i,
];

/** Whether a file of this name often holds secrets, so that adding it is asked twice. */
export function mayHoldSecrets(name: string): boolean {
  return patterns.some(pattern => pattern.test(name));
}
