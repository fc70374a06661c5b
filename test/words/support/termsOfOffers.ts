import type { Term } from './glossary.ts';

/** Terms of those who give support, of what they offer and of what they ask for. */
export const termsOfOffers: readonly Term[] = [
  {
    term: 'support',
    means: 'Those who answer a case.',
    found: '\\bsupport\\b',
    words: {
      cs: ['podpora', 'podpo[rř]'],
      fi: ['tuki', 'tu(?:ki|ke|e)'],
      he: ['תמיכה', 'תמיכ'],
      lv: ['atbalsta dienests', 'atbalst'],
    },
  },
  {
    term: 'support offer',
    means: 'What one document offers, with rules of its own; a profile in the code.',
    found: '\\bsupport offers?\\b',
    words: {
      cs: ['nabídka podpory', 'nabíd\\p{L}+ podpory'],
      fi: ['tukipalvelu', 'tukipalvelu'],
      he: ['מסלול תמיכה', 'מסלולי? ה?תמיכה'],
      lv: ['atbalsta piedāvājums', 'atbalsta piedāvājum'],
    },
  },
  {
    term: 'business day',
    means: 'A day that counts for a target; which days do, a reading says.',
    found: '\\b(?:business|working) days?\\b',
    words: {
      cs: ['pracovní den', 'pracovní\\p{L}* (?:den|dn)'],
      fi: ['työpäivä', 'työpäiv'],
      he: ['יום עסקים', '(?:יום|ימי) עסקים'],
      lv: ['darba diena', 'darba dien'],
    },
  },
  {
    term: 'holiday',
    means: 'A day on which support does not work under the weekday readings.',
    found: '\\bholidays?\\b(?! names)',
    words: {
      cs: ['svátek', 'svát'],
      fi: ['vapaapäivä', 'vapaapäiv'],
      he: ['חג', 'חג'],
      lv: ['svētku diena', 'svētku dien'],
    },
  },
  {
    term: 'incident',
    means: 'A disturbance of a service on the health board.',
    found: '\\bincidents?\\b',
    words: {
      cs: ['incident', 'incident'],
      fi: ['häiriö', 'häiriö'],
      he: ['תקרית', 'תקרי'],
      lv: ['incidents', 'incident'],
    },
  },
  {
    term: 'health board',
    means: 'What is known about the services, recorded by hand or read from a source.',
    found: '\\bboard\\b',
    words: {
      cs: ['přehled', 'přehled'],
      fi: ['tilataulu', 'tilataulu'],
      he: ['לוח', 'לוח'],
      lv: ['panelis', 'pane[lļ]'],
    },
  },
  {
    term: 'service health',
    means: 'How the services are.',
    found: '\\bservice health\\b',
    words: {
      cs: ['stav služeb', 'stav\\p{L}* služeb'],
      fi: ['palveluiden tila', 'palveluiden tila'],
      he: ['תקינות שירות', 'תקינות ה?שירות'],
      lv: ['pakalpojumu darbspēja', 'pakalpojumu darbspēj'],
    },
  },
  {
    term: 'snapshot',
    means: 'What somebody has read of service health, published for those who cannot.',
    found: '\\bsnapshots?\\b',
    words: {
      cs: ['snímek', 'sním[ek]'],
      fi: ['tilannekuva', 'tilannekuv'],
      he: ['תמונת מצב', 'תמונ(?:ת|ות) ה?מצב'],
      lv: ['momentuzņēmums', 'momentuzņēmum'],
    },
  },
  {
    term: 'admin center',
    means: 'Where administrators of Microsoft 365 work.',
    found: '\\badmin center\\b',
    words: {
      cs: ['centrum pro správu', 'centr\\p{L}+ pro správu'],
      fi: ['hallintakeskus', 'hallintakesku'],
      he: ['מרכז הניהול', 'מרכז הניהול'],
      lv: ['administrēšanas centrs', 'administrēšanas centr'],
    },
  },
  {
    term: 'administrator',
    means: 'A person with any administrator role in the organisation.',
    found: '\\badministrators?\\b',
    words: {
      cs: ['správce', 'správc'],
      fi: ['järjestelmänvalvoja', 'järjestelmänvalvoj'],
      he: ['מנהל מערכת', 'מנהלי? ה?מערכת'],
      lv: ['administrators', 'administrator'],
    },
  },
  {
    term: 'volume licensing',
    means: 'Licences bought under an agreement for many users.',
    found: '(?<!manage )\\bvolume licensing\\b',
    words: {
      cs: ['multilicence', 'multilicen[cč]'],
      fi: ['volyymikäyttöoikeudet', 'volyymikäyttöoikeu'],
      he: ['רישוי רב-משתמשים', 'רב-משתמשים'],
      lv: ['lielapjoma licencēšana', 'lielapjoma licenc'],
    },
  },
  {
    term: 'licence ID',
    means: 'What a case on volume licensing names, or the agreement number.',
    found: '\\blicence ID\\b',
    words: {
      cs: ['ID licence', 'ID licence'],
      fi: ['käyttöoikeuden tunnus', 'käyttöoikeuden tunnu'],
      he: ['מזהה רישיון', 'מזהה ה?רישיון'],
      lv: ['licences ID', 'licences ID'],
    },
  },
  {
    term: 'agreement number',
    means: 'What a case on volume licensing names, or the licence ID.',
    found: '\\bagreement number\\b',
    words: {
      cs: ['číslo smlouvy', 'čísl\\p{L}+ smlouvy'],
      fi: ['sopimusnumero', 'sopimusnumero'],
      he: ['מספר הסכם', 'מספר ה?הסכם'],
      lv: ['līguma numurs', 'līguma numur'],
    },
  },
  {
    term: 'advanced agreement',
    means: 'The signed online service agreement that severity A of 21Vianet needs.',
    found: '\\badvanced online service agreement\\b',
    words: {
      cs: ['pokročilá smlouva', 'pokročil\\p{L}+ smlouv'],
      fi: ['laajennettu sopimus', 'laajennet'],
      he: ['הסכם מתקדם', 'הסכם(?: שירות מקוון)? מתקדם'],
      lv: ['paplašināts līgums', 'paplašināt'],
    },
  },
  {
    term: 'PIN notice',
    means:
      'What is said about the code that support sends to a caller it does not know. Casebook never asks for the code.',
    found: '\\bsends a code\\b',
    words: { cs: ['kód', 'kód'], fi: ['koodi', 'koodi'], he: ['קוד', 'קוד'], lv: ['kods', 'kod'] },
  },
  {
    term: 'impact statement',
    means: 'What the business loses while a case of severity A lasts.',
    found: '\\bimpact statement\\b',
    words: {
      cs: ['popis dopadu', 'popis\\p{L}* dopadu'],
      fi: ['kuvaus vaikutuksesta', 'vaikut'],
      he: ['הצהרת השפעה', 'הצהרת השפעה'],
      lv: ['ietekmes apraksts', 'ietekmes'],
    },
  },
  {
    term: 'subscription',
    means: 'What an organisation bought, directly or through a partner; a trial counts.',
    found: '\\bsubscriptions?\\b',
    words: {
      cs: ['předplatné', 'předplatn'],
      fi: ['tilaus', 'tilau'],
      he: ['מנוי', 'מנוי'],
      lv: ['abonements', 'abonement'],
    },
  },
  {
    term: 'partner',
    means: 'Who sold the subscriptions in place of Microsoft.',
    found: '\\bpartners?\\b',
    words: {
      cs: ['partner', 'partner'],
      fi: ['kumppani', 'kumppani'],
      he: ['שותף', 'שות[פף]'],
      lv: ['partneris', 'partner'],
    },
  },
  {
    term: 'policy',
    means: 'What a team has agreed on, in a file.',
    found: '\\bpolic(?:y|ies)\\b',
    words: {
      cs: ['zásady', 'zásad'],
      fi: ['käytäntö', 'käytän'],
      he: ['מדיניות', 'מדיניות'],
      lv: ['politika', 'politik'],
    },
  },
];
