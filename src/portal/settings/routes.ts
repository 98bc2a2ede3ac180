/** Everything under `/settings`. */

import { currencyRoutes } from './currencies.ts';
import { provisioningRoutes } from './provisioning.ts';
import { teamRoutes } from './teams.ts';

export const settingsRoutes = [...currencyRoutes, ...provisioningRoutes, ...teamRoutes];
