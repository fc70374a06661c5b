import * as vscode from 'vscode';
import { snapshotLife, type NewSnapshot } from '../desk/health.ts';
import type { Run } from '../host/commandMap.ts';
import { snapshotFile } from '../host/ids.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import type { Services, SourceOfHealth } from '../host/services.ts';
import { choose, quoted, type Row } from './choose.ts';
import { atDesk, type AtDesk } from './desk.ts';
import { say } from './say.ts';
import { writeOnce } from './write.ts';

/** The longest snapshot a file holds and a desk takes, in UTF-16 code units. */
const longestFile = 5_000_000;
const longestAtDesk = 500_000;

type Place = { readonly kind: 'file'; readonly uri: vscode.Uri } | { readonly kind: 'desk'; readonly desk: string };

/** Puts the public half of the person's key on the clipboard, as a policy names it. */
export const copyKey: Run = async services => {
  const [strings, publishing, { settings }] = await Promise.all([
    services.strings(),
    services.healthPublishing(),
    services.settings(),
  ]);
  const name = /^[A-Za-z0-9][\w.-]{0,49}$/.exec(settings.person.replaceAll(/[^\w.-]+/g, '-'))?.[0] ?? 'key-1';
  const entry = { [name]: await publishing.publicKey() };
  await vscode.env.clipboard.writeText(`"healthKeys": ${JSON.stringify(entry)}`);
  say.info(safeText(strings, 'command.publish.keyCopied'));
};

/** Where it can be published: a file of the workspace, and the desks that keep snapshots. */
function places({ desk }: AtDesk): readonly Row<Place>[] {
  const [folder] = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  const file = folder && vscode.Uri.joinPath(folder.uri, snapshotFile);
  const desks = (desk.members?.() ?? []).slice(1);
  return [
    ...(file ? [{ label: snapshotFile, value: { kind: 'file', uri: file } as const }] : []),
    ...desks
      .filter(({ id }) => desk.capabilities({ desk: id }).healthSnapshots === true)
      .map(({ id, name }) => ({ label: quoted(name), value: { kind: 'desk', desk: id } as const })),
  ];
}

async function publish(at: AtDesk, source: SourceOfHealth, key: string, place: Place): Promise<boolean> {
  const publishing = await at.services.healthPublishing();
  const { person: by } = (await at.services.settings()).settings;
  const snapshot = await publishing.sign(source, { by, key }, place.kind === 'file' ? longestFile : longestAtDesk);
  if (snapshot === undefined) return false;
  if (place.kind === 'file') {
    await vscode.workspace.fs.writeFile(place.uri, new TextEncoder().encode(snapshot));
    return true;
  }
  const content: NewSnapshot = { source: source.state.reading?.source ?? source.id, snapshot };
  const answer = await writeOnce(at, 'casebook.health', {
    revision: 0,
    write: named => at.desk.publishHealth(content, { key: named }, { desk: place.desk }),
    readRevision: () => Promise.resolve({ ok: true, value: 0 }),
  });
  return answer.ok;
}

/** The name of the person's key in the policy, or nothing after saying that it has none. */
async function approvedKey(services: Services): Promise<string | undefined> {
  const own = await (await services.healthPublishing()).publicKey();
  const { settings } = await services.settings();
  const [name] = Object.entries(settings.healthKeys).find(([, key]) => key === own) ?? [];
  if (name !== undefined) return name;
  const strings = await services.strings();
  const copy = { label: safeText(strings, 'command.publish.copyKey'), value: true };
  if (await notify.warn(safeText(strings, 'command.publish.notApproved'), copy)) await copyKey(services, undefined);
  return undefined;
}

/** Publishes what was read of a source of service health, for those who cannot read it themselves. */
export const run: Run = async services => {
  const at = await atDesk(services);
  if (at === undefined) return;
  const { strings } = at;
  const sources = (await services.health()).all().filter(({ state, seenBy }) => state.reading && !seenBy);
  const where = places(at);
  if (sources.length === 0 || where.length === 0) {
    say.info(safeText(strings, 'command.publish.nothing'));
    return;
  }
  const key = await approvedKey(services);
  if (key === undefined) return;
  const rows = sources.map(source => ({ label: quoted(source.label), value: source }));
  const source = rows.length === 1 ? rows[0]?.value : await choose(strings.t('command.publish.title'), rows);
  const place = source && (await choose(strings.t('command.publish.title'), where));
  if (!place) return;
  // A desk says itself what kept it from taking it; what cannot be signed or written is told here.
  const done = await publish(at, source, key, place).catch(() => false);
  if (!done) {
    say.warn(safeText(strings, 'command.publish.failed'));
    return;
  }
  const time = new Intl.DateTimeFormat(strings.language, { dateStyle: 'medium', timeStyle: 'short' });
  say.info(safeText(strings, 'command.publish.done', { time: time.format(services.now() + snapshotLife) }));
};
