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

/** What has ended is silent by itself. */
function muting({ open, muted }: { readonly open: boolean; readonly muted: boolean }): readonly string[] {
  return open ? [muted ? 'unmute' : 'mute'] : [];
}

function capabilities(node: CasesNode | HealthNode): readonly string[] {
  switch (node.kind) {
    case 'case':
      return ['case', 'open', 'export', ...following(node.case), ...node.allowed];
    case 'draft':
      return ['draft', 'open', 'discard'];
    case 'note':
      return ['note', 'open', 'discardUnsent'];
    case 'unsent':
      return node.state === 'claimed' ? ['unsent'] : ['unsent', ...waysOf(node), 'editUnsent', 'discardUnsent'];
    case 'source':
      return ['source', ...(node.connected ? ['remove'] : []), ...(node.signsIn ? ['signIn'] : [])];
    case 'service':
      return ['service', node.favourite ? 'unfavour' : 'favour'];
    case 'incident':
      return ['incident', 'post', ...muting(node)];
    case 'issue':
      return ['issue', ...(node.linked ? ['link'] : []), ...muting(node)];
    case 'notice':
      return ['notice', ...(node.linked ? ['link'] : [])];
    case 'group':
    case 'more':
    case 'problem':
    case 'post':
    case 'notices':
    case 'remark':
    case 'unconnected':
      return [node.kind];
    default:
      return assertNever(node);
  }
}
