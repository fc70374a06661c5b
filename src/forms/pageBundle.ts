import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { readPacked, type Package } from '../host/packed.ts';

const Parts = z.object({ script: z.string(), style: z.string() });
const Packed = z.object({ pages: z.object({ newCase: Parts, case: Parts, incident: Parts }), wire: z.string() });

/** The pages; `casebook.<page>` is the view type of each. */
export type PageName = keyof z.infer<typeof Packed>['pages'];

/** What a page is made of: it stands inside the document, because every file it would have to load delays its first paint. */
export interface PageBundle {
  readonly script: string;
  readonly style: string;
  /** What parses its messages: larger than all the rest, and of no use before the page can be seen, which then asks for it. */
  readonly wire: string;
  /** What a policy allows so that these two scripts can run, and no others. */
  readonly allowed: string;
}

let bundles: Promise<Readonly<Record<PageName, PageBundle>>> | undefined;

/** The pages as the build left them; read once. */
export function loadBundles(from: Package): Promise<Readonly<Record<PageName, PageBundle>>> {
  bundles ??= read(from);
  // What could not be read is read again for the next page.
  bundles.catch(() => (bundles = undefined));
  return bundles;
}

async function read(from: Package): Promise<Readonly<Record<PageName, PageBundle>>> {
  const parser = vscode.workspace.fs.readFile(vscode.Uri.joinPath(from.extensionUri, 'dist', 'parser.cjs'));
  const { pages, wire: messages } = z.parse(Packed, await readPacked('pages', from));
  const wire = `${new TextDecoder().decode(await parser)}\n${messages}`;
  const whole = async ({ script, style }: z.infer<typeof Parts>): Promise<PageBundle> => {
    return { script, style, wire, allowed: `${await hash(script)} ${await hash(wire)}` };
  };
  return { newCase: await whole(pages.newCase), case: await whole(pages.case), incident: await whole(pages.incident) };
}

/** A script as a content security policy names it. */
async function hash(script: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
  return `'sha256-${Buffer.from(digest).toString('base64')}'`;
}
