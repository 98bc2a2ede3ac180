/** What a backend may have meant otherwise, or forgotten, when it says how createCrm is to work. */

import { serverOptions } from './config/config.ts';
import { httpOptions } from './config/http-options.ts';
import { observeOptions } from './config/observe-options.ts';
import type { ValueProvider } from './enrich/values/provider.ts';
import { optionsOf, UsageError } from './option.ts';

/** Of the options of createCrm, those that are looked at here. */
interface Said {
  readonly accessToken?: string | undefined;
  readonly accessTokenFile?: string | undefined;
  readonly embedded?: boolean | undefined;
  readonly seed?: string | undefined;
  readonly dataDir?: string | undefined;
  readonly providers?: readonly ValueProvider[] | undefined;
}

/** What only the library has. */
const OWN = ['embedded', 'providers', 'onApproval', 'log'];

/** @throws {@link UsageError} */
export async function refuseOptions(options: Said): Promise<void> {
  await refuseMisspelt(options);
  refuseUnnamed(options.providers ?? []);
  refuseGuesses(options);
}

/** Like a flag that nobody knows: with `readonly: true` somebody believes that nothing can be written. */
async function refuseMisspelt(options: object): Promise<void> {
  const ofServers: object = { ...httpOptions, ...observeOptions };
  const known = [...Object.keys(serverOptions.shape).filter((name) => !(name in ofServers)), ...OWN];
  const wrong = Object.keys(options).find((name) => !known.includes(name));
  if (wrong === undefined) return;
  const { nearest } = await import('./crm/words.ts');
  const [near] = nearest(
    wrong,
    known.map((id) => ({ id, label: '' })),
  );
  const instead = near === undefined ? '' : ` Did you mean ${near}?`;
  throw new UsageError(`${JSON.stringify(wrong)}: createCrm has no such option.${instead}`);
}

/** Their names are shown as sources, and tell their values apart. */
function refuseUnnamed(providers: readonly ValueProvider[]): void {
  const names = providers.map(({ name }) => name);
  const wrong = names.find((name, at) => !/^[\w-]{1,40}$/.test(name) || names.indexOf(name) !== at);
  if (wrong === undefined) return;
  throw new UsageError(
    `providers: ${JSON.stringify(wrong)} is no name, or is there twice; a name is of letters, digits, _ and -`,
  );
}

/** A backend whose variable is not set must not work on demo data without knowing it. */
function refuseGuesses({ accessToken, accessTokenFile, embedded, seed, dataDir }: Said): void {
  const token = Boolean(accessToken?.trim() || accessTokenFile?.trim());
  if (token && embedded) throw new UsageError('embedded: an embedded portal needs no token; keep one of them');
  if (token || (embedded ?? (seed !== undefined || dataDir !== undefined))) return;
  throw new UsageError(
    'accessToken is missing. Give the token of a HubSpot account (is the variable set?), or { embedded: true } to work on an embedded portal.',
  );
}

/** The flags and variables of a server, and what createCrm calls them. */
const names = new Map(
  optionsOf(serverOptions).flatMap(([name, { flag, variable }]) =>
    [flag?.split(' ')[0], variable].map((word) => [word, name] as const),
  ),
);

/** What opens an account is told of servers: a backend reads of its own options. */
export async function inOptionNames<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(error.message.replace(/--[a-z][a-z-]*|[A-Z][A-Z0-9_]+/g, (word) => names.get(word) ?? word));
  }
}
