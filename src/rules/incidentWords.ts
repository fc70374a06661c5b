/*
 * Words that drafts and incidents are compared by, in English, Czech, Finnish, Hebrew and Latvian. All are folded: lower
 * case, no accents or vowel points. A word stands for every word that begins with it, because these languages bend the
 * ends of theirs; one with a dot at its end stands for itself only. Commas separate, spaces join words that follow.
 */

/** What can be wrong. Two texts on the same topic can be about the same thing, two on different ones cannot. */
export const topicWords = {
  mailFlow:
    'mail.,mails.,email,e mail,mail flow,mailflow,message.,messages.,inbox,outbox,deliver,undeliver,posta.,postu.,poste.,' +
    'posty.,postou.,zprav,doruc,nedoruc,odeslat,odesil,sahkopost,posti.,postia.,postin.,viesti.,viestit,viestej,viestien,' +
    'דואר,מייל,אימייל,הודעות,e past,epast,pasts.,pastu.,pasta.,vestul,zinojum,piegad',
  calendar:
    'calendar,free busy,availability,scheduling assistant,rooms.,kalendar,dostupnost,maji volno,mistnost,kalenter,vapaat aja,' +
    'varaustilan,ajoitusavusta,huonei,יומן,פנוי,זמינות,חדרים,pieejamib,briv,telpas.,telpu.',
  meeting:
    'meeting,join,attendee,webinar,schuzk,schuzc,pripojit,ucastni,kokou,liitty,liittya,osallistuj,פגיש,הצטרפ,להצטרף,משתתפ,' +
    'sapulc,pievieno,dalibniek',
  calling:
    'call.,calls.,calling,audio,video,sound,voice,microphone,hear.,hovor,zvuk,hlas.,slyset,mikrofon,puhelu,aani,aanta,kuulu.,' +
    'שיחה,שיחות,קול.,שמע.,וידאו,מיקרופון,zvan,skana,skanas,balss',
  search: 'search,vyhledav,hledan,hledat,haku.,hakua.,haun.,hakutul,hakuun,חיפוש,mekle',
  sync: 'sync,synchroni,nesynchroni,synkrono,סנכר,מסתנכר,sinhroni',
  signIn:
    'sign in,signin,sign on,log in.,log on.,login,logon,password,authenticat,credential,prihlas,hesl,kirjautu,kirjautumi,' +
    'salasan,tunnistaut,סיסמ,כניסה,התחברות,הזדהות,parol,pieteik,pieteikties,pieraksti,autentifik',
  licence: 'licen,lisenss,kayttooikeut,kayttooikeud,רישיו',
  billing: 'invoice,billing,bill.,refund,payment,faktur,platb,lasku.,laskun,laskul,laskus,חשבונית,תשלום,rekin,maksajum',
  adminCenter: 'admin center,admin centre,cent pro sprav,hallintakesku,מרכז הניהול,administresanas centr',
  permission:
    'permission,access denied,full access,guest,opravnen,pristup,odepren,oikeude,estetty,vierask,הרשא,אורח,גישה,atlauj,' +
    'piekluv,liegt',
  mailbox: 'mailbox,quota,archive,schrank,postilaatik,תיבה,pastkast',
  channel: 'channel,kanal,kanav,ערוץ,ערוצ',
  enrolment: 'enrol,company portal,registrac,zaregistr,rekistero,רישום,נרשמ,registr',
  report:
    'refresh,report.,reports.,dashboard,dataset,sestav,aktualiz,neaktualiz,ridici panel,raport,paivity,koontinayt,דוחות,דוח.,' +
    'רענ,מתרענ,מחוונ,parskat,atsvaidz,informacijas panel',
  quarantine:
    'quarantin,phish,spam.,junk,karanten,karanteen,tietojenkalastel,roskapost,הסגר,פישינג,דיוג,ספאם,piksker,surogat',
  workflow: 'workflow,runner,pipeline,workflows',
  publishing: 'publish,package,publik,balic,julkais,paketi,פרסום,חביל,public,pakotn',
  deletion: 'restore,delet,recycle,obnov,smaz,odstran,palaut,poista,poiste,למחוק,שחזור,izdzes,dzest,atjauno',
  autoReply:
    'automatic repl,out of office,automatick odpov,nepritomnost,poissaolo,automaattin vasta,אוטומטית,היעדרות,' +
    'automatisk atbild,prombutn',
  appearance: 'background,wallpaper,pozadi,taustakuva,רקע,fonu.,fons.,fona.',
  setup: 'gateway,install,instala,asenna,asennu,התקנ,forward,preposl,vialeenlah,parsut',
  recording: 'record,transcript,zaznam,nahravk,prepis,tallen,litteroin,הקלט,תמלול,ierakst,atsifrejum',
  forgotten: 'forgot,forget,reset,zapomn,zapomen,unohd,unohtu,שכח,לאפס,איפוס,aizmirs,atiestat',
  mistake: 'mistyped,typo,wrong address,spatn adres,preklep,vaara osoit,kirjoitusvirhe,כתובת שגויה,nepareiz adres',
} as const satisfies Readonly<Record<string, string>>;
export type Topic = keyof typeof topicWords;

/** Matters of one's own: who writes of one in a title does not write of a disturbance, unless that is about the same. */
export const ownMatters: ReadonlySet<Topic> = new Set<Topic>([
  ...(['billing', 'permission', 'mailbox', 'channel', 'deletion', 'autoReply', 'appearance', 'setup'] as const),
  ...(['recording', 'forgotten', 'mistake'] as const),
]);

/** Names of services, by the one that Microsoft lists them under. What is none of these is compared as it is written. */
export const serviceWords: Readonly<Record<string, string>> = {
  exchange: 'exchange,outlook,owa.',
  teams: 'teams,microsoft teams',
  sharepoint: 'sharepoint',
  onedrive: 'onedrive',
  suite: 'microsoft 365 suite,office 365.,o365.,office 365 portal,microsoft 365 portal,microsoft 365 service',
  identity: 'entra,azure ad.,azure active directory,identity service',
  intune: 'intune',
  powerbi: 'power bi,powerbi',
  automate: 'power automate,microsoft flow',
  powerapps: 'power apps,powerapps',
  defender: 'defender',
  purview: 'purview',
  apps: 'microsoft 365 apps,office apps',
  engage: 'yammer,viva engage',
  skype: 'skype,lync',
  planner: 'planner',
  copilot: 'copilot',
};

/** Services that all others stand on: what is wrong there can be felt anywhere. */
export const sharedServices: ReadonlySet<string> = new Set(['suite', 'identity']);

/** Who says that asks for something to be made otherwise, which no end of an incident will do. */
export const wishWords =
  'we want,we would like,i want to,i would like,please add,please grant,please set,chceme,chtel bych,chteli bychom,prosim o pridan,prosim o pristup,' +
  'haluamme,haluaisi,toivomme,רוצים,רוצה,נא להוסיף,velamies,velos.,gribam';

/** How a title begins that asks how something is done: no incident answers that. */
export const questionWords =
  'how,is it possible,which,question,what,can i,can we,jak.,dotaz,ktery,je mozne,lze.,miten,kuinka,mika.,voiko,איך,כיצד,שאלה,האם,' +
  'ka.,jautajum,vai.,kurs.';
