/** Forms: their definitions, and what is submitted to them. */

import type { Route } from '../route.ts';
import { formDefinitionRoutes } from './forms.ts';
import { submissionRoutes } from './submissions.ts';

export const formRoutes: readonly Route[] = [...formDefinitionRoutes, ...submissionRoutes];
