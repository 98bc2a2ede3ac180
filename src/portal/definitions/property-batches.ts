/** `/crm/properties/{objectType}/batch`: many properties in one request. */

import { flag, list, optional, readBody, shape, text } from '../body.ts';
import { invalid, PortalError } from '../errors.ts';
import type { Property } from '../facts/definitions.ts';
import { objectTypeOf, schemaScopes } from '../object-type-of.ts';
import type { Answer, Call, Route } from '../route.ts';
import { isoTime } from '../time.ts';
import { archiveProperty } from './archive-property.ts';
import { presentProperty } from './present-property.ts';
import { requireProperty } from './properties.ts';
import { createProperty, propertyCreate } from './property-rules.ts';
import { readSensitivity } from './sensitive-data.ts';

const page = 'developers.hubspot.com/docs/api-reference/latest/crm/properties/batch';
const source = { page, compared: '2026-11-22' };

const name = shape('PropertyName', { name: text });
const names = shape('BatchInputPropertyName', { inputs: list(name) });
const creates = shape('BatchInputPropertyCreate', { inputs: list(propertyCreate) });
const reads = shape('BatchReadInputPropertyName', {
  inputs: list(name),
  archived: optional(flag),
  dataSensitivity: optional(text),
});

/** Guess: as with records. */
const MAX_INPUTS = 100;

function checkSize(inputs: readonly unknown[]): void {
  if (inputs.length > MAX_INPUTS) throw invalid(`A batch may have at most ${MAX_INPUTS} inputs, not ${inputs.length}`);
}

/** Runs `work` for each input; one that is refused leaves no trace and is named, the others stand. */
function answer<T>(call: Call, inputs: readonly T[], good: number, work: (input: T) => Property): Answer {
  const results: Property[] = [];
  const errors: unknown[] = [];
  for (const input of inputs) {
    try {
      results.push(call.store.transaction(() => work(input)));
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      errors.push({ status: 'error', ...error.body });
    }
  }
  const times = { startedAt: isoTime(call.now), completedAt: isoTime(call.now) };
  const failed = errors.length > 0 && { numErrors: errors.length, errors };
  return { status: failed ? 207 : good, body: { status: 'COMPLETE', results, ...times, ...failed } };
}

export const propertyBatchRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/crm/properties/{objectType}/batch/create',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const { inputs } = readBody(call, creates);
      checkSize(inputs);
      return answer(call, inputs, 201, (input) => presentProperty(call.store, type, createProperty(call, type, input)));
    },
  },
  {
    method: 'POST',
    path: '/crm/properties/{objectType}/batch/read',
    scopes: schemaScopes.read,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const { inputs, archived = false, dataSensitivity } = readBody(call, reads);
      const sensitivity = readSensitivity(dataSensitivity);
      checkSize(inputs);
      return answer(call, inputs, 200, (input) =>
        presentProperty(call.store, type, requireProperty(call, type, input.name, { archived, sensitivity })),
      );
    },
  },
  {
    method: 'POST',
    path: '/crm/properties/{objectType}/batch/archive',
    scopes: schemaScopes.write,
    budget: 'burst',
    source,
    handle(call) {
      const type = objectTypeOf(call);
      const { inputs } = readBody(call, names);
      checkSize(inputs);
      for (const input of inputs) {
        const known = call.store.properties.get(type.id, input.name);
        if (known?.archived === false) archiveProperty(call, type, known);
      }
      return { status: 204 };
    },
  },
];
