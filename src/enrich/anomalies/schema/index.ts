import type { Check } from '../types.ts';
import { burst } from './burst.ts';
import { fillDrift, mixDrift, swamped } from './drift.ts';
import { echo } from './echo.ts';
import { options } from './options.ts';
import { creationRate, silentSource } from './rates.ts';
import { sensitive } from './sensitive.ts';
import { twins } from './twins.ts';
import { constant, repeated, unused, wrongType } from './usage.ts';

/** Checks of the portal, its properties, and of time, in the catalogue's order. */
export const schemaChecks: readonly Check[] = [
  creationRate,
  burst,
  fillDrift,
  mixDrift,
  options,
  unused,
  twins,
  wrongType,
  constant,
  repeated,
  swamped,
  sensitive,
  echo,
  silentSource,
];
