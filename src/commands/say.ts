import { notify } from '../host/notify.ts';
import type { SafeText } from '../host/safeText.ts';

/** One sentence to the user. The command is done with it: nobody waits until the notification is closed. */
export const say = {
  info(text: SafeText): void {
    void notify.info(text);
  },
  warn(text: SafeText): void {
    void notify.warn(text);
  },
  error(text: SafeText): void {
    void notify.error(text);
  },
} as const;
