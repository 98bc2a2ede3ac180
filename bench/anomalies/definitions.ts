/** What the portal of the measurements has: its properties, pipelines and owners. */

import type { OwnerFacts, PipelineFacts, PropertyFacts } from '../../src/enrich/anomalies/types.ts';

export const NOW = Date.UTC(2026, 10, 18, 15);
export const DAY = 86_400_000;

type Option = PropertyFacts['options'][number];
const option = (value: string, label = value): Option => ({ value, label, hidden: false });

function property(line: string): PropertyFacts {
  const [names = '', kind = 'string', ...values] = line.split('|').map((part) => part.trim());
  const [name = '', mark] = names.split(' ');
  const own = mark === 'custom';
  const [type = 'string', calculated] = kind.split(' ');
  return {
    name,
    label: labelOf(name),
    type,
    fieldType: type === 'string' ? 'text' : type === 'enumeration' ? 'select' : type,
    calculated: calculated === 'calculated',
    hubspotDefined: !own,
    options: values.flatMap((list) => list.split(',').map((value) => option(value.trim(), labelOf(value.trim())))),
    updatedAt: NOW - 30 * DAY,
  };
}

function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

const system = `
createdate | datetime
hs_lastmodifieddate | datetime
hs_updated_by_user_id | number
hs_object_source_label | enumeration
hs_object_source_detail_1 | string
hubspot_owner_id | enumeration`;

const lifecycle =
  'lifecyclestage | enumeration | subscriber,lead,marketingqualifiedlead,salesqualifiedlead,opportunity,customer,evangelist,other';

const lines: Readonly<Record<string, string>> = {
  contacts: `${system}
${lifecycle}
email | string
firstname | string
lastname | string
phone | string
mobilephone | string
company | string
jobtitle | string
city | string
country | string
message | string
associatedcompanyid | number
num_associated_deals | number calculated
total_revenue | number calculated
hs_legal_basis | enumeration | consent,contract,legitimate_interest
hs_marketable_status | enumeration | true,false
hs_email_hard_bounce_reason_enum | enumeration | UNKNOWN_USER,MAILBOX_FULL
hs_email_optout | bool | true,false
hs_email_last_open_date | datetime
hs_v2_date_entered_lead | datetime calculated
hs_v2_date_entered_opportunity | datetime calculated
hs_v2_date_entered_customer | datetime calculated
date_of_birth | date
hs_lead_status | enumeration | NEW,OPEN,CONNECTED
salutation | enumeration | frau,herr,divers
region custom | enumeration | north,south,east,west
territory custom | enumeration | north,south,east,west
score_of_fit custom | number
referral custom | string
interests custom | string
legacy_code custom | string
budget custom | string
is_person custom | string`,
  companies: `${system}
${lifecycle}
name | string
domain | string
phone | string
city | string
country | string
industry | enumeration | MACHINERY,RETAIL,COMPUTER_SOFTWARE,HEALTH_CARE,CONSTRUCTION
numberofemployees | number
annualrevenue | number
num_associated_contacts | number calculated
num_associated_deals | number calculated
hs_num_open_deals | number calculated
total_revenue | number calculated
hs_parent_company_id | number
hs_num_child_companies | number calculated
notes_last_updated | datetime
type | enumeration | PROSPECT,PARTNER,RESELLER,OTHER`,
  deals: `${system}
dealname | string
dealstage | enumeration
pipeline | enumeration
amount | number
amount_in_home_currency | number calculated
deal_currency_code | enumeration
closedate | datetime
hs_is_closed | bool calculated
hs_primary_associated_company | number calculated
hs_num_of_associated_line_items | number calculated
hs_deal_stage_probability | number
hs_forecast_probability | number
closed_lost_reason | string
closed_won_reason | string
notes_last_updated | datetime
notes_last_contacted | datetime
notes_next_activity_date | datetime
hs_was_imported | bool
contract_term custom | number
hs_next_step | string
description | string`,
  tickets: `${system}
subject | string
content | string
hs_pipeline | enumeration
hs_pipeline_stage | enumeration
hs_ticket_priority | enumeration | LOW,MEDIUM,HIGH,URGENT
closed_date | datetime
hs_last_message_received_at | datetime
hs_last_message_sent_at | datetime
source_type | enumeration | CHAT,EMAIL,FORM,PHONE`,
  line_items: 'amount | number calculated\nname | string',
  invoices:
    'hs_amount_billed | number\nhs_invoice_status | enumeration | draft,open,paid,voided\nhs_currency | enumeration',
};

const OPEN_STAGES = [
  ['appointmentscheduled', 0.2],
  ['qualifiedtobuy', 0.4],
  ['presentationscheduled', 0.6],
  ['contractsent', 0.9],
] as const;

const pipeline = (id: string, prefix: string): PipelineFacts => ({
  id,
  label: `Pipeline ${id}`,
  stages: [
    ...OPEN_STAGES.map(([stage, probability], order) => ({
      id: prefix + stage,
      label: stage,
      order,
      probability,
      closed: false,
    })),
    { id: `${prefix}closedwon`, label: 'Won', order: 4, probability: 1, closed: true },
    { id: `${prefix}closedlost`, label: 'Lost', order: 5, probability: 0, closed: true },
  ],
});

export const dealPipelines: readonly PipelineFacts[] = [pipeline('default', ''), pipeline('renewals', 'r_')];
export const ticketPipelines: readonly PipelineFacts[] = [
  {
    id: '0',
    label: 'Support',
    stages: ['New', 'Waiting on contact', 'Waiting on us', 'Closed'].map((label, order) => ({
      id: String(order + 1),
      label,
      order,
      closed: order === 3,
    })),
  },
];

/** Where HubSpot keeps the times of a stage. */
const stageLines = dealPipelines.flatMap(({ stages }) =>
  stages
    .filter(({ closed }) => !closed)
    .flatMap(({ id }) => [
      `hs_v2_date_entered_${id} | datetime calculated`,
      `hs_v2_cumulative_time_in_${id} | number calculated`,
    ]),
);

/** By object type, a new copy that a fault may change. */
export function definitions(): Map<string, Map<string, PropertyFacts>> {
  return new Map(
    Object.entries(lines).map(([objectType, text]) => {
      const all = [...text.split('\n'), ...(objectType === 'deals' ? stageLines : [])].filter(
        (line) => line.trim() !== '',
      );
      return [objectType, new Map(all.map(property).map((facts) => [facts.name, facts]))];
    }),
  );
}

export const OWNERS = 8;
export const owners: readonly OwnerFacts[] = Array.from({ length: OWNERS + 1 }, (_, index) => ({
  id: String(101 + index),
  email: `rep${index}@ours.example`,
  archived: index === OWNERS,
}));
export const GONE = String(101 + OWNERS);
