/*
title: Commitments
about: "Which commitments are recorded, each a clause or a promise: what is owed, how it binds, by whom and to whom?"
timeless: It lists what is recorded; `commitments_owed_by_state` and its like tell what is in force between whom on a day.
path: /commitments
pages: own
params:
  kind:        {type: commitment_kind, about: Only this kind, optional: true}
  binding:     {type: binding, about: "Only what binds in this way: by law, politically, or contested", optional: true}
  agreement:   {type: agreement, about: Only what is under this agreement, optional: true, example: PRK-RUS.2024-strategic-partnership}
  bearer:      {type: actor, about: Only what names this actor as owing it, optional: true}
  beneficiary: {type: actor, about: Only what names this actor as the one it is owed to, optional: true}
returns:
  fact:                {type: commitment, about: "The commitment, for its evidence"}
  kind:                {type: commitment_kind, about: What is owed}
  text:                {type: string, about: What is owed in a sentence, optional: true}
  binding:             {type: binding, about: "In what way it binds: by law or politically, or contested where sources disagree"}
  agreement:           {type: agreement, about: Under which agreement, optional: true}
  provision:           {type: provision, about: Where the agreement says so, optional: true}
  owed_by:             {type: string, about: "each_party, or named"}
  owed_to:             {type: string, about: "each_other_party, named, some_other_party, or community: all parties together"}
  named_bearers:       {type: list of actor, about: Those it names as owing it}
  named_beneficiaries: {type: list of actor, about: Those it names as the ones it is owed to}
  standing:            {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:            {type: list of evidence, about: "Source, locator and quote of each attestation"}
order: [fact]
edge: {from: named_bearers, to: named_beneficiaries, label: kind}
*/
CALL () {
  WITH true AS under
  WHERE $agreement IS NOT NULL
  MATCH (:Thing {key: $agreement})<-[:UNDER]-(c:Commitment)
  WHERE c.recorded_from <= $known_at < c.recorded_until
  RETURN c
  UNION ALL
  WITH true AS named
  WHERE $agreement IS NULL AND $bearer IS NOT NULL
  MATCH (:Thing {key: $bearer})<-[:OWED_BY]-(c:Commitment)
  WHERE c.recorded_from <= $known_at < c.recorded_until
  RETURN c
  UNION ALL
  WITH true AS named
  WHERE $agreement IS NULL AND $bearer IS NULL AND $beneficiary IS NOT NULL
  MATCH (:Thing {key: $beneficiary})<-[:OWED_TO]-(c:Commitment)
  WHERE c.recorded_from <= $known_at < c.recorded_until
  RETURN c
  UNION ALL
  WITH true AS of_a_kind
  WHERE $agreement IS NULL AND $bearer IS NULL AND $beneficiary IS NULL AND $kind IS NOT NULL
  MATCH (c:Commitment)
  WHERE c.kind = $kind AND c.key > coalesce($after[0], '')
    AND c.recorded_from <= $known_at < c.recorded_until
    AND ($binding IS NULL OR c.binding = $binding)
  RETURN c
  // The index gives this order, and with it the page stops where it is full.
  ORDER BY c.kind, c.key
  LIMIT $row_limit
  UNION ALL
  WITH true AS that_bind
  WHERE $agreement IS NULL AND $bearer IS NULL AND $beneficiary IS NULL AND $kind IS NULL AND $binding IS NOT NULL
  MATCH (c:Commitment)
  WHERE c.binding = $binding AND c.key > coalesce($after[0], '')
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c
  // The index gives this order, and with it the page stops where it is full.
  ORDER BY c.binding, c.key
  LIMIT $row_limit
  UNION ALL
  WITH true AS all
  WHERE $agreement IS NULL AND $bearer IS NULL AND $beneficiary IS NULL AND $kind IS NULL AND $binding IS NULL
  MATCH (c:Commitment)
  WHERE c.key > coalesce($after[0], '')
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c
  ORDER BY c.key
  LIMIT $row_limit
}
WITH c
WHERE c.key > coalesce($after[0], '')
  AND ($kind IS NULL OR c.kind = $kind)
  AND ($binding IS NULL OR c.binding = $binding)
  AND ($bearer IS NULL OR $agreement IS NULL OR EXISTS { (c)-[:OWED_BY]->(:Thing {key: $bearer}) })
  AND ($beneficiary IS NULL OR coalesce($agreement, $bearer) IS NULL OR EXISTS { (c)-[:OWED_TO]->(:Thing {key: $beneficiary}) })
WITH c
ORDER BY c.key
LIMIT $row_limit
RETURN c.key AS fact,
       c.kind AS kind,
       c.text AS text,
       c.binding AS binding,
       head([(c)-[:UNDER]->(agreement:Agreement) | agreement.key]) AS agreement,
       head([(c)-[:ARISES_FROM]->(provision:Provision) | provision.key]) AS provision,
       c.bearers AS owed_by,
       c.beneficiaries AS owed_to,
       COLLECT {
         MATCH (c)-[:OWED_BY]->(who:Actor)
         RETURN who.key
         ORDER BY who.key
       } AS named_bearers,
       COLLECT {
         MATCH (c)-[:OWED_TO]->(who:Actor)
         RETURN who.key
         ORDER BY who.key
       } AS named_beneficiaries,
       c.standing AS standing,
       COLLECT {
         MATCH (c)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence
