/**
 * What 2026-09 enforces on every write, where an account has it switched on: a record never lacks what its type requires,
 * and a create fills in what the create form requires. Source: developers.hubspot.com/changelog/
 * crm-api-write-validation-enforcement, compared 2026-11-22.
 * Guess: what is required is what a create needs everywhere (a custom object's required properties among it), and on the
 * create form the pipeline besides; properties that depend on other values (set in HubSpot's settings only) are not
 * known here. The code of the errors.
 */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { type Changes, type Problem, valuesInvalid } from './check.ts';
import { pipelinesOf } from './pipeline.ts';

/** `sent` is what the request named, before anything was filled in. @throws PortalError 400 */
export function checkEnforced(
  store: Store,
  type: ObjectTypeFacts,
  sent: Changes,
  record: StoredRecord | undefined,
): void {
  const after = (name: string) => (name in sent ? sent[name] : record?.properties[name]);
  const groups = record || pipelinesOf(store, type).length === 0 ? type.required : withPipeline(type);
  const missing = groups.filter((group) => !group.some((name) => after(name)));
  if (missing.length > 0) throw valuesInvalid(missing.map(missingProblem));
}

function withPipeline(type: ObjectTypeFacts): readonly (readonly string[])[] {
  const { pipelineProperty, stageProperty } = type.pipelines ?? {};
  const form = [pipelineProperty, stageProperty].flatMap((name) => (name === undefined ? [] : [[name]]));
  return [...type.required.filter((group) => !form.some(([name]) => name === group[0])), ...form];
}

function missingProblem([name = '', ...others]: readonly string[]): Problem {
  const names = [name, ...others].map((each) => `"${each}"`).join(' or ');
  return { message: `${names} is required`, error: 'REQUIRED_FIELD', name };
}
