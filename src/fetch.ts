/**
 * The one seam to HubSpot. The network, the embedded portal and a scripted server in a test are each one `Fetch`.
 * Only types live here: the client and the portal share the shape of an exchange and no code.
 */

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpRequest {
  readonly method: HttpMethod;
  /** Absolute, with every path and query parameter already encoded. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Aborting it ends the exchange; whether the other side acted on the request is then unknown. */
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/**
 * One exchange. It rejects only when no complete response arrived; a rejection that carries `notSent: true`
 * (see {@link NotSent}) promises that the other side cannot have acted on the request.
 */
export type Fetch = (request: HttpRequest) => Promise<HttpResponse>;

/** The mark on an error that says: nothing was sent, so that even a create may be repeated. */
export interface NotSent {
  readonly notSent: true;
}
