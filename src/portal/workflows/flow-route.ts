/** What a route of the automation API brings; the rest is the same for all of them. */

import type { Route } from '../route.ts';

export interface FlowRoute extends Pick<Route, 'method' | 'path' | 'handle'> {
  /** `beta`: only in the dated betas, not in v4. */
  readonly only?: 'beta';
}
