/** Keeps `$(name)` from becoming an icon where VS Code would draw one; elsewhere a backslash would be seen. */
export function literal(text: string): string {
  return text.replaceAll(/\$\([a-z0-9-]+(?:~[a-z]+)?\)/gi, '\\$&');
}
