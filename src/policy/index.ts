/** Who may do what to which property: the operator's policy file, the profiles, and what a request may tighten. */

import { standardTypes } from '../crm/standard-types.ts';
import { ASK_OPERATOR, createDecide, strictest } from './decide.ts';
import type { Matcher } from './formats.ts';
import type { Budgets, MergeCaps, Policy, Refusal, ToolFacts } from './policy.ts';
import { PolicyFileError } from './policy.ts';
import { approvalKinds, type PolicyFile, parseTightening } from './policy-file.ts';
import { inProfile } from './profiles.ts';
import { createPropertyRules, strictestAccess } from './properties.ts';

export type * from './policy.ts';
export { PolicyFileError } from './policy.ts';
export { type PolicyFile, parsePolicyFile } from './policy-file.ts';

const standard = new Set(standardTypes.map(({ name }) => name));

/**
 * Without a file: archiving, merging, definitions and more than 100 rows need a person, and nothing is denied.
 * @param compile for a file with expressions; see `openPolicy`
 */
export function createPolicy(file: PolicyFile = { version: 1 }, compile?: (pattern: string) => Matcher): Policy {
  refuseUnknownWords(file);
  const matchers = compilePatterns(file, compile);
  const decide = createDecide(file);
  const properties = createPropertyRules(
    file,
    (pattern) => {
      const matcher = matchers.get(pattern);
      if (matcher === undefined) throw new Error(`The expression ${pattern} was not compiled.`);
      return matcher;
    },
    (name) => standard.has(name),
  );
  return {
    ...properties,
    decide,
    refusesTool: (tool) => refusesTool(file, tool),
    budgets: budgetsOf(file.budgets ?? {}),
    sandboxes: file.sandboxFirst?.sandboxes ?? [],
    merges: mergesOf(file.merges ?? {}),
    tightened(by) {
      return stricter(this, createPolicy(asFile(by)));
    },
  };
}

/**
 * The policy of a file, with what its expressions need loaded.
 * @throws {@link PolicyFileError} for an expression that RE2 does not take
 */
export async function openPolicy(file: PolicyFile): Promise<Policy> {
  if (patternsOf(file).length === 0) return createPolicy(file);
  const { compile } = await import('./expressions.ts');
  return createPolicy(file, compile);
}

/** Both at once: whatever one of them refuses is refused. */
function stricter(one: Policy, other: Policy): Policy {
  return {
    refusesTool: (tool) => one.refusesTool(tool) ?? other.refusesTool(tool),
    decide: (write) => strictest([one.decide(write), other.decide(write)]),
    access: (type, property) => strictestAccess([one.access(type, property), other.access(type, property)]),
    restrictsProperties: one.restrictsProperties || other.restrictsProperties,
    namesCustomTypes: one.namesCustomTypes || other.namesCustomTypes,
    objection: (operation, type, values) =>
      one.objection(operation, type, values) ?? other.objection(operation, type, values),
    // A request sets no limits of its own.
    budgets: one.budgets,
    sandboxes: one.sandboxes,
    merges: one.merges,
    tightened(by) {
      return stricter(this, createPolicy(asFile(by)));
    },
  };
}

/** What a request says, as a policy that leaves alone whatever it does not speak of. */
function asFile(by: unknown): PolicyFile {
  return {
    version: 1,
    ...parseTightening(by),
    approval: { unasked: approvalKinds.filter((kind) => kind !== 'policy') },
    taint: { verdict: 'allow' },
  };
}

function refusesTool({ profile, toolsets, readOnly }: PolicyFile, tool: ToolFacts): Refusal | undefined {
  const { name, toolset, byDefault = toolset === 'crm', effect } = tool;
  if (readOnly && effect !== 'read') {
    return {
      code: 'read_only',
      message: `This server is read-only, and ${name} changes something. Nothing was sent.`,
      next: 'Ask the person to make the change, or to let this server write.',
    };
  }
  if (toolsets !== undefined && !toolsets.some((each) => each === toolset || (each === 'default' && byDefault))) {
    return {
      code: 'toolset_not_enabled',
      message: `${name} belongs to the toolset "${toolset}", which this server does not serve here.`,
      next: `Ask the person who set up this server to start it with --toolsets ${[...toolsets, toolset].join(',')}. A policy file, or this client itself, may also be what leaves it out.`,
    };
  }
  if (profile === undefined || inProfile(profile, tool)) return undefined;
  return {
    code: effect !== 'read' && profile === 'readonly' ? 'read_only' : 'not_in_profile',
    message: `${name} is not among the tools of the profile "${profile}". Nothing was sent.`,
    next: ASK_OPERATOR,
  };
}

/** A name that never fits would be a rule that never speaks, so what is certainly wrong is refused. */
function refuseUnknownWords(file: PolicyFile): void {
  const types = [
    ...(file.rules ?? []).flatMap(({ objectTypes = [] }, index) =>
      objectTypes.map((name) => ({ name, where: `rules.${index}.objectTypes` })),
    ),
    ...Object.keys(file.properties ?? {}).map((name) => ({ name: typePart(name), where: `properties.${name}` })),
    ...(file.taint?.sensitive ?? []).map((name) => ({ name: typePart(name), where: 'taint.sensitive' })),
    ...(file.taint?.associations ?? []).map((name) => ({ name, where: 'taint.associations' })),
  ];
  for (const { name, where } of types) {
    const meant = standardTypes.find(({ singular }) => singular.toLowerCase().replaceAll(' ', '_') === name);
    if (meant === undefined || meant.name === name) continue;
    throw new PolicyFileError(`${where}: ${JSON.stringify(name)} is called ${JSON.stringify(meant.name)} here`);
  }
}

function typePart(selector: string): string {
  return selector.includes('.') ? (selector.split('.')[0] ?? '') : '*';
}

function patternsOf(file: PolicyFile): { readonly pattern: string; readonly where: string }[] {
  return Object.entries(file.properties ?? {}).flatMap(([name, { format }]) =>
    typeof format === 'object' && 'matches' in format
      ? [{ pattern: format.matches, where: `properties.${name}.format.matches` }]
      : [],
  );
}

function compilePatterns(
  file: PolicyFile,
  compile: ((pattern: string) => Matcher) | undefined,
): ReadonlyMap<string, Matcher> {
  const matchers = new Map<string, Matcher>();
  for (const { pattern, where } of patternsOf(file)) {
    if (compile === undefined) throw new Error('A policy with expressions is opened with openPolicy.');
    try {
      matchers.set(pattern, compile(pattern));
    } catch (error) {
      throw new PolicyFileError(`${where}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return matchers;
}

function budgetsOf({ callsPerHour, writesPerDay, rowsReadPerDay, of }: Unset<Budgets>): Budgets {
  return {
    ...(of !== undefined && { of }),
    ...(callsPerHour !== undefined && { callsPerHour }),
    ...(writesPerDay !== undefined && { writesPerDay }),
    ...(rowsReadPerDay !== undefined && { rowsReadPerDay }),
  };
}

/** Nobody looks closely at more than that at a time, and nothing brings a record back. */
const MERGES: MergeCaps = { perRun: 25, perDay: 250 };

function mergesOf({ perRun = MERGES.perRun, perDay = MERGES.perDay }: Unset<MergeCaps>): MergeCaps {
  return { perRun, perDay };
}

/** The same, where what is not set may also be there and undefined. */
type Unset<Limits> = { readonly [Name in keyof Limits]?: Limits[Name] | undefined };
