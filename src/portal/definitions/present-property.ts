/** Properties as HubSpot sends them: some options are not stored with the property but follow from other definitions. */

import type { Property, PropertyOption } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { PORTAL, type Store } from '../store/store.ts';
import { pipelinesOf } from '../values/pipeline.ts';

const currencyProperties = new Set(['deal_currency_code', 'hs_line_item_currency_code', 'hs_currency_code']);

export function presentProperty(store: Store, type: ObjectTypeFacts, property: Property): Property {
  const options = followingOptions(store, type, property.name);
  return options ? { ...property, options } : property;
}

/** Guess: the pipeline's label behind that of the stage, which tells stages of one label apart. */
function followingOptions(store: Store, type: ObjectTypeFacts, name: string): PropertyOption[] | undefined {
  if (name === type.pipelines?.pipelineProperty) {
    return numbered(pipelinesOf(store, type).map(({ id, label }) => ({ value: id, label })));
  }
  if (name === type.pipelines?.stageProperty) {
    const stages = pipelinesOf(store, type).flatMap((pipeline) =>
      pipeline.stages.map((stage) => ({ value: stage.id, label: `${stage.label} (${pipeline.label})` })),
    );
    return numbered(stages);
  }
  if (currencyProperties.has(name)) {
    const { companyCurrency = 'USD', additionalCurrencies = [] } = store.account.get(PORTAL, 'account') ?? {};
    return numbered([companyCurrency, ...additionalCurrencies].map((code) => ({ value: code, label: code })));
  }
  return undefined;
}

function numbered(options: readonly { value: string; label: string }[]): PropertyOption[] {
  return options.map((option, displayOrder) => ({ ...option, displayOrder, hidden: false }));
}
