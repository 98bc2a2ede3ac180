/** What a resource is. Contracts only: nothing here does anything. */

import type { Crm } from './crm/index.ts';

/** The parts of a resource's address that vary, decoded. */
export type ResourceParts = Readonly<Record<string, string>>;

/** Something a client can attach to a conversation by its address. */
export interface Resource {
  readonly name: string;
  /** The tool that shows the same: who may not call it does not get this either. */
  readonly tool: string;
  readonly title: string;
  readonly description: string;
  /** Such as `hubspot://records/{objectType}/{recordId}`; every part is one path segment. */
  readonly uriTemplate: string;
  /** The addresses worth listing; many clients can only pick from a list. */
  list(crm: Crm): Promise<readonly { readonly parts: ResourceParts; readonly title: string }[]>;
  /** Plain data, or undefined when there is no such thing. Throws HubSpotError or UserError. */
  read(parts: ResourceParts, crm: Crm): Promise<object | undefined>;
  /**
   * Values for a part that a person has begun to type, the likeliest first.
   * @param known parts that are already chosen
   */
  complete(part: string, begun: string, known: ResourceParts, crm: Crm): Promise<readonly string[]>;
}
