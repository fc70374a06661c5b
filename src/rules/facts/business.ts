import type { FactRow } from '../facts.ts';

/** Microsoft 365 for business, worldwide, by section of its page. */
export const businessFacts = [
  ['G-01', 'All content for small businesses is gathered under "Small business help & learning".', 'top'],
  ['G-02', 'Small-business help is on YouTube too, a video about getting support among it.', 'top'],
  ['G-03', 'Who needs to talk to someone now should have the account details ready.', 'top'],
  ['G-04', 'Assisted support is for administrators of a business subscription.', 'top'],
  ['G-05', 'A page explains the administrator roles of the admin center.', 'top'],
  ['G-06', 'Anyone who is not an administrator uses the public support page.', 'top'],
  [
    'G-07',
    'First look at service health, current and past; ask for support when the issue is not listed there.',
    'top',
  ],
  [
    'G-08',
    'Starting the request online saves time: it finds an answer or connects to technical support.',
    'Online support',
  ],
  ['G-09', 'At least one subscription must have been bought from Microsoft.', 'Online support'],
  ['G-10', 'Who bought every subscription through a partner asks that partner.', 'Online support'],
  ['G-11', 'Go to the admin center, admin.cloud.microsoft.', 'Online support'],
  [
    'G-12',
    'A message that permission is missing means: not an administrator. A page says who has admin permissions.',
    'Online support',
  ],
  ['G-13', 'Choose "Help & support" at the bottom, on the end side of the page.', 'Online support'],
  ['G-14', 'Type a question or keyword; take the nearest entry offered, or go on and press Enter.', 'Online support'],
  ['G-15', 'When the results do not help, choose "Contact support" at the bottom.', 'Online support'],
  [
    'G-16',
    'Describe the issue, confirm phone number and e-mail address, choose how to be contacted, then "Contact me".',
    'Online support',
  ],
  ['G-17', 'The expected wait stands in the "Contact support" pane.', 'Online support'],
  ['G-18', 'Phone numbers have changed; the global list has the one for each country or region.', 'Phone support'],
  ['G-19', 'Where a country is not listed, take a neighbouring one or the number for the USA.', 'Phone support'],
  ['G-20', 'In most countries billing support is in English, Monday to Friday, 9:00 to 17:00.', 'Phone support'],
  ['G-21', 'Billing support in the local language differs by country.', 'Phone support'],
  ['G-22', 'Technical support is in English around the clock, in some cases in local languages.', 'Phone support'],
  ['G-25', 'Administrators have the account details ready when they call.', 'Phone support'],
  [
    'G-26',
    'A call from a number that is not registered is checked by a code sent to the registered e-mail or phone.',
    'Phone support',
  ],
  ['G-27', 'The caller tells the representative that code to open access to the account.', 'Phone support'],
  [
    'G-28',
    'Business Assist gives small businesses specialists around the clock, from the first day on.',
    'Business Assist',
  ],
  ['G-29', 'The article "Business Assist" tells more.', 'Business Assist'],
  [
    'G-30',
    'Related: documents and training, employee quick setup, Business Premium setup overview.',
    'Related content',
  ],
  ['V-01', 'A team of its own helps those who work with volume-licensing contracts.', 'Volume licensing'],
  ['V-02', 'In the admin center choose "Help & support".', 'Volume licensing'],
  [
    'V-03',
    'Type "manage volume licensing" together with the question, so that it goes to the right team.',
    'Volume licensing',
  ],
  ['V-04', 'When the results do not help, choose "Contact support" at the bottom.', 'Volume licensing'],
  [
    'V-05',
    'Describe the issue with the licence ID or agreement number, confirm phone and e-mail, choose how to be contacted.',
    'Volume licensing',
  ],
  [
    'V-06',
    'A volume-licensing administrator without the admin center can create an online request.',
    'Volume licensing',
  ],
] as const satisfies readonly FactRow[];
