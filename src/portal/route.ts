/** What a route is: the contract between the router and one file per resource. */

import type { Clock, Random } from '../clock.ts';
import type { Fetch, HttpMethod } from '../fetch.ts';
import type { TokenOf } from './auth.ts';
import type { ObjectTypeFacts } from './facts/object-type.ts';
import type { Form } from './form.ts';
import type { Tier } from './limits.ts';
import type { App } from './oauth/app.ts';
import type { Table } from './search/table.ts';
import type { ChangeSource } from './store/history.ts';
import type { Store } from './store/store.ts';
import type { ApiVersion } from './versions.ts';

/** What one request is counted against. `none` costs nothing. */
export type Budget = 'burst' | 'search' | 'associations' | 'forms' | 'none';

/** Who is asking. */
export interface Token {
  readonly value: string;
  readonly scopes: ReadonlySet<string>;
  /** `oauth`: an app got it for a while, and other limits hold for it than for a private app or a service key. */
  readonly kind: 'private' | 'oauth';
  /** The app that an OAuth token belongs to. */
  readonly appId?: number;
}

/** Where HubSpot's answers depend on a switch that only HubSpot has, or that nobody outside has seen. */
export interface PortalRules {
  /**
   * How 2026-09 tells of the bad rows of a batch: `status` as the versions before it (207 where an input is traced, 400
   * else), `body` always in a 200 or 201. Guess: `body`, as in the published description before that version's release.
   */
  readonly batchErrors: 'status' | 'body';
  /** Whether 2026-09 enforces required properties and required fields of the create form on every write. */
  readonly writeValidation: boolean;
  /** Milliseconds until a write is found by search. */
  readonly indexDelayMs: number;
}

/** What stays the same from request to request. */
export interface PortalContext {
  readonly store: Store;
  readonly searchTable: (type: ObjectTypeFacts) => Table;
  readonly clock: Clock;
  /** The time outside, which the portal's own may be far from: for what is agreed with others, as timeouts and signatures. */
  readonly outerClock: Clock;
  readonly random: Random;
  readonly tier: Tier;
  readonly rules: PortalRules;
  /** Sends what a portal sends by itself: webhooks. Undefined: it sends nothing. */
  readonly deliver: Fetch | undefined;
  readonly tokenOf: TokenOf;
  /** The developers' apps that are installed in the portal. */
  readonly apps: readonly App[];
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
  /** The body as sent; read JSON with `readBody` (body.ts). */
  readonly text: string;
  readonly bytes: Uint8Array;
  /** The parts of a `multipart/form-data` body. */
  readonly form: Form | undefined;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly accept: string;
  readonly token: Token;
  /** Whom the history names for what the request writes. */
  readonly source: ChangeSource;
  readonly correlationId: string;
  /** The request's arrival in milliseconds since the epoch: one time for everything that it writes. */
  readonly now: number;
}

/** `body` is sent as JSON, a string (HTML unless `headers` say otherwise) or bytes as they are; none for 204. */
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
  /** `none`: whoever knows the path may; its `scopes` are not asked. Omitted: a bearer is needed. */
  readonly authentication?: 'none';
  /** Where they are not those of the route's area (versions.ts). */
  readonly versions?: readonly ApiVersion[];
  /** HubSpot's page that this was compared with, and when. */
  readonly source: { readonly page: string; readonly compared: string };
  /** Runs in one transaction: what it throws leaves no trace. @throws PortalError */
  handle(call: Call): Answer;
}

/** Something that a portal does by itself: sends webhooks, works through imports. Started with the portal. */
export type Service = (context: PortalContext) => {
  /** Stops its timers; called before the store is closed. */
  close(): void;
};
