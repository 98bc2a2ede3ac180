/** What is answered instead of the portal's own answer. */

import { PortalError } from '../errors.ts';
import type { LimitPolicy, LimitReached } from '../limits.ts';
import type { Answer } from '../route.ts';
import type { Fault } from './fault.ts';

/** Each status with the words that stand in a proxy's page. Source: developers.hubspot.com/docs/api-reference/error-handling. */
const words: Readonly<Record<number, string>> = {
  423: 'Locked',
  429: 'Too Many Requests',
  477: 'Migration in Progress',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
  521: 'Web server is down',
  522: 'Connection timed out',
  523: 'Origin is unreachable',
  524: 'A timeout occurred',
};

/** Seconds. HubSpot says it with every 477, up to a day. */
const MIGRATION_RETRY_AFTER = 3_600;

/** Guess: the bodies of 423, 477 and 5xx; only their meanings are documented. */
export function brokenAnswer(
  fault: Fault,
  status: number,
  correlationId: string,
  refusal: (policy: LimitPolicy) => LimitReached,
): Answer {
  const wait = fault.retryAfter ?? (status === 477 ? MIGRATION_RETRY_AFTER : undefined);
  const retryAfter = wait === undefined ? {} : { 'retry-after': String(wait) };
  const text = words[status] ?? 'Error';
  if (fault.body === 'html' || (status >= 500 && fault.body !== 'json')) {
    const page = `<html>\n<head><title>${status} ${text}</title></head>\n<body>\n<center><h1>${status} ${text}</h1></center>\n<hr><center>cloudflare</center>\n</body>\n</html>\n`;
    return { status, body: page, headers: { 'content-type': 'text/html', ...retryAfter } };
  }
  if (status === 429) {
    const reached = refusal(fault.policy ?? 'TEN_SECONDLY_ROLLING');
    return { ...reached.answer(correlationId), headers: { ...reached.headers, ...retryAfter } };
  }
  return { ...new PortalError(status, { message: text }).answer(correlationId), headers: retryAfter };
}
