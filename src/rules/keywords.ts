import type { Severity } from './profile.ts';

/**
 * Words that speak for an example of a profile (by its id) or a product group (by its id). Lower case; product names are
 * the same in every language, the rest is English. Examples: C-07, C-12, C-14; groups: C-14 (D-03 to D-05 for the names).
 */
export const exampleWords: Readonly<Record<string, readonly string[]>> = {
  trialOrPurchase: ['sign up for a trial', 'buy a subscription', 'purchase a subscription', 'buy licences'],
  trialToPaid: ['trial to paid', 'convert a trial', 'convert trial', 'convert the trial'],
  understandBill: ['bill', 'bills', 'billing', 'invoice', 'invoices', 'charge', 'charged', 'payment', 'refund'],
  renewal: ['renew', 'renewal', 'renewing', 'expired subscription'],
  licences: [
    'licence',
    'licences',
    'license',
    'licenses',
    'add licences',
    'add licenses',
    'remove licences',
    'remove licenses',
  ],
  cancellation: ['cancel', 'cancellation', 'cancel subscription', 'cancel the subscription'],
  featuresAndBenefits: ['which features', 'feature list', 'benefits of'],
  planComparison: ['compare plans', 'plan comparison', 'which plan', 'difference between plans'],
  pricingAndLicensing: ['price', 'prices', 'pricing', 'how much does', 'cost per user'],
  rightSolution: ['right solution', 'which solution', 'which product'],
  findPartner: ['find a partner', 'which partner', 'reseller'],
  purchase: ['how to buy', 'want to buy', 'before buying'],
  trialSignUp: ['start a trial', 'try it out', 'free trial'],
  mailboxMigration: ['mailbox migration', 'migrate mailboxes', 'migrate mailbox', 'migration batch'],
  recipientConfiguration: [
    'mailbox permission',
    'mailbox permissions',
    'mail forwarding',
    'forwarding',
    'shared mailbox',
    'distribution list',
  ],
  autodiscover: ['autodiscover'],
  permissionsAndGroups: ['site permissions', 'sharepoint permissions', 'user groups', 'sharepoint group'],
  externalUsers: ['external user', 'external users', 'external sharing', 'guest access'],
  skypeInstallation: ['install skype', 'create contacts', 'skype contacts'],
  appsInstallation: ['install office', 'office installation', 'activate office', 'click to run'],
  singleSignOn: ['sso', 'single sign on', 'adfs', 'federation'],
  directorySync: ['active directory', 'dirsync', 'directory synchronisation', 'directory synchronization', 'ad sync'],
};

export const groupWords: Readonly<Record<string, readonly string[]>> = {
  exchangeOnline: [
    'exchange',
    'exchange online',
    'outlook',
    'mailbox',
    'mailboxes',
    'mail',
    'email',
    'e mail',
    'mails',
  ],
  sharePointOnline: ['sharepoint', 'sharepoint online', 'onedrive', 'site collection'],
  skypeForBusinessOnline: ['skype', 'skype for business', 'lync', 'instant message', 'instant messages', 'meeting'],
  appsForEnterprise: ['microsoft 365 apps', 'office 365 proplus', 'word', 'excel', 'powerpoint'],
  serviceConfiguration: ['dns', 'domain', 'sign in', 'login', 'synchronisation', 'synchronization'],
};

/** Asking how something is done is no fault, so at most severity C whatever else is said. */
export const howToWords: readonly string[] = [
  'how to',
  'how do i',
  'how do we',
  'how can i',
  'how can we',
  'is it possible',
];

/** Words that speak for a severity, from the most severe (C-17, E-13, A-12). */
export const severityWords: readonly (readonly [Severity, readonly string[]])[] = [
  [
    'A',
    [
      'all users',
      'nobody can',
      'no one can',
      'everyone',
      'outage',
      'is down',
      'are down',
      'unavailable',
      'not accessible',
      'inaccessible',
      'unusable',
      'production stopped',
      'deadline',
    ],
  ],
  ['B', ['slow', 'degraded', 'impaired', 'intermittent', 'sometimes fails', 'partially', 'garbled', 'delayed']],
  ['C', ['workaround', 'single user', 'one user', 'cosmetic', 'minor', 'question']],
];
