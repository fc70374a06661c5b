/** Team desks: connecting, signing in, and what they tell of. */
export const team = {
  'field.desk': 'Desk',
  'team.own': 'This computer',
  'team.connect.title': 'Connect to a team desk',
  'team.connect.prompt':
    'The address of the desk, as your team gave it to you. It begins with https and ends with the host.',
  'team.connect.wrong': 'A desk is the whole of an https address: its host and, if it has one, its port, nothing else.',
  'team.connect.already': 'This desk is connected already.',
  'team.connect.how': 'How do you sign in at the desk?',
  'team.how.token': 'With a personal token of the desk',
  'team.how.microsoft': 'With a Microsoft account',
  'team.how.microsoft-sovereign-cloud': 'With a Microsoft account in a national cloud, such as that of 21Vianet',
  'team.connect.scopes':
    'The scopes the desk wants from Microsoft, with spaces between them. Whoever runs the desk knows them.',
  'team.consent': 'Do you trust this desk?',
  'team.consent.detail':
    'Your sign-in is sent there and nowhere else. Cases you file at this desk are kept there. If you do not know the address, ask your team.',
  'team.consent.yes': 'Connect',
  'team.consent.never': 'Suggest it no more',
  'team.token.prompt': 'Your personal token for {host}. It is kept in the secret storage of the editor only.',
  'team.session.microsoft': 'Microsoft did not sign you in, so nothing was changed. Sign in again when you want to.',
  'team.session.microsoft-sovereign-cloud':
    'The national cloud of Microsoft did not sign you in, so nothing was changed. Which cloud it is says the setting Microsoft-sovereign-cloud: Environment.',
  'team.connected': 'Connected to {name}.',
  'team.signIn.title': 'Sign in to a desk',
  'team.disconnect.title': 'Disconnect a desk',
  'team.disconnect.confirm': 'Disconnect this desk?',
  'team.disconnect.detail':
    'Its cases are shown no longer and your sign-in is deleted from this computer. The cases stay at the desk.',
  'team.disconnect.yes': 'Disconnect',
  'team.none': 'No team desk is connected.',
  'team.follow.title': 'Follow case',
  'team.follow.on': 'You are told when case {number} needs you.',
  'team.follow.off': 'You are no longer told of case {number}.',
  'team.follow.own': 'Only you change the cases on this computer, so there is nothing to follow.',
  'team.news.actionRequired': 'Support asks for something in case {number}.',
  'team.news.resolved': 'Case {number} was resolved.',
  'team.news.open': 'Open case',
  'team.news.show': 'Show cases',
  'team.conflict.title': 'Case {number}: with yours ↔ as it is now',
  'team.conflict.changed':
    'Case {number} changed before yours reached it. The left side shows it as you saw it, with yours; the right side as it is now.',
  'team.conflict.send': 'Send mine all the same',
  'team.conflict.discard': 'Discard mine',
  'view.desk.suggested': 'Your team suggests the desk at {origin}',
  'view.wayOut.signIn': 'Select to sign in.',
  'view.wayOut.connect': 'Select to connect.',
} as const;
