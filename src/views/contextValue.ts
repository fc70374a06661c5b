import type { CaseSummary } from '../desk/case.ts';
import { assertNever } from '../rules/decision.ts';
import type { CasesNode, HealthNode, UnsentNode } from './node.ts';

/** What menus may offer on a node: `;word;word;`, tested in the manifest as `viewItem =~ /;word;/`. */
export function contextValueOf(node: CasesNode | HealthNode): string {
  const words = capabilities(node);
  return words.length > 0 ? `;${words.join(';')};` : '';
}

/** A case that others can change is followed or not. */
function following({ followed }: CaseSummary): readonly string[] {
  return followed === undefined ? [] : [followed ? 'unfollow' : 'follow'];
}

/** What may bring something unsent on its way, as it is. */
function waysOf({ state, conflict, otherWriter }: UnsentNode): readonly string[] {
  if (otherWriter) return ['signInUnsent'];
  if (state === 'signedOut') return ['retryUnsent', 'signInUnsent'];
  return conflict ? ['retryUnsent', 'conflict'] : ['retryUnsent'];
}

function capabilities(node: CasesNode | HealthNode): readonly string[] {
  switch (node.kind) {
    case 'case':
      return ['case', 'open', 'export', ...following(node.case), ...node.allowed];
    case 'draft':
      return ['draft', 'open', 'discard'];
    case 'unsent':
      return node.state === 'claimed' ? ['unsent'] : ['unsent', ...waysOf(node), 'editUnsent', 'discardUnsent'];
    case 'incident':
      return ['incident', 'post'];
    case 'group':
    case 'more':
    case 'problem':
    case 'service':
    case 'post':
    case 'source':
      return [node.kind];
    default:
      return assertNever(node);
  }
}
