import type { Term } from './glossary.ts';

/** Terms of cases and of what is done with them. */
export const termsOfCases: readonly Term[] = [
  {
    term: 'case',
    means: 'One request for support, from its draft to its end.',
    found: '\\bcases?\\b',
    words: {
      cs: ['případ', 'případ'],
      fi: ['tapaus', 'tapau|tapaust'],
      he: ['פנייה', 'פני'],
      lv: ['pieteikums', 'pieteikum'],
    },
  },
  {
    term: 'desk',
    means: 'What holds the cases.',
    found: '\\bdesks?\\b',
    words: {
      cs: ['evidence', 'evidenc'],
      fi: ['tapausrekisteri', '(?:tapaus|harjoitus)rekister'],
      he: ['דלפק', 'דלפק'],
      lv: ['reģistrs', 'reģistr(?!ē)'],
    },
  },
  {
    term: 'target',
    means: 'When the first response is due under a reading.',
    found: '\\btargets?\\b',
    words: {
      cs: ['cílový čas', 'cílov'],
      fi: ['tavoiteaika', 'tavoiteai|tavoiteaj'],
      he: ['מועד יעד', 'מועדי? היעד|מועדי? יעד|יעדים'],
      lv: ['mērķa laiks', 'mērķa laik'],
    },
  },
  {
    term: 'reading',
    means: 'The meaning given to what a document leaves open.',
    found: '\\breadings?\\b',
    words: {
      cs: ['výklad', 'výklad'],
      fi: ['tulkinta', 'tulkin'],
      he: ['פרשנות', 'פרשנו'],
      lv: ['interpretācija', 'interpretācij'],
    },
  },
  {
    term: 'duty',
    means: 'What the customer owes support for a severity.',
    found: '\\bdut(?:y|ies)\\b',
    words: {
      cs: ['povinnost', 'povinnost'],
      fi: ['velvollisuus', 'velvollisuu|velvollisuuks'],
      he: ['חובה', 'חוב'],
      lv: ['pienākums', 'pienākum'],
    },
  },
  {
    term: 'note',
    means: 'Text that is added to the timeline of a case; to annotate is to add notes or files.',
    found: '\\bnotes?\\b',
    words: {
      cs: ['poznámka', 'poznám'],
      fi: ['muistiinpano', 'muistiinpano'],
      he: ['הערה', 'הער'],
      lv: ['piezīme', 'piezīm'],
    },
  },
  {
    term: 'timeline',
    means: 'Everything that happened to a case, in order.',
    found: '\\btimelines?\\b',
    words: {
      cs: ['časová osa', 'časov\\p{L}+ os'],
      fi: ['aikajana', 'aikajan'],
      he: ['ציר זמן', 'ציר ה?זמן'],
      lv: ['laikskala', 'laikskal'],
    },
  },
  {
    term: 'draft',
    means: 'A case that was not filed yet.',
    found: '\\bdrafts?\\b',
    words: {
      cs: ['koncept', 'koncept'],
      fi: ['luonnos', 'luonno'],
      he: ['טיוטה', 'טיוט'],
      lv: ['melnraksts', 'melnrakst'],
    },
  },
  {
    term: 'file (a case)',
    means: 'To hand a draft over to the desk: it becomes a case.',
    found: '\\bfile (?:case|this case|with severity|here)|\\bcase filed|\\bfiled by',
    words: {
      cs: ['založit', 'založ|autor'],
      fi: ['luoda', 'luo'],
      he: ['להגיש', 'הגי?ש|הוגש'],
      lv: ['iesniegt', 'iesnie'],
    },
  },
  {
    term: 'discard',
    means: 'To delete a draft.',
    found: '\\bdiscard',
    words: {
      cs: ['zahodit', 'zaho[dz]'],
      fi: ['hylätä', 'hyl[äk]'],
      he: ['למחוק', 'מחיק|מחק|מחוק'],
      lv: ['atmest', 'atmes'],
    },
  },
  {
    term: 'action required',
    means: 'The status in which support waits for the customer.',
    found: '\\baction required\\b',
    words: {
      cs: ['vyžaduje akci', 'vyžaduje akci'],
      fi: ['vaatii toimia', 'vaatii toimia'],
      he: ['נדרשת פעולה', 'נדרשת פעולה'],
      lv: ['nepieciešama darbība', 'nepieciešama darbība'],
    },
  },
  {
    term: 'hand-off',
    means: 'Finished text and steps for support that has no programming interface.',
    found: '\\bhand(?:-off|ed over| over| it over)',
    words: {
      cs: ['předání', 'před(?:[aá]|ej)'],
      fi: ['luovutus', 'luovut'],
      he: ['מסירה', 'מסיר|למסור|מוסר|מסרו'],
      lv: ['nodošana', 'nodo'],
    },
  },
  {
    term: 'outbox',
    means: 'What was written and not confirmed by a remote desk yet.',
    found: '\\boutbox\\b',
    words: {
      cs: ['k odeslání', 'odeslán'],
      fi: ['lähtevät', 'lähtev'],
      he: ['דואר יוצא', 'יוצא'],
      lv: ['izsūtne', 'izsūtn'],
    },
  },
  {
    term: 'evidence',
    means: 'What the editor adds to a case: selected code, problems, versions.',
    found: '\\bevidence\\b',
    words: {
      cs: ['podklady', 'podklad'],
      fi: ['todisteet', 'todiste'],
      he: ['ממצאים', 'ממצא'],
      lv: ['pierādījumi', 'pierādījum'],
    },
  },
  {
    term: 'severity',
    means: 'How bad a case is: A, B or C.',
    found: '\\bseverit(?:y|ies)\\b',
    words: {
      cs: ['závažnost', 'závažnost'],
      fi: ['vakavuus', 'vakavuu|vakavuuks'],
      he: ['רמת חומרה', 'רמ(?:ת|ות) ה?חומרה'],
      lv: ['smaguma pakāpe', 'smaguma pakāp'],
    },
  },
  {
    term: 'first response',
    means: 'The first answer of support; the target is the time for it.',
    found: '\\bfirst response\\b',
    words: {
      cs: ['první reakce', 'první reakc'],
      fi: ['ensimmäinen vastaus', 'ensimmäi\\p{L}+ vastau'],
      he: ['תגובה ראשונה', 'ה?תגובה ה?ראשונה'],
      lv: ['pirmā atbilde', 'pirm\\p{L}+ atbild'],
    },
  },
  {
    term: "vendor's number",
    means: 'The number under which support knows the case.',
    found: "\\bvendor's number\\b",
    words: {
      cs: ['číslo u dodavatele', 'čísl\\p{L} u dodavatele'],
      fi: ['toimittajan tapausnumero', 'toimittajan tapausnumero'],
      he: ['מספר אצל הספק', 'מספר אצל הספק'],
      lv: ['piegādātāja numurs', 'piegādātāja numur'],
    },
  },
  {
    term: 'close',
    means: 'To end a case, with a reason.',
    found: '\\bclose (?:case|it|a request)\\b|\\bcase closed\\b',
    words: {
      cs: ['uzavřít', 'uzav[řr]'],
      fi: ['sulkea', 'sulje|sulke'],
      he: ['לסגור', 'סגיר|נסגר|לסגור|סגור'],
      lv: ['slēgt', 'slēg|slēdz'],
    },
  },
  {
    term: 'reopen',
    means: 'To take up a case again that was resolved or closed.',
    found: '\\breopen',
    words: {
      cs: ['znovu otevřít', 'znovu otev'],
      fi: ['avata uudelleen', 'uudelleen'],
      he: ['לפתוח מחדש', 'מחדש'],
      lv: ['atkārtoti atvērt', 'atkārtoti'],
    },
  },
  {
    term: 'resolved',
    means: 'Support says the problem is solved; the customer closes or reopens.',
    found: '\\bresolved\\b',
    words: {
      cs: ['vyřešeno', 'vyřeš'],
      fi: ['ratkaistu', 'ratkais'],
      he: ['נפתרה', 'נפתר|פתר'],
      lv: ['atrisināts', 'atrisin'],
    },
  },
  {
    term: 'proposed severity',
    means: 'The severity the filer names; support may set another.',
    found: '\\bpropos(?:e|ed|al|es)\\b',
    words: {
      cs: ['navrhovaná závažnost', 'navrh|návrh'],
      fi: ['ehdotettu vakavuus', 'ehdot'],
      he: ['רמת חומרה מוצעת', 'מוצע|ה?וצע|הצע|מציע'],
      lv: ['ierosinātā smaguma pakāpe', 'ierosin'],
    },
  },
];
