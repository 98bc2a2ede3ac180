/** Everything that a portal does by itself, beside answering. */

import type { Service } from './route.ts';

export const services: readonly Service[] = [];
