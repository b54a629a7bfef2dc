/*
title: Claims
about: Which claims are recorded, who makes each, about what, on which day, and what does the claimant do with it?
timeless: It lists claims by their keys, with the days they were made.
path: /claims
pages: own
params:
  stance: {type: stance, about: Only those with this stance, optional: true}
  by:     {type: thing, about: "Only those made by this actor or source, or on its behalf", optional: true}
  thing:  {type: thing, about: Only those about this entity or fact, optional: true, example: contribution.PRK-RUS.troops-in-russia}
  from:   {type: day, about: Only claims that may have been made on this day or later, optional: true}
  to:     {type: day, about: Only claims that may have been made on this day or earlier, optional: true}
returns:
  fact:         {type: claim, about: "The claim, for its evidence"}
  stance:       {type: stance, about: What the claimant does with it}
  towards:      {type: towards, about: Whether the stance is towards the fact it is about or towards its own sentence}
  sentence:     {type: string, about: What is claimed in a sentence}
  claimant:     {type: string, about: Who makes it in the words of the source, optional: true}
  by:           {type: list of key, about: "Who makes it: actors, or the source itself"}
  on_behalf_of: {type: list of actor, about: Those for whom somebody among them speaks}
  about:        {type: list of key, about: Everything it is about}
  made_on:      {type: string, about: The day it was made as an EDTF date}
  standing:     {type: standing, about: Whether a source states that it was claimed}
  evidence:     {type: list of evidence, about: "Source, locator and quote of each attestation"}
order: [fact]
edge: {from: by, to: about, label: stance}
*/
CALL () {
  WITH true AS of_it
  WHERE $thing IS NOT NULL
  MATCH (:Thing {key: $thing})<-[:ABOUT]-(c:Claim)
  WHERE c.recorded_from <= $known_at < c.recorded_until
  RETURN c
  UNION ALL
  WITH true AS by_somebody
  WHERE $thing IS NULL AND $by IS NOT NULL
  CALL () {
    MATCH (:Thing {key: $by})<-[:BY]-(c:Claim)
    WHERE c.recorded_from <= $known_at < c.recorded_until
    RETURN c
    UNION
    MATCH (c:Claim)-[made:BY]->(:Thing)
    WHERE made.on_behalf_of = $by
      AND c.recorded_from <= $known_at < c.recorded_until
    RETURN c
  }
  RETURN c
  UNION ALL
  WITH true AS of_a_stance
  WHERE $thing IS NULL AND $by IS NULL AND $stance IS NOT NULL
  MATCH (c:Claim)
  WHERE c.stance = $stance AND c.key > coalesce($after[0], '')
    AND c.recorded_from <= $known_at < c.recorded_until
    AND ($from IS NULL OR c.made_on_latest >= $from)
    AND ($to IS NULL OR c.made_on_earliest <= $to)
  RETURN c
  // The index gives this order, and with it the page stops where it is full.
  ORDER BY c.stance, c.key
  LIMIT $row_limit
  UNION ALL
  WITH true AS all
  WHERE $thing IS NULL AND $by IS NULL AND $stance IS NULL
  MATCH (c:Claim)
  WHERE c.key > coalesce($after[0], '')
    AND c.recorded_from <= $known_at < c.recorded_until
    AND ($from IS NULL OR c.made_on_latest >= $from)
    AND ($to IS NULL OR c.made_on_earliest <= $to)
  RETURN c
  ORDER BY c.key
  LIMIT $row_limit
}
WITH c
WHERE c.key > coalesce($after[0], '')
  AND ($stance IS NULL OR c.stance = $stance)
  AND ($from IS NULL OR c.made_on_latest >= $from)
  AND ($to IS NULL OR c.made_on_earliest <= $to)
  AND ($by IS NULL OR $thing IS NULL
       OR EXISTS { (c)-[:BY]->(:Thing {key: $by}) } OR EXISTS { (c)-[:BY {on_behalf_of: $by}]->() })
WITH c
ORDER BY c.key
LIMIT $row_limit
RETURN c.key AS fact,
       c.stance AS stance,
       c.towards AS towards,
       c.sentence AS sentence,
       c.claimant_as_written AS claimant,
       COLLECT {
         MATCH (c)-[:BY]->(who:Thing)
         RETURN DISTINCT who.key AS key
         ORDER BY key
       } AS by,
       COLLECT {
         MATCH (c)-[made:BY]->(:Thing)
         WHERE made.on_behalf_of IS NOT NULL
         RETURN DISTINCT made.on_behalf_of AS key
         ORDER BY key
       } AS on_behalf_of,
       COLLECT {
         MATCH (c)-[:ABOUT]->(thing:Thing)
         RETURN thing.key
         ORDER BY thing.key
       } AS about,
       c.made_on_edtf AS made_on,
       c.standing AS standing,
       COLLECT {
         MATCH (c)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence
