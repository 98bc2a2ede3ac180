/** What the operator lets this server do: the policy file and the flags, the stricter of them at each point. */

import { toolDescriptions } from '../catalogue/tool-descriptions.ts';
import type { Config } from '../config/config.ts';
import { UsageError } from '../option.ts';
import { openPolicy, type Policy, type PolicyFile, PolicyFileError, parsePolicyFile } from '../policy/index.ts';

/** @throws {@link UsageError} for a file that is no policy, and for settings that leave no tool */
export async function openOperatorPolicy(
  said: Pick<Config, 'policy' | 'profile' | 'toolsets' | 'readOnly'>,
): Promise<Policy> {
  const { profile, readOnly } = said;
  const { file, policy } = await open(said.policy);
  const chosen = profile ?? file.profile ?? file.toolsets;
  const toolsets = said.toolsets ?? (chosen === undefined ? DEFAULT_TOOLSETS : undefined);
  const narrowed = policy.tightened({
    readOnly,
    ...(profile !== undefined && { profile }),
    ...(toolsets !== undefined && { toolsets }),
  });
  if (toolDescriptions.some((tool) => narrowed.refusesTool(tool) === undefined)) return narrowed;
  const settings = [
    ...(said.policy === undefined ? [] : [`--policy ${said.policy}`]),
    ...(profile === undefined ? [] : [`--profile ${profile}`]),
    ...(said.toolsets === undefined ? [] : [`--toolsets ${said.toolsets.join(',')}`]),
    ...(readOnly ? ['--read-only'] : []),
  ];
  throw new UsageError(`${settings.join(' and ')} leave no tool to serve: leave one of them out`);
}

/** What is served when nobody chooses. */
const DEFAULT_TOOLSETS = ['default'] as const;

async function open(path: string | undefined): Promise<{ readonly file: PolicyFile; readonly policy: Policy }> {
  try {
    const file: PolicyFile = path === undefined ? { version: 1 } : await readPolicyFile(path);
    return { file, policy: await openPolicy(file) };
  } catch (error) {
    if (error instanceof PolicyFileError) throw new UsageError(`--policy ${path}: ${error.message}`);
    throw error;
  }
}

async function readPolicyFile(path: string): Promise<PolicyFile> {
  const { readSaidFile } = await import('../named-file.ts');
  return parsePolicyFile(fromJson(await readSaidFile('--policy', path)));
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new PolicyFileError(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
