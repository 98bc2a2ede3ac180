/** The resources, in the order in which clients show them. */

import type { Resource } from '../resource.ts';
import { objectSchema } from './object-schema.ts';
import { record } from './record.ts';

export const resources: readonly Resource[] = [objectSchema, record];
