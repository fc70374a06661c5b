import type { Disposable } from '../host/disposables.ts';
import type { CasesLook, Services } from '../host/services.ts';
import { createCasesView, type LookMemento } from './casesView.ts';
import { createHealthView } from './healthView.ts';

/** Opens both views; refreshing one refreshes the other. */
export function createViews(services: Services, memento: LookMemento): Disposable & { readonly look: CasesLook } {
  const cases = createCasesView(services, memento);
  const health = createHealthView(services);
  const refreshed = cases.onDidRefresh(() => health.refresh());
  return {
    look: cases.look,
    dispose: () => {
      for (const view of [refreshed, health, cases]) view.dispose();
    },
  };
}
