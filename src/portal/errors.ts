/**
 * HubSpot's error bodies. Sources: developers.hubspot.com/docs/api-reference/error-handling, compared 2026-11-22, and
 * bodies that public clients recorded from live calls.
 */

import type { Answer } from './route.ts';

/** One member of `errors[]`. */
export interface ErrorDetail {
  readonly message: string;
  readonly code?: string;
  readonly in?: string;
  readonly subCategory?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

export interface ErrorBody {
  readonly message: string;
  readonly category?: string;
  readonly subCategory?: string;
  readonly errors?: readonly ErrorDetail[];
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly errorType?: string;
  readonly policyName?: string;
  readonly requestId?: string;
}

/** What a handler throws to refuse a request. */
export class PortalError extends Error {
  override readonly name = 'PortalError';
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }

  /** The whole body, in the order of HubSpot's recorded ones. */
  answer(correlationId: string): Answer {
    const { message, errors, context, links, errorType, category, subCategory, policyName, requestId } = this.body;
    return {
      status: this.status,
      body: {
        status: 'error',
        message,
        ...(errorType && { errorType }),
        correlationId,
        ...(context && { context }),
        ...(errors && { errors }),
        ...(links && { links }),
        ...(category && { category }),
        ...(subCategory && { subCategory }),
        ...(policyName && { policyName }),
        ...(requestId && { requestId }),
      },
    };
  }
}

/** 400 VALIDATION_ERROR. */
export function invalid(message: string, more: Omit<ErrorBody, 'message' | 'category'> = {}): PortalError {
  return new PortalError(400, { message, category: 'VALIDATION_ERROR', ...more });
}

/** 404 for a record or definition that is not there. */
export function notFound(
  message = 'resource not found',
  more: Omit<ErrorBody, 'message' | 'category'> = {},
): PortalError {
  return new PortalError(404, { message, category: 'OBJECT_NOT_FOUND', ...more });
}

export function conflict(message: string, more: Omit<ErrorBody, 'message' | 'category'> = {}): PortalError {
  return new PortalError(409, { message, category: 'CONFLICT', ...more });
}

/** Guess: 401's words and category are those that public clients quote. */
export function unauthorized(message: string, category = 'INVALID_AUTHENTICATION'): PortalError {
  return new PortalError(401, { message, category });
}

/** Source: developers.hubspot.com/docs/api-reference/error-handling; the same body was recorded from a live call. */
export function missingScopes(scopes: readonly string[]): PortalError {
  return new PortalError(403, {
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    errors: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredGranularScopes: scopes },
      },
    ],
    links: { scopes: 'https://developers.hubspot.com/scopes' },
    category: 'MISSING_SCOPES',
  });
}

// Recorded: what a record that is not there is to a client that takes anything, with `Accept: */*`, as Node's own `fetch`.
export const notFoundPage: Answer = {
  status: 404,
  headers: { 'x-hubspot-notfound': 'true' },
  body: '<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>\n<title>Error 404 Not Found</title>\n</head>\n<body><h2>HTTP ERROR 404</h2>\n<p>Resource not found</p>\n</body>\n</html>\n',
};

/** This portal's own answer, not HubSpot's: the endpoint exists at HubSpot and not here. */
export function notEmulated(what: string): PortalError {
  return new PortalError(501, {
    message: `The embedded portal does not emulate ${what}. HubSpot itself may.`,
    category: 'NOT_EMULATED',
  });
}
