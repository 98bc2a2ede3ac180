/** Keeps tokens out of every text that leaves the client. */

/** HubSpot's own form of a token, whoever's it is. */
const TOKEN_PATTERN = /\bpat-[a-z0-9]{2,8}-[0-9a-z-]{8,}/gi;

/** Shorter texts would blank out ordinary words. */
const SHORTEST_SECRET = 8;

export interface Secrets {
  add(secret: string): void;
  redact(text: string): string;
}

export function createSecrets(): Secrets {
  const known = new Set<string>();
  return {
    add(secret) {
      if (secret.length >= SHORTEST_SECRET) known.add(secret);
    },
    redact(text) {
      let clean = text;
      for (const secret of known) if (clean.includes(secret)) clean = clean.replaceAll(secret, '[token]');
      return clean.includes('pat-') ? clean.replace(TOKEN_PATTERN, '[token]') : clean;
    },
  };
}
