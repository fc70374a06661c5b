import type { CloudId } from '../../desk/words.ts';
import type { ProfileId } from '../../rules/profile.ts';

/** A cloud of Microsoft's: everything that changes with it, so that no part of one is used with another. */
export interface Cloud {
  /** What people call it; a name, in every language the same. */
  readonly name: string;
  /** Origin of Graph, which tokens are for. */
  readonly graph: string;
  /** Origin that signs in; tokens of one cloud mean nothing in another. */
  readonly authority: string;
  /** Who signs in within VS Code. Where it serves several clouds, `environment` is what its setting must say. */
  readonly provider: 'microsoft' | 'microsoft-sovereign-cloud';
  readonly environment?: 'USGovernment' | 'ChinaCloud';
  /** Where an administrator works. */
  readonly portal: string;
  /** The support offer of the cloud. */
  readonly profile: ProfileId;
}

export const clouds = {
  // Also for GCC, though not for GCC High.
  worldwide: {
    name: 'Microsoft 365',
    graph: 'https://graph.microsoft.com',
    authority: 'https://login.microsoftonline.com',
    provider: 'microsoft',
    portal: 'https://admin.microsoft.com',
    profile: 'm365Business',
  },
  usGovL4: {
    name: 'Microsoft 365 US Government L4',
    graph: 'https://graph.microsoft.us',
    authority: 'https://login.microsoftonline.us',
    provider: 'microsoft-sovereign-cloud',
    environment: 'USGovernment',
    portal: 'https://portal.office365.us',
    profile: 'm365Business',
  },
  usGovL5: {
    name: 'Microsoft 365 US Government L5',
    graph: 'https://dod-graph.microsoft.us',
    authority: 'https://login.microsoftonline.us',
    provider: 'microsoft-sovereign-cloud',
    environment: 'USGovernment',
    portal: 'https://portal.apps.mil',
    profile: 'm365Business',
  },
  china: {
    name: 'Microsoft 365 21Vianet',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
    provider: 'microsoft-sovereign-cloud',
    environment: 'ChinaCloud',
    portal: 'https://portal.partner.microsoftonline.cn',
    profile: 'm365China',
  },
} as const satisfies Readonly<Record<CloudId, Cloud>>;

/** The least that reading health needs; both want an administrator's consent. */
export const permissions = ['ServiceHealth.Read.All', 'ServiceMessage.Read.All'] as const;

/** What to ask for when a person signs in: the permissions, said of the Graph of this cloud. */
export function scopesOf({ graph }: Pick<Cloud, 'graph'>): readonly string[] {
  return permissions.map(permission => `${graph}/${permission}`);
}

/** What an application asks for with its own secret. */
export function applicationScope({ graph }: Pick<Cloud, 'graph'>): string {
  return `${graph}/.default`;
}

/** The page of the portal about an issue or a post of the message center. */
export function portalLink({ portal }: Pick<Cloud, 'portal'>, kind: 'issue' | 'notice', id: string): string {
  const place = kind === 'issue' ? 'servicehealth/:/alerts' : 'MessageCenter/:/messages';
  return `${portal}/Adminportal/Home#/${place}/${encodeURIComponent(id)}`;
}
