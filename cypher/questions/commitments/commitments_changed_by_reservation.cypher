/*
title: Commitments changed by a reservation
about: Which commitments under an agreement are excluded or changed by which reservation or objection on a day, and between whom? Declarations and simple objections change nothing and are not listed.
params:
  agreement: {type: agreement, about: The agreement, example: PRK-RUS.2024-strategic-partnership}
  state:     {type: state, about: Only what lies between this state and others, optional: true}
  kind:      {type: commitment_kind, about: Only this kind, optional: true}
returns:
  kind:             {type: commitment_kind, about: What would be owed}
  text:             {type: string, about: What would be owed in a sentence, optional: true}
  article:          {type: string, about: Article that says so, optional: true}
  effect:           {type: string, about: "excludes: out both ways; modifies: owed in a changed form; objects_and_precludes: nothing of the agreement is in force between the two"}
  by:               {type: actor, about: Who made it}
  by_name:          {type: string, about: Its name as known, optional: true}
  others:           {type: list of actor, about: The parties between which and its maker it changes the commitment}
  still_owed:       {type: list of actor, about: "Those of them with whom it is owed on that day all the same: in a changed form, or because it is not certain that the reservation stands"}
  reservation_text: {type: string, about: Its text or a summary, optional: true}
  answers:          {type: key, about: The reservation that an objection answers, optional: true}
  begins:           {type: string, about: "First day on which it stands, an EDTF date, `unknown`, or `unlimited` for as long as its maker is a party"}
  ends:             {type: string, about: "Its end, an EDTF date, `open`, `unknown` or `unlimited`"}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation of the reservation"}
  rests_on:         {type: list of key, about: The facts that make it so on that day}
  reservation:      {type: key, about: "The reservation or objection, for its evidence"}
  fact:             {type: key, about: "The commitment, for its evidence"}
order: [fact, reservation]
edge: {from: reservation, to: fact, label: effect}
covered_by: [Commitment, Reservation]
*/
// What is in force between whom, and who is a party with which of its spells.
CALL () {
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.unit = $agreement AND c.holds_from <= $on < c.holds_until
    AND c.recorded_from <= $known_at < c.recorded_until
    AND c.in_force IN ['definite', 'presumed', 'possible', 'suspended']
  RETURN collect(DISTINCT [c.fact, c.bearer, c.beneficiary]) AS owed
}
CALL () {
  MATCH (party:Actor)-[p:PARTY_TO]->()
  WHERE p.unit = $agreement AND p.holds_from <= $on < p.holds_until
    AND p.recorded_from <= $known_at < p.recorded_until
    AND p.in_force IN ['definite', 'presumed', 'possible', 'suspended']
  RETURN collect({key: party.key, rests_on: p.rests_on, spells: COLLECT {
    UNWIND p.rests_on AS key
    MATCH (:Thing {key: key})<-[:VERSION_OF]-(step:Act|Participation)-[:BY|OF]->(party)
    WHERE step.recorded_from <= $known_at < step.recorded_until
    RETURN DISTINCT step.spell
  }}) AS parties
}
MATCH (agreement:Thing {key: $agreement})<-[:UNDER]-(commitment:Commitment)
WHERE commitment.recorded_from <= $known_at < commitment.recorded_until AND commitment.standing = 'asserted'
  AND ($kind IS NULL OR commitment.kind = $kind)
CALL (agreement, commitment) {
  MATCH (agreement)<-[:TO]-(made:Reservation)
  WHERE made.recorded_from <= $known_at < made.recorded_until AND made.effect IN ['excludes', 'modifies']
  RETURN made, null AS answered
  UNION
  MATCH (commitment)-[:ARISES_FROM]->(:Provision)<-[:TO]-(made:Reservation)
  WHERE made.recorded_from <= $known_at < made.recorded_until AND made.effect IN ['excludes', 'modifies']
  RETURN made, null AS answered
  UNION
  // An objection that precludes takes everything between the two, whatever the reservation is made to.
  MATCH (agreement)<-[:TO]-(answered:Reservation)-[:VERSION_OF]->(:Thing)<-[:TO]-(made:Reservation)
  WHERE answered.recorded_from <= $known_at < answered.recorded_until
    AND made.recorded_from <= $known_at < made.recorded_until AND made.effect = 'objects_and_precludes'
  RETURN made, answered
  UNION
  MATCH (agreement)<-[:OF]-(described:Description)-[:VERSION_OF]->(:Provision)<-[:TO]-(answered:Reservation)
  WHERE described.recorded_from <= $known_at < described.recorded_until
    AND answered.recorded_from <= $known_at < answered.recorded_until
  MATCH (answered)-[:VERSION_OF]->(:Thing)<-[:TO]-(made:Reservation)
  WHERE made.recorded_from <= $known_at < made.recorded_until AND made.effect = 'objects_and_precludes'
  RETURN made, answered
}
WITH *
WHERE all(one IN [made, answered] WHERE one IS NULL
  OR (one.standing = 'asserted' AND one.begins_earliest <= $on < one.ends_latest))
MATCH (made)-[:BY]->(maker:Actor)
WITH commitment, made, answered, maker, owed,
     head([party IN parties WHERE party.key = maker.key AND made.spell IN party.spells]) AS own,
     head(COLLECT {
       MATCH (answered)-[:BY]->(reserving:Actor)
       RETURN reserving.key
     }) AS reserving,
     [party IN parties | party.key] AS keys,
     COLLECT {
       MATCH (commitment)-[:OWED_BY]->(who:Actor)
       RETURN who.key
     } AS bearers,
     COLLECT {
       MATCH (commitment)-[:OWED_TO]->(who:Actor)
       RETURN who.key
     } AS beneficiaries,
     parties
WHERE own IS NOT NULL
WITH commitment, made, answered, maker, own, owed,
     CASE commitment.bearers WHEN 'named' THEN bearers ELSE keys END AS bearers,
     CASE commitment.beneficiaries WHEN 'named' THEN beneficiaries ELSE keys END AS beneficiaries,
     [party IN parties WHERE party.key <> maker.key
       AND (reserving IS NULL OR (party.key = reserving AND answered.spell IN party.spells))] AS candidates
WITH commitment, made, answered, maker, own, owed, [party IN candidates
       WHERE (maker.key IN bearers AND party.key IN beneficiaries)
          OR (party.key IN bearers AND maker.key IN beneficiaries)] AS others
WITH commitment, made, answered, maker, own, owed, COLLECT {
       UNWIND others AS party
       WITH party
       WHERE $state IS NULL OR $state IN [maker.key, party.key]
       RETURN party
       ORDER BY party.key
     } AS others
WHERE others <> []
RETURN commitment.kind AS kind,
       commitment.text AS text,
       head(COLLECT {
         MATCH (commitment)-[:ARISES_FROM]->(:Provision)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.article
       }) AS article,
       made.effect AS effect,
       maker.key AS by,
       head(COLLECT {
         MATCH (maker)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS by_name,
       [party IN others | party.key] AS others,
       [party IN others
        WHERE [commitment.key, maker.key, party.key] IN owed OR [commitment.key, party.key, maker.key] IN owed
        | party.key] AS still_owed,
       made.text AS reservation_text,
       answered.key AS answers,
       made.begins AS begins,
       made.ends AS ends,
       COLLECT {
         MATCH (made)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       COLLECT {
         UNWIND [made.key, answered.key, commitment.key] + own.rests_on AS key
         WITH key
         WHERE key IS NOT NULL
         RETURN DISTINCT key
         ORDER BY key
       } AS rests_on,
       made.key AS reservation,
       commitment.key AS fact
