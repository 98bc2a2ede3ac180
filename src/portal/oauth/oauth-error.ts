/**
 * How OAuth's endpoints refuse: RFC 6749's members beside HubSpot's older ones. Sources: statuses and bodies that public
 * clients handle. Guess: the words of all but BAD_REFRESH_TOKEN and BAD_AUTH_CODE, and that every version has all four
 * members.
 */

import { PortalError } from '../errors.ts';
import type { Answer } from '../route.ts';

const reasons = {
  BAD_GRANT_TYPE: ['unsupported_grant_type', 'missing or unknown grant type'],
  BAD_CLIENT_ID: ['invalid_client', 'missing or invalid client id'],
  BAD_CLIENT_SECRET: ['invalid_client', 'missing or invalid client secret'],
  BAD_REDIRECT_URI: ['invalid_request', 'missing or invalid redirect uri'],
  BAD_SCOPE: ['invalid_scope', 'scopes that the app is not configured for'],
  BAD_AUTH_CODE: ['invalid_grant', 'missing or unknown auth code'],
  EXPIRED_AUTH_CODE: ['invalid_grant', 'auth code is expired'],
  MISMATCH_CLIENT_ID_AUTH_CODE: ['invalid_grant', 'client id does not match initial auth code client id'],
  MISMATCH_REDIRECT_URI_AUTH_CODE: ['invalid_grant', 'redirect URI does not match initial auth code URI'],
  BAD_CODE_VERIFIER: ['invalid_grant', 'code verifier does not match the code challenge'],
  BAD_REFRESH_TOKEN: ['invalid_grant', 'missing or invalid refresh token'],
  BAD_TOKEN: ['invalid_request', 'missing token'],
} as const;

export class OAuthError extends PortalError {
  readonly reason: keyof typeof reasons;

  constructor(reason: keyof typeof reasons) {
    super(400, { message: reasons[reason][1] });
    this.reason = reason;
  }

  override answer(correlationId: string): Answer {
    const [error, message] = reasons[this.reason];
    return {
      status: this.status,
      body: { error, error_description: message, status: this.reason, message, correlationId },
    };
  }
}
