import type { CasesNode, HealthNode } from '../../../src/views/node.ts';
import { CasesModel } from '../../../src/views/casesModel.ts';
import { HealthModel } from '../../../src/views/healthModel.ts';
import type { Look } from '../../../src/views/look.ts';
import { memoryDesk } from './memoryDesk.ts';
import { nested } from './nested.ts';
import { world } from './sources.ts';

/** The tree of cases over a desk in memory; `tree` reads it anew. */
export function casesTree(look: () => Look) {
  const desk = memoryDesk();
  const place = world(desk);
  const model = new CasesModel(place.sources, look, 'Asia/Shanghai');
  const tree = async () => {
    await model.refresh();
    return nested<CasesNode>(node =>
      node === undefined ? model.roots : node.kind === 'group' ? model.children(node) : [],
    );
  };
  return { desk, place, model, tree };
}

/** The tree of service health over a desk in memory; `tree` reads it anew. */
export function healthTree() {
  const desk = memoryDesk();
  const place = world(desk);
  const model = new HealthModel(place.sources, place.wanted);
  const tree = async () => {
    await model.refresh();
    return nested<HealthNode>(node => (node === undefined ? model.roots : model.children(node)));
  };
  return { desk, place, model, tree };
}
