/** What is said about a team's policy file: what is wrong in it, by code, and what holds instead. */
export const policy = {
  'policy.fault.tooLarge': 'The file is larger than 256 KB.',
  'policy.fault.notJson': 'This is not JSON. Comments and trailing commas are allowed.',
  'policy.fault.duplicateKey': 'This key is here a second time.',
  'policy.fault.unknownKey': 'A policy does not know this key.',
  'policy.fault.wrongValue': 'This value cannot be used here.',
  'policy.fault.unknownZone': 'There is no such time zone. Write one like Asia/Shanghai.',
  'policy.fault.impossibleDate': 'There is no such date. Write it as YYYY-MM-DD.',
  'policy.fault.tooManyHolidays': 'These are more holidays than a calendar takes.',
  'policy.fault.liftsCap':
    'The support offer does not open this severity ({facts}). A policy may lower what is allowed, never raise it.',
  'policy.unused.kept': 'The team policy {file} cannot be used (line {line}, {key}). The last good one stays in force.',
  'policy.unused.settings': 'The team policy {file} cannot be used (line {line}, {key}). Your settings are in force.',
  'policy.wholeFile': 'the whole file',
  'policy.show': 'Show',
} as const;
