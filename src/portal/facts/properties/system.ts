/** What HubSpot keeps about every record of the newer object types, in the format of parse-properties.ts. */

/** The lines that follow a group's heading. */
export const system = `
hs_all_accessible_team_ids | All teams | enumeration checkbox | re
hs_all_assigned_business_unit_ids | Business units | enumeration checkbox | e
hs_all_owner_ids | All owner IDs | enumeration checkbox | re
hs_all_team_ids | All team IDs | enumeration checkbox | re
hs_created_by_user_id | Created by user ID | number number | r
hs_createdate | Object create date/time | datetime date | r
hs_lastmodifieddate | Object last modified date/time | datetime date | r
hs_merged_object_ids | Merged record IDs | enumeration checkbox | re
hs_object_id | Record ID | number number | r
hs_object_source | Record creation source | string text | rh
hs_object_source_detail_1 | Record source detail 1 | string text | r
hs_object_source_detail_2 | Record source detail 2 | string text | r
hs_object_source_detail_3 | Record source detail 3 | string text | r
hs_object_source_id | Record creation source ID | string text | rh
hs_object_source_label | Record source | enumeration select | re
hs_object_source_user_id | Record creation source user ID | number number | rh
hs_owning_teams | Owning Teams | enumeration checkbox | e
hs_pinned_engagement_id | Pinned Engagement ID | number number
hs_read_only | Read only object | bool booleancheckbox | rh | true/false
hs_shared_team_ids | Shared teams | enumeration checkbox | e
hs_shared_user_ids | Shared users | enumeration checkbox | e
hs_unique_creation_key | Unique creation key | string text | rhu
hs_updated_by_user_id | Updated by user ID | number number | r
hs_user_ids_of_all_notification_followers | User IDs of all notification followers | enumeration checkbox | rhe
hs_user_ids_of_all_notification_unfollowers | User IDs of all notification unfollowers | enumeration checkbox | rhe
hs_user_ids_of_all_owners | User IDs of all owners | enumeration checkbox | rhe
hs_was_imported | Performed in an import | bool booleancheckbox | rh | true/false
hubspot_owner_assigneddate | Owner assigned date | datetime date | r
hubspot_owner_id | Owner | enumeration select | e
hubspot_team_id | HubSpot team | enumeration select | re
`;
