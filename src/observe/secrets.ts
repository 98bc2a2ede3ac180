/** The values that must not be in anything an operator reads. */

/** Shorter ones would blank out ordinary words. */
const SHORTEST = 6;

export interface KnownSecrets {
  add(...secrets: readonly (string | undefined)[]): void;
  readonly redact: (text: string) => string;
}

export function createKnownSecrets(): KnownSecrets {
  let known: string[] = [];
  return {
    add(...secrets) {
      const long = secrets.flatMap((secret) => (secret !== undefined && secret.length >= SHORTEST ? [secret] : []));
      // The longest first, as one may be a part of another.
      known = [...new Set([...known, ...long])].toSorted((a, b) => b.length - a.length);
    },
    redact: (text) => known.reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text),
  };
}

/** The password in a URL, as it is written there and as it is meant. */
export function passwordsIn(url: string | undefined): string[] {
  if (url === undefined) return [];
  const { password } = new URL(url);
  // Read as a query is, since a lone % is no error there.
  const meant = new URLSearchParams(`p=${password.replaceAll('+', '%2B')}`).get('p') ?? '';
  return password === '' ? [] : [password, meant];
}
