/** What can go wrong in a call to HubSpot, as one typed error. */

/**
 * `invalid_argument`, `queue_full`, `closed`: refused here, before any request. `deadline`, `cancelled`: stopped here.
 * `network`: no complete answer. `bad_answer`: an answer that is not HubSpot's. The others are HubSpot's refusals.
 */
export type HubSpotErrorCode =
  | 'invalid_argument'
  | 'queue_full'
  | 'closed'
  | 'deadline'
  | 'cancelled'
  | 'network'
  | 'bad_answer'
  | 'validation'
  | 'unauthorized'
  | 'missing_scope'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'locked'
  | 'rate_limited'
  | 'daily_limit'
  | 'unavailable'
  | 'unsupported';

/** One entry of HubSpot's `errors`, or one property of its "Property values were not valid". */
export interface HubSpotErrorDetail {
  readonly message: string;
  readonly code?: string;
  readonly propertyName?: string;
  readonly allowedValues?: readonly string[];
}

export interface HubSpotErrorFields {
  readonly code: HubSpotErrorCode;
  /** `no`: nothing left this process. `yes`: HubSpot answered, and refused. `maybe`: sent, and whether HubSpot acted is unknown. */
  readonly sent: 'no' | 'maybe' | 'yes';
  /** Whether sending the same call again is safe and may help. */
  readonly retryable: boolean;
  readonly status?: number;
  readonly category?: string;
  readonly subCategory?: string;
  readonly correlationId?: string;
  readonly policyName?: string;
  readonly retryAfterMs?: number;
  readonly propertyName?: string;
  readonly allowedValues?: readonly string[];
  readonly missingScopes?: readonly string[];
  readonly existingId?: string;
  readonly errors?: readonly HubSpotErrorDetail[];
  readonly context?: Readonly<Record<string, readonly string[]>>;
  /** HubSpot's operation, such as `objects.search`. */
  readonly operation?: string;
}

export class HubSpotError extends Error implements HubSpotErrorFields {
  override readonly name = 'HubSpotError';
  declare readonly code: HubSpotErrorCode;
  declare readonly sent: 'no' | 'maybe' | 'yes';
  declare readonly retryable: boolean;
  declare readonly status?: number;
  declare readonly category?: string;
  declare readonly subCategory?: string;
  declare readonly correlationId?: string;
  declare readonly policyName?: string;
  declare readonly retryAfterMs?: number;
  declare readonly propertyName?: string;
  declare readonly allowedValues?: readonly string[];
  declare readonly missingScopes?: readonly string[];
  declare readonly existingId?: string;
  declare readonly errors?: readonly HubSpotErrorDetail[];
  declare readonly context?: Readonly<Record<string, readonly string[]>>;
  declare readonly operation?: string;

  readonly #fields: HubSpotErrorFields;

  constructor(message: string, fields: HubSpotErrorFields, options?: ErrorOptions) {
    super(message, options);
    this.#fields = fields;
    Object.assign(this, fields);
  }

  /** The same error with some fields changed. */
  with(fields: Partial<HubSpotErrorFields>): HubSpotError {
    return new HubSpotError(this.message, { ...this.#fields, ...fields }, { cause: this.cause });
  }
}

/** An error for what never left this process. */
export function refusedHere(code: HubSpotErrorCode, message: string): HubSpotError {
  return new HubSpotError(message, { code, sent: 'no', retryable: code === 'queue_full' });
}
