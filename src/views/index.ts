import type { Disposable } from '../host/disposables.ts';
import type { CasesLook, HealthLook, Services } from '../host/services.ts';
import { createCasesView, type LookMemento } from './casesView.ts';
import { HealthView } from './healthView.ts';

/** Opens both views; refreshing one refreshes the other. Nothing is read before the editor had time to start. */
export function createViews(
  services: Services,
  states: { readonly workspaceState: LookMemento; readonly globalState: LookMemento },
): Disposable & { readonly look: CasesLook; readonly healthLook: HealthLook } {
  const cases = createCasesView(services, states.workspaceState);
  const health = new HealthView(services, states);
  const refreshed = cases.onDidRefresh(() => health.refresh());
  return {
    look: {
      ...cases.look,
      showMore: group => {
        if (!health.showMore(group)) cases.look.showMore(group);
      },
    },
    healthLook: health.look,
    dispose: () => {
      for (const view of [refreshed, health, cases]) view.dispose();
    },
  };
}
