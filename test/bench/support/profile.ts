// The profile to measure in: Casebook's storage is full of cases, and one key opens one page.
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filledDesk, someCases } from './desk.ts';
import { addHeavyCase } from './heavyCase.ts';

export const deskSize = 10_000;
export const keys = { floorPage: 'F6', twinPage: 'F7', newCase: 'F8', openCase: 'F9', heavyCase: 'F10' };

/** Fills a profile and answers the settings of its user. */
export async function fillProfile(profile: string): Promise<Readonly<Record<string, unknown>>> {
  const user = join(profile, 'user', 'User');
  const desk = await filledDesk(deskSize);
  await cp(desk, join(user, 'globalStorage', 'casebook.casebook'), { recursive: true });
  await mkdir(user, { recursive: true });
  const [caseId] = someCases(desk, 1);
  const heavyId = await addHeavyCase(join(user, 'globalStorage', 'casebook.casebook'));
  const keybindings = [
    { key: keys.floorPage, command: 'floor.openPage' },
    { key: keys.twinPage, command: 'twin.openPage' },
    { key: keys.newCase, command: 'casebook.newCase' },
    { key: keys.openCase, command: 'casebook.openCase', args: { caseId } },
    { key: keys.heavyCase, command: 'casebook.openCase', args: { caseId: heavyId } },
  ];
  await writeFile(join(user, 'keybindings.json'), JSON.stringify(keybindings));
  return {};
}
