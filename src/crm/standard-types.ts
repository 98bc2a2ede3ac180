/**
 * HubSpot's own object types: what the API can do with each, which scopes it takes, and what each can be associated with.
 * A portal may not have bought or switched on every one of them; HubSpot then refuses the call and says so.
 * Sources: developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis, .../crm/understanding-the-crm,
 * .../crm/pipelines/guide, .../crm/associations/associate-records/guide and HubSpot's OpenAPI files, compared 2026-11-22.
 */

import type { ObjectType } from './types.ts';

interface Row {
  readonly id: string;
  readonly singular: string;
  readonly plural: string;
  /** The middle of `crm.objects.….read`; the type's name when left out. */
  readonly scope?: string;
  readonly readScopes?: readonly string[];
  readonly writeScopes?: readonly string[];
  /** Without it HubSpot's API reads, searches, creates, updates and archives. */
  readonly only?: readonly (keyof ObjectType['can'])[];
  readonly merge?: true;
  readonly pipeline?: 'pipeline dealstage' | 'hs_pipeline hs_pipeline_stage';
  /** The first names the record; all are shown when a call names no properties. */
  readonly shown: string;
  readonly associableTo: string;
}

const hsPipeline = 'hs_pipeline hs_pipeline_stage';
/** Activities have no scopes of their own: whoever may see contacts may see them. */
const activity = { scope: 'contacts' } as const;
const commerce = { scope: 'line_items', readScopes: ['e-commerce'], writeScopes: ['e-commerce'] } as const;
const activities = 'notes calls emails meetings tasks communications postal_mail';
const people = 'contacts companies deals tickets';
const library = `${people} projects ${activities}`;
const activityTargets = `${people} leads orders appointments courses listings services projects`;

// biome-ignore format: one line per type reads as the table it is
const rows: Readonly<Record<string, Row>> = {
  contacts: { id: '0-1', singular: 'Contact', plural: 'Contacts', merge: true, shown: 'email firstname lastname',
    associableTo: `${people} leads quotes orders carts invoices commerce_payments subscriptions appointments courses listings services projects feedback_submissions ${activities}` },
  companies: { id: '0-2', singular: 'Company', plural: 'Companies', merge: true, shown: 'name domain',
    associableTo: `${people} leads quotes orders invoices commerce_payments subscriptions appointments courses listings services projects feedback_submissions ${activities}` },
  deals: { id: '0-3', singular: 'Deal', plural: 'Deals', merge: true, pipeline: 'pipeline dealstage', shown: 'dealname amount closedate pipeline dealstage',
    associableTo: `${people} leads line_items quotes orders carts invoices commerce_payments subscriptions discounts appointments courses listings services projects goal_targets feedback_submissions ${activities}` },
  tickets: { id: '0-5', singular: 'Ticket', plural: 'Tickets', merge: true, readScopes: ['tickets'], writeScopes: ['tickets'], pipeline: hsPipeline, shown: 'subject hs_pipeline hs_pipeline_stage hs_ticket_priority createdate',
    associableTo: `${people} orders carts invoices commerce_payments subscriptions appointments courses listings services projects feedback_submissions ${activities}` },
  leads: { id: '0-136', singular: 'Lead', plural: 'Leads', pipeline: hsPipeline, shown: 'hs_lead_name hs_pipeline hs_pipeline_stage',
    associableTo: 'contacts companies deals feedback_submissions notes calls emails meetings tasks communications' },
  products: { id: '0-7', singular: 'Product', plural: 'Products', readScopes: ['e-commerce'], writeScopes: ['e-commerce'], shown: 'name price description', associableTo: '' },
  line_items: { id: '0-8', singular: 'Line item', plural: 'Line items', ...commerce, shown: 'name quantity price amount',
    associableTo: 'deals quotes orders carts invoices commerce_payments subscriptions discounts projects' },
  quotes: { id: '0-14', singular: 'Quote', plural: 'Quotes', readScopes: ['e-commerce'], writeScopes: ['e-commerce'], shown: 'hs_title hs_status hs_expiration_date',
    associableTo: 'contacts companies deals line_items orders carts invoices commerce_payments subscriptions discounts fees taxes feedback_submissions tasks' },
  orders: { id: '0-123', singular: 'Order', plural: 'Orders', pipeline: hsPipeline, shown: 'hs_order_name hs_pipeline hs_pipeline_stage',
    associableTo: `${people} line_items quotes carts invoices commerce_payments subscriptions discounts feedback_submissions ${activities}` },
  carts: { id: '0-142', singular: 'Cart', plural: 'Carts', shown: 'hs_cart_name',
    associableTo: 'contacts deals tickets line_items quotes orders discounts feedback_submissions tasks' },
  invoices: { id: '0-53', singular: 'Invoice', plural: 'Invoices', shown: 'hs_number hs_invoice_status hs_amount_billed hs_due_date',
    associableTo: `${people} line_items quotes orders commerce_payments subscriptions discounts fees taxes feedback_submissions` },
  commerce_payments: { id: '0-101', singular: 'Payment', plural: 'Payments', scope: 'commercepayments', shown: 'hs_reference_number hs_latest_status hs_initial_amount',
    associableTo: `${people} line_items quotes orders invoices subscriptions discounts fees feedback_submissions` },
  subscriptions: { id: '0-69', singular: 'Subscription', plural: 'Subscriptions', shown: 'hs_name hs_status',
    associableTo: `${people} line_items quotes orders invoices commerce_payments feedback_submissions` },
  discounts: { id: '0-84', singular: 'Discount', plural: 'Discounts', ...commerce, shown: 'hs_label hs_value', associableTo: 'deals line_items quotes orders carts invoices commerce_payments' },
  fees: { id: '0-85', singular: 'Fee', plural: 'Fees', ...commerce, shown: 'hs_label hs_value', associableTo: 'quotes invoices commerce_payments' },
  taxes: { id: '0-86', singular: 'Tax', plural: 'Taxes', ...commerce, shown: 'hs_label hs_value', associableTo: 'quotes invoices' },
  appointments: { id: '0-421', singular: 'Appointment', plural: 'Appointments', merge: true, pipeline: hsPipeline, shown: 'hs_appointment_name hs_appointment_start hs_pipeline_stage', associableTo: library },
  courses: { id: '0-410', singular: 'Course', plural: 'Courses', pipeline: hsPipeline, shown: 'hs_course_name hs_pipeline_stage', associableTo: library },
  listings: { id: '0-420', singular: 'Listing', plural: 'Listings', pipeline: hsPipeline, shown: 'hs_name hs_pipeline_stage', associableTo: library },
  services: { id: '0-162', singular: 'Service', plural: 'Services', pipeline: hsPipeline, shown: 'hs_name hs_pipeline_stage', associableTo: library },
  projects: { id: '0-970', singular: 'Project', plural: 'Projects', merge: true, shown: 'hs_name',
    associableTo: `${people} line_items appointments courses listings services projects notes calls emails tasks communications postal_mail` },
  goal_targets: { id: '0-74', singular: 'Goal', plural: 'Goals', scope: 'goals', shown: 'hs_goal_name', associableTo: 'deals' },
  feedback_submissions: { id: '0-19', singular: 'Feedback submission', plural: 'Feedback submissions', readScopes: ['crm.objects.contacts.read'], only: ['search'], shown: 'hs_submission_name hs_content',
    associableTo: `${people} leads quotes orders carts invoices commerce_payments subscriptions calls` },
  users: { id: '0-115', singular: 'User', plural: 'Users', shown: 'hs_email hs_given_name hs_family_name', associableTo: '' },
  notes: { id: '0-46', singular: 'Note', plural: 'Notes', ...activity, shown: 'hs_note_body hs_timestamp', associableTo: activityTargets },
  calls: { id: '0-48', singular: 'Call', plural: 'Calls', ...activity, shown: 'hs_call_title hs_call_direction hs_call_status hs_timestamp', associableTo: `${activityTargets} feedback_submissions` },
  emails: { id: '0-49', singular: 'Email', plural: 'Emails', ...activity, readScopes: ['sales-email-read'], shown: 'hs_email_subject hs_email_direction hs_timestamp', associableTo: activityTargets },
  meetings: { id: '0-47', singular: 'Meeting', plural: 'Meetings', ...activity, shown: 'hs_meeting_title hs_meeting_start_time hs_meeting_outcome', associableTo: `${people} leads orders appointments courses listings services` },
  tasks: { id: '0-27', singular: 'Task', plural: 'Tasks', ...activity, shown: 'hs_task_subject hs_task_status hs_task_priority hs_timestamp', associableTo: `${people} leads quotes orders carts appointments courses listings services projects` },
  communications: { id: '0-18', singular: 'Communication', plural: 'Communications', ...activity, shown: 'hs_communication_channel_type hs_communication_body hs_timestamp', associableTo: activityTargets },
  postal_mail: { id: '0-116', singular: 'Postal mail', plural: 'Postal mail', ...activity, shown: 'hs_postal_mail_body hs_timestamp', associableTo: `${people} orders appointments courses listings services projects` },
};

const typeId = (name: string) => rows[name]?.id ?? name;

/** Activities go with every custom object; what else does is in the custom object's schema. */
export const activityTypeIds: readonly string[] = activities.split(' ').map(typeId);

/** In the order a reader expects: the four that every portal has first. */
export const standardTypes: readonly ObjectType[] = Object.entries(rows).map(([name, row]) => {
  const can = (operation: keyof ObjectType['can']) => row.only === undefined || row.only.includes(operation);
  const shown = row.shown.split(' ');
  const [pipelineProperty, stageProperty] = row.pipeline?.split(' ') ?? [];
  return {
    id: row.id,
    name,
    singular: row.singular,
    plural: row.plural,
    custom: false,
    can: {
      search: can('search'),
      create: can('create'),
      update: can('update'),
      archive: can('archive'),
      merge: row.merge === true,
    },
    ...(pipelineProperty && stageProperty ? { pipeline: { pipelineProperty, stageProperty } } : {}),
    associableTo: new Set(row.associableTo.split(' ').filter(Boolean).map(typeId)),
    scopes: {
      read: [...scopesOf(name, row, 'read'), ...(row.readScopes ?? [])],
      write: [...scopesOf(name, row, 'write'), ...(row.writeScopes ?? [])],
    },
    displayProperty: shown[0] ?? 'hs_object_id',
    defaultProperties: shown,
  };
});

/** Tickets alone have one scope for both, and none by the common pattern. */
function scopesOf(name: string, row: Row, access: 'read' | 'write'): string[] {
  return name === 'tickets' ? [] : [`crm.objects.${row.scope ?? name}.${access}`];
}
