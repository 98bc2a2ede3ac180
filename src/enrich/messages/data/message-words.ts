/** Words of messages, folded, in English, German, French, Spanish, Italian, Portuguese and Dutch; written as those of job titles. */

/** The most frequent words of a language that few others share; accents are folded away. */
export const stopwords: Readonly<Record<string, string>> = {
  en: 'the and is are you your we our not with for this that have has was were will would can could please from they what how when there been but my i me it of to in on at be do does',
  de: 'der die das und ist nicht ich sie wir ein eine einen mit auf fur von dem den zu im es wie bitte haben habe sind werden kann konnen auch noch aber uns ihre ihr unser mir mich bei nach seit als wenn dass guten vielen dank hallo kein keine',
  fr: 'le les des est et une un je vous nous pas pour dans que qui avec sur ce cette mon ma mes votre vos notre sont ai avez avons etre plus mais par au aux bonjour merci ne du de la il elle',
  es: 'el los las es y una un que no para con por en mi su sus nuestro esta este son hay tengo tiene puede como pero mas se lo le muy hola gracias usted ustedes del al necesito',
  it: 'il gli che non una un per con di sono e ho abbiamo mio mia nostro questo questa come ma piu anche della dei nel alla ci vi si buongiorno grazie vorrei lo avete',
  pt: 'os as que nao uma um para com por em meu minha nosso esta este sao tenho tem pode como mas mais se muito ola obrigado obrigada voce do da dos das ao preciso',
  nl: 'de het een en is niet ik wij we u uw jullie met voor van op dat die zijn heb hebben kan kunnen maar ook nog naar bij aan onze mijn graag dank hallo geen wordt te er',
  sv: 'och att det som en ett jag ni vi inte med for pa ar har kan till av den vara fran hej tack mitt min nagon var om',
  da: 'og at det som en et jeg vi ikke med for pa er har kan til af den vaere fra hej tak mit min jer om',
  pl: 'i w nie na jest sie z do to ze jak prosze dla mam czy od po jestem nasz moj dziekuje przez oraz',
};

export const intentWords: Readonly<Record<string, string>> = {
  unsubscribe: `unsubscribe; opt out; remove me; stop emailing; stop sending; take me off; abmelden; newsletter abbestellen; abbestellen; austragen;
    aus dem verteiler; me desabonner; desabonnement; desinscri*; darme de baja; dar de baja; cancellatemi; disiscriv*; cancelar inscricao; descadastr*; uitschrijven; afmelden`,
  cancellation: `cancel; cancelled; canceled; cancelling; canceling; cancellation; terminate; termination; close my account; kundig*; kundigung; stornier*; stornierung; vertrag beenden;
    resilier; resiliation; annuler; annulation; cancelar; cancelacion; cancelamento; rescindir; disdire; disdetta; annullare; recesso; opzeggen; opzegging; annuleren`,
  billing: `invoice; invoices; billing; billed; charge; charged; charges; overcharged; refund; refunds; payment; payments; paid; receipt; credit card; vat; rechnung*; mahnung; zahlung*; bezahlt; abgebucht; erstattung; ruckerstattung;
    gutschrift; facture*; paiement; rembours*; prelev*; factura*; pago; cobro; reembolso; cobrado; fattura*; pagamento; rimborso; addebit*; fatura; nota fiscal; cobranca; factuur; facturen; betaling; terugbetaling; afgeschreven`,
  complaint: `complaint; complain; unacceptable; disappointed; disappointing; terrible; awful; ridiculous; fed up; worst; beschwerde; beschweren; unverschamt*; inakzeptabel; enttausch*; reklamation; frechheit; reclamation; inadmissible;
    inacceptable; decu; decue; plainte; queja; quejarme; reclamacion; inaceptable; inaceptavel; reclamacao; reclamo; inaccettabile; deluso; delusa; klacht; klagen; onacceptabel; teleurgesteld`,
  support: `error; errors; bug; broken; crash; crashes; crashed; not working; doesnt work; does not work; isnt working; stopped working; cannot log; cant log; can not log; login problem; password; reset my; issue; problem; fails; failed; outage; down; help;
    funktioniert nicht; geht nicht; fehler; fehlermeldung; kaputt; absturz; passwort; anmelden nicht; storung; hilfe; defekt; ne fonctionne pas; ne marche pas; erreur; panne; mot de passe; bogue; aide; probleme;
    no funciona; fallo; contrasena; ayuda; averia; non funziona; errore; guasto; aiuto; problema; nao funciona; erro; senha; ajuda; werkt niet; foutmelding; fout; storing; wachtwoord; kapot; hulp; probleem`,
  scheduling: `meeting; appointment; reschedule; schedule a; book a call; book a demo; set up a call; calendar; available on; availability; termin; terminvereinbarung; verschieben; besprechung; verfugbar; rendez vous; reunion; disponible; disponibilite*; cita; reunirnos;
    appuntamento; riunione; disponibil*; reuniao; agendar; agenda; afspraak; vergadering; beschikbaar`,
  purchase: `buy; purchase; order; pricing; price; prices; quote; quotation; demo; trial; upgrade; licence; license; licenses; interested in; discount; kaufen; bestellen; bestellung; angebot; preis; preise; preisliste; interesse an; interessiert; lizenz*; testen;
    acheter; commander; commande; devis; tarif; tarifs; prix; interesse par; comprar; pedido; presupuesto; precio; precios; cotizacion; interesado en; acquistare; comprare; ordine; preventivo; prezzo; prezzi; orcamento; preco; precos; encomenda; kopen; bestelling; offerte; prijs; prijzen; geinteresseerd`,
  thanks: `thank you so much; thanks a lot; many thanks for; great job; works great; love it; well done; vielen dank fur; herzlichen dank; super service; tolle arbeit; merci beaucoup pour; merci pour; excellent travail; muchas gracias por; gracias por; excelente servicio;
    grazie mille per; grazie per; ottimo lavoro; muito obrigad*; obrigad* pel*; hartelijk dank voor; bedankt voor; top service; perfect works`,
};

/** What asks, where nothing tells what for. */
export const questionWords =
  'how do; how can; can you; could you; what is; where; when; why; which; is it possible; wie; wo; wann; warum; welche; konnen sie; ist es moglich; comment; ou; quand; pourquoi; pouvez vous; est il possible; como; donde; cuando; por que; pueden; puede; es posible; come; dove; quando; perche; potete; e possibile; onde; podem; hoe; waar; wanneer; waarom; kunt u; is het mogelijk';

export const positiveWords = `great; excellent; perfect; perfectly; love; loved; happy; pleased; thank; thanks; thankful; grateful; awesome; amazing; wonderful; fantastic; satisfied; helpful; impressed; recommend; good; nice; works well;
  super; toll; tolle; toller; prima; perfekt; zufrieden; begeistert; danke; dank; freue; freundlich; hervorragend; gut; klasse; empfehlen; merci; parfait; excellente; content; contente; ravi; ravie; satisfait*; genial; bravo;
  gracias; excelente; perfecto; encantad*; contento; contenta; satisfech*; estupendo; bueno; grazie; ottimo; ottima; perfetto; soddisfatt*; felice; fantastico; obrigad*; otimo; otima; perfeito; satisfeit*; feliz; bedankt; geweldig; tevreden; blij; fijn; uitstekend`;

export const negativeWords = `bad; terrible; awful; horrible; worst; angry; furious; annoyed; annoying; frustrated; frustrating; disappointed; disappointing; unacceptable; useless; poor; unhappy; dissatisfied; unsatisfied; ridiculous; waste; broken; fail; fails; failed; wrong; scam; lawyer; complaint; sick of; fed up; problem; problems; error; issue;
  schlecht; schlechte; schrecklich; furchtbar; katastrophe; verargert; wutend; genervt; enttauscht; enttauschend; inakzeptabel; unzufrieden; unverschamt*; frechheit; mangelhaft; kaputt; fehler; anwalt; beschwerde; falsch; argerlich; problem; probleme;
  mauvais; mauvaise; terrible; decu; decue; furieux; inacceptable; inadmissible; nul; enerve; mecontent*; insatisf*; scandaleux; erreur; avocat; panne; malo; mala; pesimo; horrible; enfadad*; frustrad*; decepcionad*; inaceptable; insatisfech*; fallo; abogado; vergonzos*;
  pessimo; pessima; deluso; delusa; arrabbiat*; inaccettabile; insoddisfatt*; errore; avvocato; ruim; horrivel; inaceitavel; insatisfeit*; decepcionad*; erro; advogado; slecht; vreselijk; boos; teleurgesteld; ontevreden; onacceptabel; fout; advocaat; klacht`;

export const urgentWords = `urgent; urgently; asap; as soon as possible; immediately; emergency; critical; right now; right away; at once; deadline; outage; is down; are down; production down; cannot wait; cant wait; today; by tomorrow; blocked; blocking; security breach; data loss;
  dringend; sofort; eilig; eilt; umgehend; schnellstmoglich; so schnell wie moglich; notfall; unverzuglich; heute noch; frist; bis morgen; ausfall; steht still; urgence; immediatement; tout de suite; des que possible; au plus vite; le plus vite possible; aujourd hui; bloque; bloques;
  urgente; urgentemente; inmediatamente; lo antes posible; cuanto antes; de inmediato; emergencia; hoy mismo; bloquead*; immediatamente; subito; al piu presto; il prima possibile; emergenza; entro oggi; imediatamente; o mais rapido possivel; quanto antes; hoje mesmo; dringende; onmiddellijk; zo snel mogelijk; spoed; noodgeval; vandaag nog; meteen`;

export const unhurriedWords = `no rush; no hurry; whenever you have time; when you have time; take your time; not urgent; no urgency; at your convenience; just curious; fyi; for your information; low priority; keine eile; nicht dringend; eilt nicht; wenn sie zeit haben; bei gelegenheit; zur info; pas urgent; rien d urgent; quand vous aurez le temps; sin prisa; no es urgente; no corre prisa; cuando pueda; cuando puedan;
  non e urgente; senza fretta; con calma; quando potete; sem pressa; nao e urgente; quando puder; geen haast; niet dringend; als u tijd heeft; wanneer het uitkomt`;

/** Before a word, they turn it round. */
export const negations =
  'not; no; never; dont; doesnt; didnt; isnt; arent; wasnt; cant; cannot; wont; without; nothing; hardly; nicht; kein; keine; keinen; nie; ohne; nichts; wenig; ne; pas; jamais; sans; aucun; aucune; rien; nunca; sin; ningun; ninguna; nada; non; mai; senza; nessun; nessuna; niente; nao; sem; nenhum; niet; geen; nooit; zonder';
