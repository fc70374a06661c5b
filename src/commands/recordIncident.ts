import { refuseWish } from '../desk/access.ts';
import type { Where } from '../desk/desk.ts';
import type { NewIncident } from '../desk/health.ts';
import { Classification } from '../desk/health.ts';
import { limits } from '../desk/text.ts';
import type { Run } from '../host/commandMap.ts';
import type { Services } from '../host/services.ts';
import type { Strings } from '../strings/strings.ts';
import { askText } from './ask.ts';
import { choose, quoted, type Row } from './choose.ts';
import { atDesk, type AtDesk } from './desk.ts';
import { statusRows } from './incidentRows.ts';
import { writeOnce } from './write.ts';

const title = 'command.incident.title';

async function askService(services: Services, strings: Strings): Promise<string | undefined> {
  const { settings } = await services.settings();
  const rows: Row<{ readonly service?: string }>[] = [
    ...settings.services.map(service => ({ label: quoted(service), value: { service } })),
    { label: strings.t('command.incident.otherService'), value: {} },
  ];
  const chosen = await choose(strings.t('command.incident.service'), rows);
  if (chosen === undefined || chosen.service !== undefined) return chosen?.service;
  return askText(strings, { title, prompt: 'command.incident.serviceName', required: true, longest: 100 });
}

async function askIncident(services: Services, strings: Strings): Promise<NewIncident | undefined> {
  const service = await askService(services, strings);
  if (service === undefined) return undefined;
  const prompt = 'command.incident.name';
  const name = await askText(strings, { title, prompt, required: true, longest: limits.title });
  if (name === undefined) return undefined;
  const classes = Classification.options.map(value => ({ label: strings.t(`classification.${value}`), value }));
  const classification = await choose(strings.t('command.incident.classification'), classes);
  if (classification === undefined) return undefined;
  const status = await choose(strings.t('command.incident.status'), statusRows(undefined, strings));
  if (status === undefined) return undefined;
  const text = await askText(strings, { title, prompt: 'command.incident.post', required: false });
  return text === undefined ? undefined : { service, title: name, classification, status, text };
}

/** The desk on whose board it goes: the one at which the user may, else the one they pick; nothing where they turn away. */
async function askDesk({ desk, strings }: AtDesk): Promise<Where | undefined> {
  const may = (desk.members?.() ?? []).filter(({ id }) => {
    const { incidents, roles } = desk.capabilities({ desk: id });
    return incidents && refuseWish('writeToBoard', roles) === undefined;
  });
  const [only] = may;
  if (may.length < 2) return only === undefined ? {} : { desk: only.id };
  return choose(
    strings.t('command.incident.desk'),
    may.map(({ id, name }) => ({ label: quoted(name), value: { desk: id } })),
  );
}

/** Records an incident or advisory on the board of a desk. The argument is not looked at: the user says everything. */
export const run: Run = async services => {
  const at = await atDesk(services);
  if (at === undefined) return;
  const where = await askDesk(at);
  if (where === undefined) return;
  const incident = await askIncident(services, at.strings);
  if (incident === undefined) return;
  await writeOnce(at, 'casebook.health', {
    revision: 0,
    write: key => at.desk.recordIncident(incident, { key }, where),
    readRevision: () => Promise.resolve({ ok: true, value: 0 }),
  });
};
