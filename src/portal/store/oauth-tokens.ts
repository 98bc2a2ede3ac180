/** What apps were given by OAuth: codes, refresh tokens and access tokens, each with what it stands for. */

import type { Database } from '../../sqlite.ts';

export interface OAuthToken {
  readonly token: string;
  /** `client`: an access token of the app itself, got with its credentials alone. */
  readonly kind: 'code' | 'refresh' | 'access' | 'client';
  readonly appId: number;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch; null for one that does not expire. */
  readonly expiresAt: number | null;
  /** Of a code: where it was sent. */
  readonly redirectUri?: string;
  /** Of a code, where PKCE was asked for: the SHA-256 of the verifier, or the verifier itself. */
  readonly challenge?: { readonly method: 'S256' | 'plain'; readonly value: string };
}

export interface OAuthTokens {
  get(token: string): OAuthToken | undefined;
  add(token: OAuthToken): void;
  /** Whether there was one. */
  remove(token: string): boolean;
  /** Forgets what expired before `at`. */
  forgetExpired(at: number): void;
}

export function oauthTokens(database: Database): OAuthTokens {
  database.exec(`
    CREATE TABLE IF NOT EXISTS oauth_tokens (
      token TEXT PRIMARY KEY, kind TEXT NOT NULL, app_id INTEGER NOT NULL, expires_at INTEGER, value TEXT NOT NULL
    ) WITHOUT ROWID`);
  const select = database.prepare<{ value: string }>('SELECT value FROM oauth_tokens WHERE token = ?');
  const insert = database.prepare(
    'INSERT INTO oauth_tokens (token, kind, app_id, expires_at, value) VALUES (?, ?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM oauth_tokens WHERE token = ?');
  const removeExpired = database.prepare('DELETE FROM oauth_tokens WHERE expires_at < ?');
  return {
    get(token) {
      const row = select.get(token);
      return row && JSON.parse(row.value);
    },
    add(token) {
      insert.run(token.token, token.kind, token.appId, token.expiresAt, JSON.stringify(token));
    },
    remove: (token) => remove.run(token).changes > 0,
    forgetExpired: (at) => void removeExpired.run(at),
  };
}
