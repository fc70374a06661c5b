import * as vscode from 'vscode';
import type { Run } from '../host/commandMap.ts';
import { parseArgument } from './argument.ts';
import { askText } from './ask.ts';

/** Puts a service with the favourites, or takes it from there. */
export const favour =
  (on: boolean): Run =>
  async (services, argument) => {
    const given = parseArgument(argument);
    if (given.kind !== 'service' || given.source === undefined) return;
    await services.healthLook.mark('favourite', given.source, given.service, on);
  };

/** Has an incident say nothing until it ends, or lets it speak again. */
export const mute =
  (on: boolean): Run =>
  async (services, argument) => {
    const given = parseArgument(argument);
    if (given.kind === 'issue') await services.healthLook.mark('muted', given.source, given.id, on);
    if (given.kind === 'incident') await services.healthLook.mark('muted', 'board', given.incidentId, on);
  };

/** Asks for a part of the names of services; an empty one shows all. */
export const filter: Run = async services => {
  const strings = await services.strings();
  const text = await askText(strings, {
    ...{ title: 'health.filter.title', prompt: 'health.filter.prompt', required: false, longest: 200 },
    value: services.healthLook.filter(),
  });
  if (text !== undefined) services.healthLook.setFilter(text);
};

/** Opens the page of an incident, or of a post of the message center, where its source has one. */
export const openPortal: Run = async (services, argument) => {
  const given = parseArgument(argument);
  if (given.kind !== 'issue' && given.kind !== 'notice') return;
  const link = (await services.health()).link(given.source, given.kind, given.id);
  if (link !== undefined) await vscode.env.openExternal(vscode.Uri.parse(link, true));
};
