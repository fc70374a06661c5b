import type { Language } from '../../../src/strings/strings.ts';
import type { Avoided } from './glossary.ts';

const english: readonly Avoided[] = [
  { word: 'SLA', pattern: '\\bSLA\\b', why: 'No document grants one: a time is a target.' },
  { word: 'promise, guarantee', pattern: '\\bpromis|\\bguarant', why: 'A target is not one.' },
  { word: 'ticket, service request', pattern: '\\btickets?\\b|\\bservice request', why: 'A case.' },
  { word: 'security level', pattern: '\\bsecurity level', why: 'A slip of the documents for severity.' },
  { word: 'queue', pattern: '\\bqueue', why: 'A desk.' },
  { word: 'due date', pattern: '\\bdue date', why: 'A target, which has an hour.' },
  { word: 'license', pattern: '\\blicens(?:e|es)\\b', why: 'Spelt licence.' },
  { word: 'e-mail', pattern: '\\be-mail', why: 'Spelt email.' },
];

/** What no sentence of a language says: mostly faults of the documents, and second words for what has one. */
export const avoided: Readonly<Record<Language, readonly Avoided[]>> = {
  en: english,
  cs: [
    { word: 'úroveň zabezpečení', pattern: 'úrove\\p{L}+ zabezpečení', why: 'A slip of the documents for severity.' },
    { word: 'SLA, slib, garance', pattern: '\\bSLA\\b|\\bslib|\\bgaran', why: 'A time is a target.' },
    { word: 'tiket, žádost o služby', pattern: '\\btiket|žádost\\p{L}* o služb', why: 'Případ.' },
    { word: 'prvotní reakce, odezva', pattern: 'prvotní|odezv', why: 'První reakce.' },
    { word: 'předplacená podpora', pattern: 'předplacen', why: 'A slip of the documents: it is about subscriptions.' },
    { word: 'rozšířená smlouva', pattern: 'rozšířen\\p{L} smlouv', why: 'The documents say pokročilá.' },
    {
      word: 'správce obchodního účtu',
      pattern: 'obchodní\\p{L}* účtu',
      why: 'Not the word of the documents’ original.',
    },
    { word: 'tarif předplatného', pattern: '\\btarif', why: 'Plán.' },
  ],
  fi: [
    { word: 'suojaustaso', pattern: 'suojaustaso', why: 'A slip of the documents for severity.' },
    { word: 'SLA, lupaus, takuu', pattern: '\\bSLA\\b|\\blupau|\\btakuu|\\btakaa', why: 'A time is a target.' },
    { word: 'tiketti, palvelupyyntö', pattern: 'tiket|palvelupyyn', why: 'Tapaus.' },
    { word: 'vakavuustaso', pattern: 'vakavuustaso', why: 'Vakavuus; the letter is the level.' },
    { word: 'edistynyt sopimus', pattern: 'edistyn', why: 'Laajennettu; an agreement does not progress.' },
    { word: 'insidentti', pattern: 'insident', why: 'Häiriö.' },
    { word: 'hämmentävä', pattern: 'hämmentäv', why: 'A slip of the documents for garbled.' },
  ],
  he: [
    { word: 'רמת אבטחה', pattern: 'רמת אבטחה', why: 'A slip of the documents for severity.' },
    { word: 'SLA, הבטחה', pattern: 'SLA|הבטחה|מובטח', why: 'A time is a target.' },
    { word: 'כרטיס, קריאת שירות, בקשת שירות', pattern: 'כרטיס|קריאת שירות|בקשת שירות', why: 'פנייה.' },
    {
      word: 'חתמו מראש',
      pattern: 'חתמ\\p{L}* מראש',
      why: 'A slip of the documents: the agreement is advanced, not early.',
    },
    { word: 'Lync', pattern: 'Lync', why: 'A slip of the documents for Exchange Online.' },
    {
      word: 'Office 365 המופעל',
      pattern: 'Office 365 המופעל',
      why: 'The old name of Microsoft 365 operated by 21Vianet.',
    },
    { word: 'אירוע', pattern: 'אירוע', why: 'תקרית.' },
    { word: 'צד שמאל, צד ימין', pattern: 'בצד ה?(?:שמאל|ימין|ימני)', why: 'Layouts are mirrored: the end side.' },
  ],
  lv: [
    { word: 'svarīguma līmenis', pattern: 'svarīguma', why: 'Smaguma pakāpe.' },
    { word: 'drošības līmenis', pattern: 'drošības līmen', why: 'Smaguma pakāpe.' },
    { word: 'SLA, solījums, garantija', pattern: '\\bSLA\\b|solījum|garant', why: 'A time is a target.' },
    { word: 'biļete, pakalpojuma pieprasījums', pattern: 'biļet|pakalpojum\\p{L}+ pieprasījum', why: 'Pieteikums.' },
    { word: 'priviliģēts', pattern: 'privili', why: 'Premium.' },
    { word: 'Microsoft 365 darbam', pattern: '365 darbam', why: 'Microsoft 365 uzņēmumiem.' },
  ],
};
