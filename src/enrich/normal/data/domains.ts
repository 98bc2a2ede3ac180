/** Domains under which many organisations have a page: they say nothing of whose it is. */
export const sharedDomains: ReadonlySet<string> = new Set(
  `facebook.com fb.com fb.me m.me instagram.com twitter.com x.com t.co linkedin.com lnkd.in youtube.com youtu.be
  tiktok.com pinterest.com snapchat.com threads.net reddit.com vk.com ok.ru weibo.com wechat.com xing.com tumblr.com
  whatsapp.com wa.me telegram.org t.me discord.com discord.gg slack.com skype.com zoom.us teams.microsoft.com
  linktr.ee beacons.ai bio.link carrd.co about.me bit.ly tinyurl.com goo.gl g.page goo.gle
  google.com maps.google.com sites.google.com business.site docs.google.com forms.gle play.google.com apple.com
  apps.apple.com bing.com yahoo.com microsoft.com sharepoint.com office.com live.com
  wix.com wixsite.com weebly.com squarespace.com wordpress.com blogspot.com blogger.com medium.com substack.com
  jimdo.com jimdosite.com strikingly.com webflow.io webflow.com godaddysites.com godaddy.com site123.me webnode.com
  yolasite.com tripod.com angelfire.com geocities.com netlify.app vercel.app herokuapp.com github.io github.com
  gitlab.io gitlab.com pages.dev web.app firebaseapp.com azurewebsites.net amazonaws.com cloudfront.net
  myshopify.com shopify.com etsy.com ebay.com amazon.com alibaba.com aliexpress.com bigcartel.com gumroad.com
  yelp.com tripadvisor.com booking.com airbnb.com opentable.com doordash.com ubereats.com grubhub.com
  eventbrite.com meetup.com calendly.com typeform.com mailchi.mp hubspot.com hubspotpagebuilder.com hs-sites.com
  crunchbase.com glassdoor.com indeed.com angel.co wellfound.com upwork.com fiverr.com wikipedia.org imdb.com
  bandcamp.com soundcloud.com spotify.com patreon.com kickstarter.com gofundme.com paypal.com paypal.me`.match(/\S+/g),
);

/** Mail providers that most typing errors aim at; whoever types badly means one of these. */
export const bigProviders: readonly string[] =
  `gmail.com googlemail.com yahoo.com hotmail.com outlook.com icloud.com
  live.com msn.com aol.com protonmail.com comcast.net verizon.net sbcglobal.net bellsouth.net btinternet.com
  gmx.de gmx.net web.de t-online.de freenet.de arcor.de yahoo.de hotmail.de outlook.de
  orange.fr wanadoo.fr laposte.net free.fr hotmail.fr yahoo.fr outlook.fr libero.it virgilio.it hotmail.it yahoo.it
  yahoo.co.uk hotmail.co.uk yahoo.es hotmail.es telefonica.net terra.com.br uol.com.br hotmail.com.br yahoo.com.br
  bigpond.com optusnet.com.au rogers.com shaw.ca sympatico.ca yandex.ru rambler.ru seznam.cz ziggo.nl telenet.be
  bluewin.ch rediffmail.com yahoo.co.in yahoo.co.jp naver.com hanmail.net foxmail.com`.match(/\S+/g) ?? [];

/** Free mail that the lists pass over. */
export const moreProviders: readonly string[] =
  `fastmail.com fastmail.fm duck.com tutanota.com tuta.io tuta.com pm.me
  hushmail.com mailbox.org posteo.de posteo.net startmail.com runbox.com disroot.org gmail.de gmail.co.uk`.match(
    /\S+/g,
  ) ?? [];

/** Local parts of an address that a desk reads, not a person; compared without digits and marks. */
export const roleLocals: ReadonlySet<string> = new Set(
  `info sales support admin administrator contact contactus hello hi office mail email team service services help
  helpdesk billing accounts accounting accountspayable accountsreceivable ap ar finance invoice invoices invoicing
  payments payroll hr jobs careers career recruiting recruitment talent marketing press media pr news newsletter
  webmaster postmaster hostmaster abuse noc security privacy legal compliance dpo gdpr root sysadmin it itsupport
  noreply donotreply mailerdaemon bounce bounces subscribe unsubscribe list lists feedback enquiries enquiry inquiries
  inquiry general reception frontdesk secretary orders order shop store purchasing procurement buying suppliers
  customerservice customercare customersuccess care clientservices bookings booking reservations events partners
  partnerships partner business bizdev operations ops logistics shipping warehouse returns quality tech technical
  engineering dev developers webadmin website web social community membership members donations all everyone staff
  kontakt buchhaltung rechnung rechnungen vertrieb verkauf einkauf bewerbung personal presse zentrale sekretariat
  kundenservice kundendienst contacto ventas administracion informacion facturacion rrhh compras soporte
  comercial contabilidad recepcion contato vendas financeiro suporte atendimento contatti vendite amministrazione
  segreteria acquisti commerciale accueil comptabilite ventes direction secretariat facturation achats recrutement
  biuro sprzedaz ksiegowosc verkoop inkoop facturen administratie boekhouding salg post firmapost faktura`.match(
    /\S+/g,
  ),
);
