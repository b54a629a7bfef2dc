/*
title: States that owe support to both sides
about: Who owes support to both of two states on a day, so that a conflict of the two would bind it twice, by which commitments, and how sure is that?
params:
  state:    {type: state, about: One side, example: RUS}
  other:    {type: state, about: The other side, example: PRK}
  kind:     {type: list of commitment_kind, about: "Only commitments of these kinds; when left out those of support: defence, offence, military aid, troop provision, arms supply, base access, intelligence sharing, joint defence measures, guarantee, economic aid and political support", optional: true}
  in_force: {type: list of in_force, about: "Only these; definite, presumed and possible when left out", optional: true}
returns:
  bearer:      {type: actor, about: Who owes support to both}
  bearer_name: {type: string, about: Its name as known, optional: true}
  beneficiary: {type: actor, about: To which of the two it owes this}
  kind:        {type: commitment_kind, about: What is owed}
  text:        {type: string, about: What is owed in a sentence, optional: true}
  binding:     {type: binding, about: "In what way it binds: by law or politically, or contested where sources disagree"}
  agreement:   {type: agreement, about: Under which agreement, optional: true}
  in_force:    {type: in_force, about: How sure it is on that day}
  evidence:    {type: list of evidence, about: "Source, locator and quote of each attestation"}
  rests_on:    {type: list of key, about: The facts that make it so on that day}
  fact:        {type: key, about: "The commitment, for its evidence"}
order: [bearer, beneficiary, fact]
edge: {from: bearer, to: beneficiary, label: kind}
*/
MATCH ()-[c:COMMITS_TO]->()
WHERE c.beneficiary IN [$state, $other] AND c.holds_from <= $on < c.holds_until
  AND c.recorded_from <= $known_at < c.recorded_until
  AND c.kind IN coalesce($kind, ['defence', 'offence', 'military_aid', 'troop_provision', 'arms_supply', 'base_access',
                                 'intelligence_sharing', 'joint_defence_measures', 'guarantee', 'economic_aid',
                                 'political_support'])
  AND c.in_force IN coalesce($in_force, ['definite', 'presumed', 'possible'])
WITH c.bearer AS bearer, collect(c) AS owed, collect(c.beneficiary) AS sides
WHERE $state IN sides AND $other IN sides
UNWIND owed AS c
MATCH (fact:Thing {key: c.fact})<-[:VERSION_OF]-(commitment:Commitment)
WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
RETURN bearer AS bearer,
       head(COLLECT {
         MATCH (:Thing {key: bearer})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS bearer_name,
       c.beneficiary AS beneficiary,
       c.kind AS kind,
       commitment.text AS text,
       c.binding AS binding,
       c.agreement AS agreement,
       c.in_force AS in_force,
       COLLECT {
         MATCH (commitment)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       c.rests_on AS rests_on,
       c.fact AS fact
