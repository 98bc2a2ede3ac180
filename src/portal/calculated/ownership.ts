/**
 * Whose a record is: its owner's user and teams, and since when.
 * Source: HubSpot's default properties of all objects, compared 2026-11-22.
 * Guess: the team is the owner's primary one; whoever is given the record besides is not counted.
 */

import { PORTAL } from '../store/store.ts';
import { moment } from './amounts.ts';
import type { Calculation } from './calculated.ts';

export const ownership: Calculation = {
  appliesTo: () => true,
  calculate({ store, value, history }) {
    const id = value('hubspot_owner_id');
    if (id === undefined && value('hs_all_owner_ids') === undefined) return {};
    const owner = id === undefined ? undefined : store.owners.get(PORTAL, id);
    const teams = owner?.teams ?? [];
    const teamIds = teams.length === 0 ? undefined : teams.map((team) => team.id).join(';');
    return {
      hubspot_owner_assigneddate: id === undefined ? undefined : moment(history('hubspot_owner_id').at(-1)?.at),
      hs_all_owner_ids: id,
      hs_user_ids_of_all_owners: owner && String(owner.userIdIncludingInactive),
      hubspot_team_id: (teams.find((team) => team.primary) ?? teams[0])?.id,
      hs_all_team_ids: teamIds,
      hs_all_accessible_team_ids: teamIds,
    };
  },
};
