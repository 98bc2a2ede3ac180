/** What a route is: the contract between the router and one file per resource. */

import type { Clock, Random } from '../clock.ts';
import type { HttpMethod } from '../fetch.ts';
import type { ObjectTypeFacts } from './facts/object-type.ts';
import type { Table } from './search/table.ts';
import type { Store } from './store/store.ts';
import type { ApiVersion } from './versions.ts';

/** What one request is counted against. `none` costs nothing. */
export type Budget = 'burst' | 'search' | 'associations' | 'none';

/** Who is asking. */
export interface Token {
  readonly value: string;
  readonly scopes: ReadonlySet<string>;
}

/** What stays the same from request to request. */
export interface PortalContext {
  readonly store: Store;
  readonly searchTable: (type: ObjectTypeFacts) => Table;
  readonly clock: Clock;
  readonly random: Random;
  /** The scopes that a bearer has; undefined for one that this portal does not know. */
  readonly scopesOf: (bearer: string) => ReadonlySet<string> | undefined;
  /** How many daily calls the account may make and has made, and when the count starts again (ms since the epoch). */
  readonly dailyUsage: () => { readonly limit: number; readonly used: number; readonly resetsAt: number };
}

/** One request on its way to its handler. */
export interface Call extends PortalContext {
  readonly method: HttpMethod;
  /** As asked for, with its version. */
  readonly path: string;
  readonly version: ApiVersion;
  /** The `{placeholders}` of the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The body as sent; read it with `readBody` (body.ts). */
  readonly text: string;
  readonly contentType: string;
  readonly accept: string;
  readonly token: Token;
  readonly correlationId: string;
  /** The request's arrival in milliseconds since the epoch: one time for everything that it writes. */
  readonly now: number;
}

/** `body` is sent as JSON, a string as it is (HTML); none for 204. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One endpoint of HubSpot's, under every version that it exists in. */
export interface Route {
  readonly method: HttpMethod;
  /** Without the version: `/crm/objects/{objectType}/{objectId}`. A segment is either text or one `{placeholder}`. */
  readonly path: string;
  /** Any one of these suffices; none: every token may. */
  scopes(call: Call): readonly string[];
  readonly budget: Budget;
  /** HubSpot's page that this was compared with, and when. */
  readonly source: { readonly page: string; readonly compared: string };
  /** Runs in one transaction: what it throws leaves no trace. @throws PortalError */
  handle(call: Call): Answer;
}
