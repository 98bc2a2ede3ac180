import type { Resource } from '../resource.ts';

/** The definitions a person attaches before talking about an object type. */
export const objectSchema: Resource = {
  name: 'schema',
  tool: 'list_properties',
  title: 'Schema of an object type',
  description: 'Properties, options, pipelines and abilities of an object type, such as contacts or a custom object.',
  uriTemplate: 'hubspot://schema/{objectType}',

  async list(crm) {
    const types = await crm.objectTypes.list();
    return types.map(({ name, plural }) => ({ parts: { objectType: name }, title: `Schema of ${plural}` }));
  },

  async read({ objectType = '' }, crm) {
    const type = await crm.objectTypes.resolve(objectType);
    const { all } = await crm.properties.of(type);
    const pipelines = type.pipeline === undefined ? [] : await crm.pipelines.of(type);
    return {
      objectType: type.name,
      objectTypeId: type.id,
      singular: type.singular,
      plural: type.plural,
      can: type.can,
      pipelines: pipelines.map(({ id, label, stages }) => ({
        id,
        label,
        stages: stages.map((stage) => ({ id: stage.id, label: stage.label })),
      })),
      properties: all.map(({ name, label, type: valueType, fieldType, groupName, description, options }) => ({
        name,
        label,
        type: valueType,
        fieldType,
        groupName,
        ...(description && { description }),
        ...(options &&
          options.length > 0 && { options: options.map((option) => ({ value: option.value, label: option.label })) }),
      })),
    };
  },

  async complete(_part, begun, _known, crm) {
    const wanted = begun.toLowerCase();
    const types = await crm.objectTypes.list();
    return types.map(({ name }) => name).filter((name) => name.toLowerCase().startsWith(wanted));
  },
};
