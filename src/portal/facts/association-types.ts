/**
 * The associations that HubSpot defines between its own types, each in one direction, paired with its opposite.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/guide, compared 2026-11-22.
 */

import { standardObjectType } from './object-types.ts';

export interface AssociationTypeFacts {
  readonly typeId: number;
  /** Type ids; the plain name for a type that no path of HubSpot's object API names, such as `threads`. */
  readonly from: string;
  readonly to: string;
  /** What HubSpot shows for it; null is the unlabelled association that every linked pair has. */
  readonly label: string | null;
  /** A `from` record has at most one `to` record under this type: its primary company, contact or deal. */
  readonly single: boolean;
  /** The association that is written with it in the other direction; undefined where HubSpot's page names no such one. */
  readonly inverseTypeId: number | undefined;
}

/**
 * From type: to type, id, and what sets a labelled association apart.
 * Guess: the opposites that the page does not name, here the free id beside the one that it names: 285, 370, 394, 429,
 * 564, 579, 581, 595, 599, 729, 987, 1251, 1256, 1300 and 1344.
 */
const table: Readonly<Record<string, string>> = {
  companies: `
    companies 450, companies 14 parent, companies 13 child, contacts 280, contacts 2 primaryOf, contacts 930
    billing, deals 342, deals 6 primaryOf, tickets 340, tickets 25 primaryOf, calls 181, emails 185, leads
    611, meetings 187, notes 189, tasks 191, communications 88, postal_mail 460, invoices 180, orders 935,
    orders 510 primaryOf, commerce_payments 390, payment_links 472, quotes 72, quotes 1335 billing,
    subscriptions 298, appointments 909, courses 939, listings 885, services 793, feedback_submissions 929,
    projects 1237, leads 581 primaryOf, projects 1300 primaryOf
  `,
  contacts: `
    contacts 449, companies 279, companies 1 primary, companies 931 billing, deals 4, tickets 15, calls 193,
    emails 197, meetings 199, notes 201, tasks 203, communications 82, postal_mail 454, carts 587, orders
    508, invoices 178, commerce_payments 388, payment_links 470, subscriptions 296, appointments 907,
    courses 861, listings 883, services 799, feedback_submissions 97, projects 1243, leads 609, quotes 70,
    quotes 703 signer, quotes 1227 billing, leads 579 primaryOf
  `,
  deals: `
    deals 451, contacts 3, companies 341, companies 5 primary, tickets 27, calls 205, leads 1038, leads 583
    primaryOf, emails 209, goal_targets 1357, meetings 211, notes 213, tasks 215, communications 86,
    postal_mail 458, deal_splits 313, line_items 19, carts 1346, invoices 176, orders 511, commerce_payments
    392, payment_links 474, quotes 63, subscriptions 300, appointments 945, courses 863, listings 887,
    services 795, feedback_submissions 985, projects 1239, discounts 370
  `,
  tickets: `
    tickets 452, contacts 16, companies 339, companies 26 primary, deals 28, calls 219, emails 223, meetings
    225, notes 227, tasks 229, communications 84, postal_mail 456, threads 32, conversations 278, orders
    526, appointments 947, courses 941, listings 943, services 797, subscriptions 1122, commerce_payments
    1355, feedback_submissions 99, projects 1241, carts 595, invoices 987
  `,
  leads: `
    contacts 608, contacts 578 primary, companies 610, companies 580 primary, deals 1037, deals 582 primary,
    calls 596, emails 598, meetings 600, notes 854, tasks 646, communications 602, feedback_submissions 1162
  `,
  appointments: `
    contacts 906, companies 908, deals 944, tickets 946, calls 912, emails 916, meetings 918, notes 920,
    tasks 922, communications 924, postal_mail 926, projects 1325
  `,
  goal_targets: 'campaigns 809, deals 1356, goal_target_groups 333',
  courses: `
    contacts 860, companies 938, deals 862, tickets 940, calls 866, emails 870, meetings 872, notes 874,
    tasks 876, communications 878, postal_mail 880, projects 1323
  `,
  listings: `
    contacts 882, companies 884, deals 886, tickets 942, calls 890, emails 894, meetings 896, notes 898,
    tasks 900, communications 902, postal_mail 904, projects 1321
  `,
  services: `
    contacts 798, companies 792, deals 794, tickets 796, calls 840, emails 842, meetings 838, notes 836,
    tasks 852, communications 846, postal_mail 848, projects 1245
  `,
  calls: `
    appointments 913, companies 182, contacts 194, deals 206, feedback_submissions 1156, leads 597, orders
    773, courses 867, listings 891, projects 1258, services 841, tickets 220
  `,
  emails: `
    appointments 917, companies 186, contacts 198, courses 871, deals 210, orders 777, listings 895,
    projects 1260, services 843, tickets 224, leads 599
  `,
  feedback_submissions: `
    contacts 98, companies 928, deals 984, tickets 100, calls 1155, carts 1157, subscriptions 1173, invoices
    1159, leads 1161, orders 1167, quotes 1171, commerce_payments 1169
  `,
  meetings: `
    contacts 200, companies 188, deals 212, tickets 226, leads 601, orders 769, appointments 919, courses
    873, listings 897, services 839, projects 1256
  `,
  notes: `
    contacts 202, companies 190, deals 214, tickets 228, leads 855, orders 765, appointments 921, courses
    875, listings 899, services 837, projects 1249
  `,
  postal_mail: `
    contacts 453, companies 459, deals 457, tickets 455, appointments 927, courses 881, listings 905, orders
    788, services 849, projects 1264
  `,
  tasks: `
    contacts 204, companies 192, deals 216, tickets 230, leads 647, quotes 218, orders 727, appointments
    923, courses 877, listings 901, services 853, projects 1247, carts 729
  `,
  communications: `
    contacts 81, companies 87, deals 85, tickets 83, leads 603, orders 785, appointments 925, courses 879,
    listings 903, services 847, projects 1282
  `,
  invoices: `
    contacts 177, companies 179, deals 175, quotes 407, subscriptions 622, payment_links 815, orders 517,
    tickets 986, line_items 409, discounts 411, fees 413, taxes 415, commerce_payments 541,
    payment_schedule_installments 691, data_sync_states 679, feedback_submissions 1160
  `,
  commerce_payments: `
    companies 389, contacts 387, deals 391, discounts 428, fees 1326, feedback_submissions 1170, invoices
    542, line_items 395, orders 524, payment_links 476, quotes 397, subscriptions 393, tickets 1354
  `,
  payment_links: `
    commerce_payments 475, contacts 469, companies 471, deals 473, discounts 682, fees 686, invoices 814,
    line_items 758, subscriptions 477, taxes 684
  `,
  quotes: `
    contacts 69, contacts 1226 billing, companies 71, companies 1334 billing, deals 64, line_items 67,
    quote_templates 286, discounts 362, fees 364, taxes 366, tasks 217, contacts 702 signer, carts 733,
    invoices 408, orders 731, commerce_payments 398, subscriptions 304, feedback_submissions 1172
  `,
  line_items: `
    abandoned_carts 571, carts 591, commerce_payments 396, deals 20, discounts 368, invoices 410, orders
    514, payment_links 759, projects 1345, quotes 68, subscriptions 302, subscriptions 565 upcoming
  `,
  orders: `
    calls 772, carts 593, contacts 507, communications 784, companies 934, companies 509 primary, deals 512,
    discounts 519, discount_codes 521, emails 776, feedback_submissions 1168, invoices 518, line_items 513,
    meetings 768, notes 764, commerce_payments 523, postal_mail 789, quotes 730, subscriptions 516, tasks
    726, tickets 525
  `,
  carts: `
    contacts 586, deals 1347, discounts 588, line_items 590, orders 592, quotes 732, tasks 728, tickets 594,
    feedback_submissions 1158
  `,
  discounts: `
    deals 369, quotes 361, invoices 412, payment_links 683, orders 520, carts 589, line_items 367, commerce_payments 429
  `,
  fees: 'commerce_payments 1327, payment_links 687, quotes 363, invoices 414',
  subscriptions: `
    contacts 295, companies 297, deals 299, tickets 1121, invoices 623, line_items 301, quotes 303,
    payment_links 478, orders 515, feedback_submissions 1174, commerce_payments 394, line_items 564 upcoming
  `,
  marketing_events: 'projects 1251',
  quote_templates: 'quotes 285',
  taxes: 'payment_links 685, quotes 365, invoices 416',
  projects: `
    appointments 1324, calls 1257, communications 1281, companies 1236, companies 1299 primary, contacts
    1242, conversation_sessions 1261, courses 1322, data_syncs 1304, deals 1238, emails 1259, engagements
    1252, listings 1320, marketing_events 1250, meetings 1255, notes 1248, postal_mail 1263, projects 1254,
    services 1244, tasks 1246, tickets 1240, line_items 1344
  `,
};

/**
 * Guess: the wording of all labels but Primary, its other side, Parent Company and Child Company. That one is said of the
 * record that has a primary one since 2024: developers.hubspot.com/changelog/
 * changes-to-primary-labels-for-hubspot-defined-association-labels.
 */
const labels: Readonly<Record<string, string>> = {
  primary: 'Primary',
  parent: 'Parent Company',
  child: 'Child Company',
  billing: 'Billing',
  signer: 'Signer',
  upcoming: 'Upcoming',
};

const opposite: Readonly<Record<string, string>> = {
  parent: 'child',
  child: 'parent',
  primary: 'primaryOf',
  primaryOf: 'primary',
};

const typeIdOf = (name: string) => standardObjectType(name)?.id ?? name;
const keyOf = (from: string, to: string, kind = '') => `${from}/${to}/${kind}`;

interface Entry {
  typeId: number;
  from: string;
  to: string;
  kind: string | undefined;
}

function entries(): Entry[] {
  return Object.entries(table).flatMap(([from, list]) =>
    list.split(',').map((item) => {
      const [to = '', typeId, kind] = item.trim().split(/\s+/);
      return { typeId: Number(typeId), from: typeIdOf(from), to: typeIdOf(to), kind };
    }),
  );
}

/** Such as `Contact with Primary Company`, from the company. */
function labelOf({ kind, from, to }: Entry): string | null {
  if (kind === 'primaryOf') return `${singularOf(to)} with Primary ${singularOf(from)}`;
  return kind ? (labels[kind] ?? null) : null;
}

const singularOf = (typeId: string) => standardObjectType(typeId)?.labels.singular ?? typeId;

function build(): AssociationTypeFacts[] {
  const all = entries();
  const byKey = new Map(all.map((entry) => [keyOf(entry.from, entry.to, entry.kind), entry.typeId]));
  return all.map((entry) => {
    const { typeId, from, to, kind } = entry;
    return {
      typeId,
      from,
      to,
      label: labelOf(entry),
      single: kind === 'primary',
      inverseTypeId: byKey.get(keyOf(to, from, kind && (opposite[kind] ?? kind))),
    };
  });
}

export const associationTypes: readonly AssociationTypeFacts[] = build();

const byTypeId = new Map(associationTypes.map((type) => [type.typeId, type]));
const byPair = new Map<string, AssociationTypeFacts[]>();
for (const type of associationTypes) {
  const key = keyOf(type.from, type.to);
  byPair.set(key, [...(byPair.get(key) ?? []), type]);
}

/** The HUBSPOT_DEFINED association with this id, which also fixes its direction. */
export function associationType(typeId: number): AssociationTypeFacts | undefined {
  return byTypeId.get(typeId);
}

/** Every HUBSPOT_DEFINED association from one type to another, by type id; empty when HubSpot cannot link the two. */
export function associationTypesBetween(from: string, to: string): readonly AssociationTypeFacts[] {
  return byPair.get(keyOf(from, to)) ?? [];
}
