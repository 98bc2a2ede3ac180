/** Random writes over HTTP, of every kind that changes records, links, labels, lists and definitions. */

import { type Arbitrary, array, constantFrom, nat, record } from 'fast-check';
import type { HttpMethod } from '../../src/fetch.ts';
import { at, results, type Talk } from './talk.ts';

const kinds = [
  'create',
  'create',
  'update',
  'update',
  'own',
  'clear',
  'archive',
  'link',
  'link',
  'link',
  'label',
  'label',
  'label',
  'primary',
  'primary',
  'unlabel',
  'unlink',
  'merge',
  'stage',
  'erase',
  'property',
  'pipeline',
  'newLabel',
  'list',
  'member',
] as const;

export interface Write {
  readonly kind: (typeof kinds)[number];
  readonly type: 'contacts' | 'companies' | 'deals' | 'tickets';
  readonly other: 'contacts' | 'companies' | 'deals' | 'tickets';
  readonly a: number;
  readonly b: number;
  readonly value: string;
}

const types = ['contacts', 'companies', 'deals', 'tickets'] as const;

export function writes(maxLength: number): Arbitrary<Write[]> {
  return array(
    record({
      kind: constantFrom(...kinds),
      type: constantFrom(...types),
      other: constantFrom(...types),
      a: nat(1000),
      b: nat(1000),
      value: constantFrom('Ada', 'Bob', 'Zoë "Z" O’Neil', 'a;b', '  x  ', '{"a":1}', '\u0000nul'),
    }),
    { maxLength, size: 'max' },
  );
}

const groupOf = {
  contacts: 'contactinformation',
  companies: 'companyinformation',
  deals: 'dealinformation',
  tickets: 'ticketinformation',
} as const;
const nameOf = { contacts: 'firstname', companies: 'name', deals: 'dealname', tickets: 'subject' } as const;
const stages = { deals: ['appointmentscheduled', 'closedwon', 'closedlost'], tickets: ['1', '4'] };

/** Does them one after the other; what HubSpot refuses is refused. A 5xx fails. */
export async function write(talk: Talk, all: readonly Write[]): Promise<void> {
  for (const one of all) {
    const request = await requestOf(talk, one);
    if (!request) continue;
    const [method, path, body] = request;
    const reply = await talk(method, path, body);
    if (reply.status >= 500) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
  }
}

/** Records of every type, some of them linked: random writes seldom make enough to link. */
export async function furnish(talk: Talk): Promise<void> {
  for (const type of types) {
    for (let a = 0; a < 3; a += 1) {
      await write(talk, [
        { kind: 'create', type, other: type, a, b: a, value: 'Ada' },
        { kind: 'newLabel', type, other: 'contacts', a, b: a, value: '' },
        { kind: 'property', type, other: type, a, b: a, value: 'Own' },
      ]);
    }
  }
}

/** The ids of the records that are there. */
export async function idsOf(talk: Talk, type: string): Promise<string[]> {
  return results(await talk('GET', `/crm/v3/objects/${type}?limit=100`)).map((row) => String(at(row, 'id')));
}

function pick<T>(list: readonly T[], index: number): T | undefined {
  return list[index % Math.max(1, list.length)];
}

/** Undefined where there is nothing to do it to. */
async function requestOf(
  talk: Talk,
  { kind, type, other, a, b, value }: Write,
): Promise<[HttpMethod, string, unknown?] | undefined> {
  const id = kind.startsWith('new') || kind === 'create' ? '' : pick(await idsOf(talk, type), a);
  const second = ['link', 'label', 'unlabel', 'unlink', 'merge'].includes(kind)
    ? pick(await idsOf(talk, other), b)
    : undefined;
  const objects = `/crm/v3/objects/${type}`;
  switch (kind) {
    case 'create': {
      const stage = {
        contacts: {},
        companies: {},
        deals: { dealstage: pick(stages.deals, b) },
        tickets: { hs_pipeline_stage: pick(stages.tickets, b) },
      };
      const email = type === 'contacts' && a % 2 === 0 ? { email: `${a % 40}@example.com` } : {};
      return ['POST', objects, { properties: { [nameOf[type]]: value, ...stage[type], ...email } }];
    }
    case 'update':
      return id ? ['PATCH', `${objects}/${id}`, { properties: { [nameOf[type]]: `${value}${b % 3}` } }] : undefined;
    case 'own':
      return id ? ['PATCH', `${objects}/${id}`, { properties: { [`own_${b % 5}`]: value } }] : undefined;
    case 'clear':
      return id ? ['PATCH', `${objects}/${id}`, { properties: { [nameOf[type]]: '' } }] : undefined;
    case 'stage': {
      const properties =
        type === 'deals' ? { dealstage: pick(stages.deals, b) } : { hs_pipeline_stage: pick(stages.tickets, b) };
      return id && (type === 'deals' || type === 'tickets') ? ['PATCH', `${objects}/${id}`, { properties }] : undefined;
    }
    case 'archive':
      return id ? ['DELETE', `${objects}/${id}`] : undefined;
    case 'erase':
      return id && type === 'contacts' ? ['POST', `${objects}/gdpr-delete`, { objectId: id }] : undefined;
    case 'link':
      return id && second && id !== second
        ? ['PUT', `/crm/v4/objects/${type}/${id}/associations/default/${other}/${second}`]
        : undefined;
    case 'unlink':
      return id && second ? ['DELETE', `/crm/v4/objects/${type}/${id}/associations/${other}/${second}`] : undefined;
    case 'label': {
      const labels = results(await talk('GET', `/crm/v4/associations/${type}/${other}/labels`));
      const label = pick(labels, a + b);
      const spec = { associationCategory: at(label, 'category'), associationTypeId: at(label, 'typeId') };
      return id && second && label && id !== second
        ? ['PUT', `/crm/v4/objects/${type}/${id}/associations/${other}/${second}`, [spec]]
        : undefined;
    }
    case 'primary': {
      const contact = pick(await idsOf(talk, 'contacts'), a);
      const company = pick(await idsOf(talk, 'companies'), b);
      const spec = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 };
      return contact && company
        ? ['PUT', `/crm/v4/objects/contacts/${contact}/associations/companies/${company}`, [spec]]
        : undefined;
    }
    case 'unlabel': {
      const label = pick(results(await talk('GET', `/crm/v4/associations/${type}/${other}/labels`)), a + b);
      const spec = { associationCategory: at(label, 'category'), associationTypeId: at(label, 'typeId') };
      const inputs = [{ from: { id }, to: { id: second }, types: [spec] }];
      return id && second && label && id !== second
        ? ['POST', `/crm/v4/associations/${type}/${other}/batch/labels/archive`, { inputs }]
        : undefined;
    }
    case 'merge':
      return id && second && type === other && id !== second
        ? ['POST', `${objects}/merge`, { primaryObjectId: id, objectIdToMerge: second }]
        : undefined;
    case 'property':
      return [
        'POST',
        `/crm/v3/properties/${type}`,
        {
          name: `own_${a % 5}`,
          label: value,
          type: 'string',
          fieldType: 'text',
          groupName: groupOf[type],
          ...(b % 2 === 0 && { hasUniqueValue: true }),
        },
      ];
    case 'pipeline':
      return [
        'POST',
        '/crm/v3/pipelines/deals',
        {
          label: `Own ${a % 3}`,
          displayOrder: 5,
          stages: [{ label: 'Open', displayOrder: 0, metadata: { probability: '0.5' } }],
        },
      ];
    case 'newLabel':
      return [
        'POST',
        `/crm/v4/associations/${type}/${other}/labels`,
        { name: `own_${a % 4}`, label: `Own ${a % 4}`, ...(b % 2 === 0 && { inverseLabel: `Inverse ${b % 4}` }) },
      ];
    case 'list':
      return [
        'POST',
        '/crm/v3/lists',
        {
          name: `List ${a}`,
          objectTypeId: '0-1',
          ...(b % 2 === 0 ? { processingType: 'MANUAL' } : { processingType: 'DYNAMIC', filterBranch: namedAda }),
        },
      ];
    case 'member': {
      const lists = at((await talk('POST', '/crm/v3/lists/search', { processingTypes: ['MANUAL'] })).body, 'lists');
      const list = Array.isArray(lists) ? pick(lists, b) : undefined;
      const contact = pick(await idsOf(talk, 'contacts'), a);
      return list && contact
        ? ['PUT', `/crm/v3/lists/${String(at(list, 'listId'))}/memberships/add`, [contact]]
        : undefined;
    }
  }
}

const namedAda = {
  filterBranchType: 'OR',
  filterBranches: [
    {
      filterBranchType: 'AND',
      filters: [
        {
          filterType: 'PROPERTY',
          property: 'firstname',
          operation: { operationType: 'MULTISTRING', operator: 'CONTAINS', values: ['ada'] },
        },
      ],
    },
  ],
};
