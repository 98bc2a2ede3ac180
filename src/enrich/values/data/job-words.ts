/**
 * Words of job titles in several languages, folded (lower-case ASCII, `ü` as `u`), and what they say. `*` stands for any
 * letters, so that `*leiter*` is in `vertriebsleiterin`; `;` parts the phrases.
 */

/** From the strongest: of two that a title holds the first counts. The keys are HubSpot's options of `hs_seniority`. */
export const seniorityWords: readonly (readonly [key: string, words: string])[] = [
  [
    'entry',
    `junior; jr; intern; trainee; apprentice; entry level; working student; praktikant*; werkstudent*; azubi; auszubild*;
    volontar*; stagiaire; alternant*; apprenti*; becari*; practicas; stagista; tirocinante; stagiair*; praktykant*;
    stazyst*; estagiari*; larling`,
  ],
  [
    'owner',
    `owner; co owner; founder; cofounder; proprietor; self employed; inhaber*; eigentumer*; *grunder; *grunderin;
    fondat*; cofondat*; proprietaire; gerant*; fundador*; cofundador*; dueno; duena; propietari*; titolare; proprietari*;
    eigenaar*; oprichter*; agare; grundare; wlasciciel*`,
  ],
  [
    'partner',
    'managing partner; senior partner; equity partner; founding partner; partner; associe gerant; socio; socia; sozius',
  ],
  [
    'executive',
    `ceo; cfo; cto; coo; cmo; cio; ciso; cro; cpo; chro; chief * officer; chief * * officer; president; presidente;
    presidenta; managing director; executive director; *geschaftsfuhr*; *geschaeftsfuehr*; *vorstand*; pdg; directeur general;
    directrice generale; director general; directora general; direttore generale; amministratore delegato; diretor geral;
    consejero delegado; algemeen directeur; verkstallande direktor; toimitusjohtaja; administrerende direktor; prezes*`,
  ],
  ['vp', 'vp; svp; evp; avp; vice president; vice presidente; vice presidenta; vizeprasident*; vicepresident*'],
  [
    'director',
    `director; directora; *directeur; *directrice; *direktor*; direttore; direttrice; diretor; diretora; dyrektor*; head;
    *leiter; *leiterin; leitung; bereichsleit*; chief of staff`,
  ],
  [
    'manager',
    `manager; *manager; *managerin; gestionnaire; supervisor; team lead; team leader; team manager; teamleiter*; gruppenleiter*;
    abteilungsleiter*; filialleiter*; schichtleiter*; projektleiter*; marktleiter*; responsable; responsabile; responsavel;
    jefe; jefa; gerente; teamleider; projectleider; hoofd; chef d equipe; chef de projet; chef de service; kierownik;
    kierowniczka; capo reparto; capo area; *chef`,
  ],
  ['senior', 'senior; sr; lead; principal; staff engineer; staff software engineer; expert; distinguished'],
];

/** Titles that hold a word of rank which means something else. Taken out before ranks are looked for. */
export const noRank = `product owner; process owner; data owner; service owner; system owner; application owner;
  platform owner; home owner; business partner; channel partner; people partner; talent partner; delivery partner;
  partner manager; partner management; partner marketing; partner success; partner development; partner sales;
  partner account; art director; creative director; director of photography; office manager; chef de partie; chef de cuisine;
  sous chef; executive chef; pastry chef; head chef; sales executive; account executive; marketing executive; executive assistant;
  executive search; sale leader; head hunter; headhunter; kuchenchef; souschef; lead generation; lead gen; lead qualification;
  investor relations partner; junior partner`;

/** Managers of things: the title alone does not say that people report to them. */
export const managersOfThings = `account manager; key account manager; product manager; project manager; program manager;
  programme manager; community manager; social media manager; content manager; case manager; brand manager; campaign manager;
  customer success manager; event manager; marketing manager; partner manager; category manager; produktmanager*; qualitatsmanager*; eventmanager*;
  projektmanager*; chef de projet; chef de produit; projektleiter*; projectleider`;

/** Those who work for somebody with a title. */
export const assistants = `assistant to *; assistant of *; assistant de *; assistante de *; asistente de *; assistente di *;
  assistenz der *; assistentin der *; assistent der *; assistent van *; executive assistant; personal assistant; office assistant;
  administrative assistant; pa to *; secretary to *; *sekretar*; *assistenz; secretaire; secretaria; segretaria; sekretarka`;

/** Those who no longer do it. */
export const former = `former; formerly; ex; retired; emeritus; ehemalig*; retraite*; jubilad*; pensionato; pensionata;
  rentner*; pensionar*; im ruhestand; ancien; ancienne; previously; unemployed; looking; arbeitssuchend*; seeking`;

/** The keys are HubSpot's options of `hs_role`. A phrase of several words is looked for before any single word. */
export const functionWords: readonly (readonly [key: string, words: string])[] = [
  [
    'business_development',
    `business development; biz dev; bdr; bdm; desarrollo de negocio*; sviluppo business; geschaftsentwicklung;
    geschaftsfeldentwicklung; developpement des affaires; desenvolvimento de negocio*`,
  ],
  [
    'recruiting',
    'recruit*; talent acquisition; sourcer; headhunter; head hunter; executive search; selezione del personale; seleccion de personal; recrutement*',
  ],
  [
    'project_management',
    `project manager; project management; project lead; program manager; programme manager; projektmanage*; projektleit*;
    chef de projet; cheffe de projet; jefe de proyecto*; jefa de proyecto*; project leader; projectleider; projectmanager;
    projektledare; scrum master; pmo; gerente de projeto*; responsabile di progetto; kierownik projektu`,
  ],
  [
    'product',
    `product manager; product management; product owner; head of product; chief product officer; cpo; produktmanage*;
    product; chef de produit; cheffe de produit; jefe de producto; produktchef; produktleit*`,
  ],
  [
    'customer_service',
    `customer service; customer success; customer care; customer experience; customer relations; call center; kundenservice; kundendienst;
    kundenbetreu*; service client; relation client; atencion al cliente; servizio clienti; klantenservice; kundtjanst;
    atendimento ao cliente; obsluga klienta`,
  ],
  ['support', 'support; technical support; it support; helpdesk; help desk; service desk; soporte; supporto; suporte'],
  [
    'sales',
    `sales; sales engineer; account executive; account manager; account management; key account*; sdr; *vertrieb*; verkauf*;
    aussendienst*; ventes; vente; commercial; commerciale; ventas; comercial; vendite; vendas; verkoop*; forsaljning*;
    saljare; salg; sprzedaz*; handlowiec; revenue; cro`,
  ],
  [
    'marketing',
    `*marketing*; cmo; brand; seo; sem; sea; demand generation; demand gen; growth; mercadotecnia; marknad*; content; social media;
    lead generation; community`,
  ],
  [
    'public_relations',
    'public relations; pr; press; presse*; relaciones publicas; relations publiques; offentlichkeitsarbeit',
  ],
  [
    'communications',
    '*communications; communication; *kommunikation*; comunicacion; comunicazione; comunicacao; communicatie; chargee de communication',
  ],
  [
    'accounting',
    'account*ant; accounting; accounts payable; accounts receivable; *buchhalt*; comptab*; contabil*; contable*; bookkeep*; boekhoud*; redovisning*; ksiegow*; steuerberat*; auditor; tax; ragionier*',
  ],
  [
    'finance',
    'finance; financial; cfo; finanz*; treasur*; controller; controlling; daf; tesorer*; finanzas; financier*; finans*; financas; kaufmannische* leit*; fp a; investor relations; buchhaltungsleit*',
  ],
  [
    'human_resources',
    `hr; human resources; people operations; people ops; people partner; people culture; people and culture; chief people officer; head of people;
    chro; personalleit*; personalabteil*; personalwesen; personalreferent*; personalmanage*; personalentwickl*; ressources humaines; rh; drh;
    rrhh; recursos humanos; risorse umane; personeelszaken; kadr*; hrbp; talent management`,
  ],
  [
    'quality_assurance',
    'qa; quality assurance; quality; qualitat*; qualite; calidad; qualita; kwaliteit*; tester; testing; test engineer; jakosci',
  ],
  ['design', '*design*; ux; ui; *gestalter*; art director; creative director; *grafik*; disen*; graphiste; creative'],
  [
    'research',
    `research; researcher; r d; rnd; forsch*; scientist; wissenschaft*; recherche; chercheu*; investigador*; investigacion;
    ricerca; ricercat*; onderzoek*; pesquisa*; data science`,
  ],
  [
    'information_technology',
    `it; information technology; cio; ciso; sysadmin; system administrator; systems administrator; systemadministrator*; informati*;
    edv; cyber*; information security; infosec; network administrator; network engineer; it leiter*; dsi; ti; ict; datenschutz*; business intelligence`,
  ],
  [
    'engineering',
    `*engineer*; *developer*; *entwickl*; *programm*er; programmer; ingenieu*; ingenier*; ingegner*; devops; sre; cto; software*; desarrollador*;
    developpeu*; sviluppat*; ontwikkelaar*; utvecklare; udvikler; engenheir*; desenvolvedor*; programist*; programador*; programmat*; technik*; full stack; backend; frontend; inzynier*; konstrukteur*`,
  ],
  [
    'legal',
    'legal; lawyer; attorney; counsel; *anwalt*; *anwaelt*; jurist*; justiziar*; juridi*; avocat*; abogad*; avvocat*; advogad*; paralegal; notar*; advokat*; advocaat; prawnik; compliance; solicitor; barrister',
  ],
  [
    'education',
    'teacher; teaching; *lehrer*; professor*; dozent*; enseignant*; professeur*; profesor*; insegnante; docent*; lecturer; trainer; schulleit*; tutor; nauczyciel*; education',
  ],
  [
    'health_professional',
    'doctor; physician; nurse; nursing; *arzt; *arztin; krankenschwester; *pfleger*; medecin; infirmi*; medico; medica; enfermer*; dentist*; therapist; *therapeut*; pharmacist; apotheker*; lekarz; surgeon; veterinarian',
  ],
  [
    'real_estate',
    'real estate; realtor; *immobili*; makler*; inmobiliari*; property manager; estate agent; makelaar*; agent immobilier',
  ],
  [
    'consulting',
    'consultant*; consulting; consultancy; *berater*; *beratung; consultor*; consulente; conseiller*; consultante*; adviseur; adviser; advisor; konsult; konsulent',
  ],
  [
    'operations',
    `operations; coo; logist*; supply chain; betriebsleit*; operaciones; operations manager; exploitation; procurement; *einkauf*; purchas*; buyer; achats; acheteu*;
    compras; acquisti; inkoop*; produktion; produktionsleit*; hausmeister*; production; producao; produccion; produzione; warehouse; lagerleit*; facility; facilities; operacoes; fulfillment; plant manager`,
  ],
  [
    'administrative',
    `office manager; office administrator; secretar*; *sekretar*; executive assistant; personal assistant; office assistant; administrative assistant; *assistenz; assistente di direzione; assistant de direction; assistante de direction; asistente de direccion; impiegat* amministrativ*; auxiliar administrativ*; assistentin der geschaftsfuhrung; assistenz der geschaftsfuhrung;
    administrative; receptionist; empfang*; *sachbearbeit*; verwaltung*; recepcionista; segretari*; office management; sekretarka`,
  ],
  ['retired', 'retired; rentner*; pensionar*; retraite*; jubilad*; pensionato; pensionata; im ruhestand'],
  [
    'entrepreneurship',
    'entrepreneur*; unternehmer*; founder; cofounder; *grunder; *grunderin; fondat*; fundador*; emprendedor*; imprenditor*; empresari*',
  ],
];

/** What else options may be called, and the wider word that will do where the portal does not have the narrower. */
export const functionNames: Readonly<Record<string, { readonly names?: string; readonly wider?: string }>> = {
  business_development: { names: 'bizdev', wider: 'sales' },
  recruiting: { names: 'recruitment; talent acquisition', wider: 'human_resources' },
  product: { names: 'product management' },
  customer_service: { names: 'customer success; customer care; service', wider: 'support' },
  support: { names: 'customer support; technical support', wider: 'customer_service' },
  public_relations: { names: 'pr', wider: 'communications' },
  communications: { names: 'communication', wider: 'marketing' },
  accounting: { wider: 'finance' },
  finance: { names: 'finance accounting; finance and accounting' },
  human_resources: { names: 'hr; people; people operations' },
  quality_assurance: { names: 'qa; quality' },
  information_technology: { names: 'it' },
  engineering: { names: 'engineering technology; software engineering; development; technology' },
  health_professional: { names: 'medical health; healthcare; medical' },
  administrative: { names: 'administration; admin' },
  research: { names: 'r d; research and development; science' },
};

export const seniorityNames: Readonly<Record<string, { readonly names?: string; readonly wider?: string }>> = {
  executive: { names: 'c level; c suite; cxo; c-level executive' },
  vp: { names: 'vice president' },
  director: { names: 'head' },
  entry: { names: 'entry level; junior; intern; training' },
  owner: { names: 'founder; owner founder', wider: 'executive' },
  partner: { wider: 'executive' },
  senior: { wider: 'employee' },
  employee: { names: 'staff; individual contributor; mid level; non manager' },
};
