/** A resource's address and its parts: `hubspot://records/{objectType}/{recordId}`, one path segment each. */

import type { ResourceParts } from '../resource.ts';

/** The parts of an address that has the template's form, decoded; undefined when it has not. */
export function matchTemplate(template: string, uri: string): ResourceParts | undefined {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const pattern = template
    .split(/\{\w+\}/)
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('([^/?#]+)');
  const found = new RegExp(`^${pattern}$`).exec(uri)?.slice(1);
  if (found === undefined) return undefined;
  try {
    return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index] ?? '')]));
  } catch {
    return undefined; // A stray % makes no address.
  }
}

export function fillTemplate(template: string, parts: ResourceParts): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''));
}
