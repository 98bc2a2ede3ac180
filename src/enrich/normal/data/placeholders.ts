/** What people type where they have nothing to say, folded to letters and digits. */
export const placeholderWords: ReadonlySet<string> = new Set(
  `na nan nil none null nothing empty missing undefined unknown unknowncompany unspecified notspecified
  notprovided notavailable notapplicable notgiven notknown nodata noinfo noinformation noname nolastname nofirstname
  noemail nophone nonumber nocompany novalue tba tbc tbd todo tobeconfirmed tobedetermined pending temp 
  test testing testtest testuser testcontact testcompany testaccount testname testlead testrecord
  asdf asdfasdf asdfgh qwerty qwertz azerty qwer qwe asd zxc zxcv zxcvbn foo foobar foobarbaz abc123
  dummy example sample placeholder default xxx xxxx xx fake bogus delete deleted deleteme donotuse donotcall
  donotcontact duplicate firstname lastname surname fullname name yourname companyname company emailaddress
  keine keiner keines keineangabe unbekannt aucun aucune inconnu inconnue sansobjet nonrenseigne ninguno
  ninguna desconocido sindatos sinnombre nessuno nessuna sconosciuto nenhum nenhuma desconhecido geen onbekend nvt
  ingen okand ukjent ukendt brak nieznany zadny neznamy`.match(/\S+/g),
);

/** Names of nobody, first and last together. */
export const nobodies: ReadonlySet<string> = new Set(
  `johndoe janedoe johnqpublic joebloggs testtest testuser maxmustermann erikamustermann mustermann fulanodetal
  jankowalski foobar firstlast firstnamelastname donaldduck mickeymouse asdfasdf abcdef anonymous anonym noname`.match(
    /\S+/g,
  ),
);

/** Domains that stand for no one (RFC 2606 and what is typed for want of another). */
export const nobodyDomains: ReadonlySet<string> = new Set(
  `example.com example.org example.net example.edu test.com test.de test.org domain.com email.test mail.test
  yourdomain.com mydomain.com company.com noemail.com none.com na.com nomail.com fake.com asdf.com invalid.com`.match(
    /\S+/g,
  ),
);

/** Keys as they lie side by side, of the layouts most used with Latin letters. */
export const keyboardRows: readonly string[] = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
];
