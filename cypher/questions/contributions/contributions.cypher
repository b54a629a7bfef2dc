/*
title: Contributions
about: Which contributions are recorded, each at one stage, of what kind, by whom and to whom, and how much? No sum is made of them.
timeless: It lists contributions by their keys, with their days.
path: /contributions
pages: own
params:
  kind:     {type: contribution_kind, about: Only this kind, optional: true, example: troops}
  stage:    {type: stage, about: Only at this stage, optional: true}
  giver:    {type: actor, about: Only what this actor gives, optional: true}
  receiver: {type: actor, about: Only what this actor receives, optional: true}
returns:
  fact:     {type: contribution, about: "The contribution, for its evidence"}
  kind:     {type: contribution_kind, about: What is contributed}
  text:     {type: string, about: What it is in a sentence}
  stage:    {type: stage, about: How far it has come}
  giver:    {type: list of actor, about: Who gives}
  receiver: {type: list of actor, about: Who receives}
  begins:   {type: string, about: "Begin as written, an EDTF date or `unknown`"}
  ends:     {type: string, about: "End as written, an EDTF date, `open` or `unknown`"}
  low:      {type: number, about: "Lowest value stated, where that is not disputed", optional: true}
  best:     {type: number, about: Value stated or thought best, optional: true}
  high:     {type: number, about: Highest value stated, optional: true}
  unit:     {type: string, about: What is counted, optional: true}
  quantity: {type: string, about: The quantity in the words of the source, optional: true}
  part_of:  {type: contribution, about: The whole it is a part of, optional: true}
  standing: {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence: {type: list of evidence, about: "Source, locator and quote of each attestation"}
order: [fact]
edge: {from: giver, to: receiver, label: kind}
*/
CALL () {
  WITH true AS given
  WHERE $giver IS NOT NULL
  MATCH (:Thing {key: $giver})<-[:BY]-(c:Contribution)
  WHERE c.recorded_from <= $known_at < c.recorded_until
  RETURN c
  UNION ALL
  WITH true AS received
  WHERE $giver IS NULL AND $receiver IS NOT NULL
  MATCH (:Thing {key: $receiver})<-[:FOR]-(c:Contribution)
  WHERE c.recorded_from <= $known_at < c.recorded_until
  RETURN c
  UNION ALL
  WITH true AS of_a_kind
  WHERE $giver IS NULL AND $receiver IS NULL AND $kind IS NOT NULL
  MATCH (c:Contribution)
  WHERE c.kind = $kind AND c.key > coalesce($after[0], '')
    AND c.recorded_from <= $known_at < c.recorded_until
    AND ($stage IS NULL OR c.stage = $stage)
  RETURN c
  // The index gives this order, and with it the page stops where it is full.
  ORDER BY c.kind, c.key
  LIMIT $row_limit
  UNION ALL
  WITH true AS all
  WHERE $giver IS NULL AND $receiver IS NULL AND $kind IS NULL
  MATCH (c:Contribution)
  WHERE c.key > coalesce($after[0], '')
    AND c.recorded_from <= $known_at < c.recorded_until
    AND ($stage IS NULL OR c.stage = $stage)
  RETURN c
  ORDER BY c.key
  LIMIT $row_limit
}
WITH c
WHERE c.key > coalesce($after[0], '')
  AND ($kind IS NULL OR c.kind = $kind)
  AND ($stage IS NULL OR c.stage = $stage)
  AND ($receiver IS NULL OR $giver IS NULL OR EXISTS { (c)-[:FOR]->(:Thing {key: $receiver}) })
WITH c
ORDER BY c.key
LIMIT $row_limit
RETURN c.key AS fact,
       c.kind AS kind,
       c.text AS text,
       c.stage AS stage,
       COLLECT {
         MATCH (c)-[:BY]->(who:Actor)
         RETURN who.key
         ORDER BY who.key
       } AS giver,
       COLLECT {
         MATCH (c)-[:FOR]->(who:Actor)
         RETURN who.key
         ORDER BY who.key
       } AS receiver,
       c.begins AS begins,
       c.ends AS ends,
       c.quantity_low AS low,
       c.quantity_best AS best,
       c.quantity_high AS high,
       c.quantity_unit AS unit,
       c.quantity_text AS quantity,
       head([(c)-[:PART_OF]->(whole:Thing) | whole.key]) AS part_of,
       c.standing AS standing,
       COLLECT {
         MATCH (c)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence
