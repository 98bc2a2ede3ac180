/** Pieces that the inputs of the schema tools share. */

import * as z from 'zod';
import { PROPERTY_TYPES } from './check-properties.ts';

const option = z.strictObject({
  label: z.string(),
  value: z.string().optional().describe('What HubSpot stores; the label if omitted'),
  description: z.string().optional(),
  hidden: z.boolean().optional(),
});

export const options = z.array(option).min(1).optional();

export const group = z.strictObject({
  name: z.string(),
  label: z.string().optional(),
  displayOrder: z.int().optional(),
});

/** What can be said of a property when it is made and later. */
export const propertyParts = {
  description: z.string().optional(),
  groupName: z.string().optional(),
  fieldType: z.string().optional().describe('Such as textarea, checkbox (several options), radio, html, file'),
  options,
  hidden: z.boolean().optional(),
  formField: z.boolean().optional(),
  displayOrder: z.int().optional(),
  calculationFormula: z.string().optional(),
};

export const newProperty = z.strictObject({
  name: z.string().describe('Lower case, digits, _; never changes'),
  label: z.string(),
  type: z.enum(PROPERTY_TYPES),
  hasUniqueValue: z.boolean().optional().describe('Only settable now; 10 per object type'),
  ...propertyParts,
});

export const stageMetadata = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .optional()
  .describe('Deals: {"probability": 0.0 to 1.0}; tickets: {"ticketState": "OPEN" or "CLOSED"}');

/** How a custom object's properties are used. */
export const schemaRoles = {
  description: z.string().optional(),
  secondaryDisplayProperties: z.array(z.string()).optional(),
  searchableProperties: z.array(z.string()).optional(),
  requiredProperties: z.array(z.string()).optional(),
};

export const schemaLabels = z.strictObject({ singular: z.string(), plural: z.string() });
