/** What is sold, and which of it is in which deal. */

import type { Draft } from './ledger.ts';
import type { World } from './world.ts';

type Row = readonly [name: string, sku: string, price: number, billed?: 'monthly' | 'annually'];

const rows: readonly Row[] = [
  ['Alba 2 espresso machine', 'ALB-2', 6900],
  ['Alba 4 espresso machine', 'ALB-4', 11800],
  ['Corto S bean-to-cup machine', 'COR-S', 2450],
  ['Corto XL bean-to-cup machine', 'COR-XL', 5200],
  ['Filtro 10 brewer', 'FIL-10', 980],
  ['Grinder G65', 'GRI-65', 740],
  ['Milk cooler', 'MLK-1', 390],
  ['Water filter set', 'WTR-3', 85],
  ['Cup warmer', 'CUP-1', 260],
  ['House blend, 10 kg', 'BEA-HB10', 168],
  ['Single origin Guji, 5 kg', 'BEA-GJ5', 124],
  ['Decaf, 5 kg', 'BEA-DC5', 98],
  ['Organic blend, 10 kg', 'BEA-OR10', 189],
  ['Tea selection', 'TEA-24', 64],
  ['Chocolate powder, 5 kg', 'CHO-5', 72],
  ['Bean subscription S', 'SUB-S', 210, 'monthly'],
  ['Bean subscription M', 'SUB-M', 480, 'monthly'],
  ['Bean subscription L', 'SUB-L', 1150, 'monthly'],
  ['Service plan Basic', 'SRV-B', 690, 'annually'],
  ['Service plan Plus', 'SRV-P', 1290, 'annually'],
  ['Installation', 'INS-1', 450],
  ['Barista training, half a day', 'TRN-H', 380],
  ['Barista training, full day', 'TRN-F', 640],
  ['Machine rental', 'RNT-1', 145, 'monthly'],
];

const billing = (every: Row[3]) => ({
  recurringbillingfrequency: every,
  hs_recurring_billing_period: every && 'P12M',
});

export function addProducts({ ledger, now }: World, opened: number): void {
  for (const [i, [name, sku, price, every]] of rows.entries()) {
    ledger.add('0-7', Math.min(now, opened + i * 61_000), {
      name,
      hs_sku: sku,
      price: String(price),
      description: `${name}, delivered in the continental US.`,
      hs_cost_of_goods_sold: String(Math.round(price * 0.62)),
      hs_product_type:
        sku.startsWith('SRV') || sku.startsWith('TRN') || sku.startsWith('INS') ? 'service' : 'inventory',
      ...billing(every),
    });
  }
}

/** Items for that share of the deals. */
export function addLineItems({ chance, ledger }: World, share: number): void {
  const products = ledger.of('0-7');
  for (const deal of ledger.of('0-3')) {
    if (!chance.odds(share)) continue;
    for (const product of chance.some(products, chance.whole(1, 3))) {
      const quantity = chance.pick([1, 1, 2, 3, 4, 10]);
      ledger.link(addLineItem(deal, product, quantity), deal);
    }
  }

  function addLineItem(deal: Draft, product: Draft, quantity: number): Draft {
    const { name, price, hs_sku, recurringbillingfrequency, hs_recurring_billing_period } = product.properties;
    return ledger.add('0-8', deal.createdAt + chance.whole(1, 600) * 1000, {
      name,
      price,
      quantity: String(quantity),
      amount: String(Number(price) * quantity),
      hs_sku,
      hs_product_id: () => product.id,
      hs_line_item_currency_code: deal.properties['deal_currency_code'],
      recurringbillingfrequency,
      hs_recurring_billing_period,
    });
  }
}
