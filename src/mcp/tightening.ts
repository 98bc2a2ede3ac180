/** What a request allows itself, as it travels beside it. Nothing is judged here: what makes no sense has to be refused. */

/** The `_meta` key of an MCP request; its value is what docs/policy.md calls a tightening. */
const POLICY_META = 'hubspot-crm-mcp/policy';

const READ_ONLY = 'hubspot-mcp-read-only';
const TOOLSETS = 'hubspot-mcp-toolsets';
const PROFILE = 'hubspot-mcp-profile';

/** @param header the value of a request's header, by its name in lower case */
export function tighteningsOf(
  header: (name: string) => string | null | undefined,
  meta?: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  const readOnly = header(READ_ONLY) ?? undefined;
  const toolsets = header(TOOLSETS) ?? undefined;
  const profile = header(PROFILE) ?? undefined;
  const said = {
    ...(readOnly !== undefined && { readOnly: switchOf(readOnly.trim().toLowerCase()) }),
    ...(toolsets !== undefined && { toolsets: toolsets.split(/[\s,]+/).filter((word) => word !== '') }),
    ...(profile !== undefined && { profile: profile.trim() }),
  };
  const inMeta = meta?.[POLICY_META];
  return [...(Object.keys(said).length > 0 ? [said] : []), ...(inMeta === undefined ? [] : [inMeta])];
}

function switchOf(word: string): boolean | string {
  if (word === 'true') return true;
  return word === 'false' ? false : word;
}
