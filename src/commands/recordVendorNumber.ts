import type { Run } from '../host/commandMap.ts';
import { askText } from './ask.ts';
import { caseFor } from './target.ts';
import { act } from './write.ts';

/** Records the number under which support knows the case. */
export const run: Run = async (services, argument) => {
  const title = 'command.vendorNumber.title';
  const at = await caseFor(services, argument, title, 'recordVendorNumber');
  if (at === undefined) return;
  const vendorNumber = await askText(at.strings, {
    title,
    prompt: 'command.vendorNumber.prompt',
    required: true,
    value: at.case.vendorNumber ?? '',
    longest: 100,
  });
  if (vendorNumber === undefined || vendorNumber === at.case.vendorNumber) return;
  await act(at, { kind: 'recordVendorNumber', vendorNumber });
};
