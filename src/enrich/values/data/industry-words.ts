/**
 * Words in names of organisations that say what they do, folded; written as those of job titles. The keys are HubSpot's
 * options of a company's `industry`. Only words that hardly ever stand in the name of something else.
 */
export const industryWords: readonly (readonly [key: string, words: string])[] = [
  [
    'ACCOUNTING',
    'steuerberat*; accountants; chartered accountants; wirtschaftspruf*; expert comptable; experts comptables; commercialisti; bookkeeping; boekhouders',
  ],
  ['AIRLINES_AVIATION', 'airlines; airline; airways; fluggesellschaft; lufthansa; flughafen; airport'],
  [
    'ARCHITECTURE_PLANNING',
    'architekten; architects; architekturburo; architectes; arquitectos; architetti; architecten',
  ],
  ['AUTOMOTIVE', 'autohaus; automotive; autowerkstatt; kfz; automobiles; autobedrijf; concessionaria; car dealership'],
  [
    'BANKING',
    'bank; *sparkasse; volksbank; raiffeisenbank; banque; banco; banca; credit union; bankhaus; caisse d epargne; caja rural; savings bank',
  ],
  ['BIOTECHNOLOGY', 'biotech; biotechnology; biotechnologie'],
  ['CHEMICALS', 'chemicals; chemie; chimica; quimica; chimie'],
  ['COMPUTER_GAMES', 'game studios; games studio; game studio'],
  ['COMPUTER_SOFTWARE', 'software; softwares; softwareentwicklung; saas'],
  [
    'CONSTRUCTION',
    'construction; constructions; bauunternehm*; hochbau; tiefbau; construcciones; costruzioni; construtora; bouwbedrijf; aannemersbedrijf; bygg; builders; zimmerei; dachdecker*',
  ],
  ['FARMING', 'farms; landwirtschaft*; agricola; agriculture; bauernhof'],
  [
    'FOOD_BEVERAGES',
    'brauerei; brewery; brewing; backerei; bakery; boulangerie; panaderia; panificio; metzgerei; fleischerei; bakkerij; molkerei',
  ],
  ['FURNITURE', 'mobel; mobelhaus; furniture; muebles; meubles; meubelen; tischlerei; schreinerei'],
  [
    'GOVERNMENT_ADMINISTRATION',
    'gemeinde; stadtverwaltung; landratsamt; ministerium; ministry; ministere; ministerio; ministero; city council; county council; ayuntamiento; mairie; comune di; gemeente; municipality; bundesamt',
  ],
  ['HEALTH_WELLNESS_AND_FITNESS', 'fitness; fitnessstudio; wellness; yoga; physiotherapie; physiotherapy'],
  [
    'HIGHER_EDUCATION',
    '*universitat; university; universite; universidad; universita; universidade; universiteit; universitet; hochschule; fachhochschule; uniwersytet; politecnico',
  ],
  [
    'HOSPITAL_HEALTH_CARE',
    'hospital; hospitals; klinik; kliniken; klinikum; krankenhaus; clinique; clinica; ziekenhuis; hopital; ospedale; szpital; medical center; medical centre; sjukhus',
  ],
  ['HOSPITALITY', 'hotel; hotels; hostel; resort; gasthof; gastehaus; hoteles; albergo'],
  [
    'INFORMATION_TECHNOLOGY_AND_SERVICES',
    'it services; it solutions; it service; it consulting; it beratung; it systemhaus; systemhaus; informatique; informatica; informatik; it dienstleist*',
  ],
  [
    'INSURANCE',
    'insurance; *versicherung*; assurance; assurances; seguros; assicurazion*; verzekering*; forsakring*; ubezpieczenia; reinsurance',
  ],
  [
    'LAW_PRACTICE',
    'law firm; law office; law offices; law group; rechtsanwalt*; rechtsanwaelt*; abogados; avocats; advokat*; advocaten; solicitors; attorneys; avvocati; advogados; notariat; attorneys at law; barristers',
  ],
  [
    'LOGISTICS_AND_SUPPLY_CHAIN',
    'logistics; logistik; logistique; logistica; logistiek; spedition*; freight; fulfillment; fulfilment',
  ],
  ['MACHINERY', '*maschinenbau; machinery; maschinenfabrik; anlagenbau'],
  [
    'MANAGEMENT_CONSULTING',
    'unternehmensberatung; management consulting; management consultants; strategy consulting; conseil en management',
  ],
  [
    'MARKETING_AND_ADVERTISING',
    'advertising; werbeagentur; marketing agency; marketing agentur; marketingagentur; agence de publicite; publicidad; digital agency; pr agentur',
  ],
  [
    'MEDICAL_PRACTICE',
    'zahnarzt*; arztpraxis; dental; dentistry; dentist; family medicine; orthodontics; tandarts*; cabinet medical',
  ],
  ['MUSEUMS_AND_INSTITUTIONS', 'museum; musee; museo; museums'],
  ['NEWSPAPERS', 'newspaper; tageblatt; zeitung; gazette; tagblatt'],
  ['PHARMACEUTICALS', 'pharma; pharmaceutical; pharmaceuticals; pharmazeutik*; farmaceutica; arzneimittel'],
  [
    'PRIMARY_SECONDARY_EDUCATION',
    'high school; primary school; elementary school; middle school; grundschule; realschule; school district; lycee; basisschool; public schools',
  ],
  ['PRINTING', 'druckerei; printing; imprimerie; imprenta; tipografia; drukkerij'],
  ['PUBLISHING', 'verlag; publishing; publishers; editions; editorial; editore; uitgeverij'],
  [
    'REAL_ESTATE',
    'real estate; immobilien*; immobilier; inmobiliaria; immobiliare; realty; imobiliaria; vastgoed; makelaardij; hausverwaltung',
  ],
  ['RENEWABLES_ENVIRONMENT', 'solar; photovoltaik; windkraft; renewables; renewable energy; windenergie; fotovoltaica'],
  [
    'RESTAURANTS',
    'restaurant; restaurants; ristorante; pizzeria; trattoria; bistro; steakhouse; gasthaus; restaurante',
  ],
  ['SECURITY_AND_INVESTIGATIONS', 'sicherheitsdienst; security services; wachdienst; private investigations'],
  [
    'STAFFING_AND_RECRUITING',
    'recruiting; recruitment; staffing; personaldienstleist*; zeitarbeit; personalvermittlung; executive search; headhunters; uitzendbureau',
  ],
  ['SUPERMARKETS', 'supermarket; supermarkt; supermarche; supermercado; supermercati; supermarkets'],
  ['TELECOMMUNICATIONS', 'telecom; telekom; telecommunications; telecomunicaciones; telekommunikation; telecoms'],
  [
    'TRANSLATION_AND_LOCALIZATION',
    'translations; ubersetzungen; ubersetzungsburo; traductions; traducciones; localization; vertaalbureau',
  ],
  ['UTILITIES', 'stadtwerke; water works; wasserwerke; elektrizitatswerk*'],
  ['VENTURE_CAPITAL_PRIVATE_EQUITY', 'venture capital; ventures capital; private equity'],
  [
    'VETERINARY',
    'tierarzt*; veterinary; veterinaire; veterinaria; tierklinik; animal hospital; animal clinic; dierenarts*',
  ],
  [
    'WINE_AND_SPIRITS',
    'weingut; winery; vineyards; vineyard; distillery; brennerei; cantina; bodega; bodegas; domaine viticole; weinkellerei',
  ],
];

/** Names in which such a word means something else; they say nothing. */
export const misleading = `food bank; blood bank; power bank; data bank; west bank; left bank; south bank; bank of ideas; job bank; bank street;
  river bank; banca dati; park hotel street; hotel supplies; hotel software; hotel management; hotel consulting; restaurant supply; restaurant software; restaurant equipment; software ag`;

/** Endings of domains that only such organisations get. */
export const industryDomains: readonly (readonly [ending: RegExp, key: string])[] = [
  [/\.(?:edu|edu\.[a-z]{2}|ac\.[a-z]{2})$/, 'HIGHER_EDUCATION'],
  [/\.(?:gov|gov\.[a-z]{2}|gob\.[a-z]{2}|gouv\.fr|gc\.ca|admin\.ch)$/, 'GOVERNMENT_ADMINISTRATION'],
  [/\.mil$/, 'MILITARY'],
  [/\.museum$/, 'MUSEUMS_AND_INSTITUTIONS'],
  [/\.bank$/, 'BANKING'],
  [/\.insurance$/, 'INSURANCE'],
];
