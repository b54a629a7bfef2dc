/*
title: Reservations to an agreement
about: Who has made which reservation, declaration or objection to an agreement, to which of its provisions or to whose reservation, with what effect, and does it stand on a day?
params:
  agreement: {type: agreement, about: The agreement, example: PRK-RUS.2024-strategic-partnership}
  by:        {type: actor, about: Only those made by this actor, optional: true}
  effect:    {type: list of reservation_effect, about: Only those with one of these effects, optional: true}
returns:
  by:            {type: actor, about: Who made it}
  by_name:       {type: string, about: Its name as known, optional: true}
  by_in_force:   {type: in_force, about: "How the agreement is in force for it on that day; nothing where it has no part in it then", optional: true}
  effect:        {type: reservation_effect, about: "excludes, modifies, declares; an objection objects, or objects and precludes that anything is in force between the two"}
  text:          {type: string, about: "Its text, or a summary", optional: true}
  spell:         {type: integer, about: Which participation it belongs to when a party leaves and comes back}
  provisions:    {type: list of provision, about: Provisions it is made to; none where it is made to the whole agreement or to a reservation}
  articles:      {type: list of string, about: "Their articles, as far as sources give them"}
  objects_to:    {type: list of key, about: Reservations to which it objects}
  objects_to_by: {type: list of actor, about: Who made these}
  objections:    {type: list of key, about: "Objections made to it, whatever their days"}
  objections_by: {type: list of actor, about: Who made these}
  begins:        {type: string, about: "From when it stands as written: an EDTF date, `unknown` or `unlimited`"}
  ends:          {type: string, about: "Until when: an EDTF date, `open`, `unknown` or `unlimited`"}
  may_stand:     {type: boolean, about: Whether it may stand on that day by these days}
  stands:        {type: boolean, about: Whether it surely does}
  standing:      {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:      {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:          {type: key, about: "The reservation, declaration or objection, for its evidence"}
order: [by, fact]
edge: {from: by, to: $agreement, label: effect}
covered_by: [Reservation]
*/
CALL () {
  MATCH (:Thing {key: $agreement})<-[:TO]-(made:Reservation)
  WHERE made.recorded_from <= $known_at < made.recorded_until
  RETURN made
  UNION
  MATCH (:Thing {key: $agreement})<-[:OF]-(provision:Description)-[:VERSION_OF]->(:Provision)<-[:TO]-(made:Reservation)
  WHERE provision.recorded_from <= $known_at < provision.recorded_until
    AND made.recorded_from <= $known_at < made.recorded_until
  RETURN made
}
// An objection is made to a reservation.
CALL (made) {
  RETURN made AS one
  UNION
  MATCH (made)-[:VERSION_OF]->(:Thing)<-[:TO]-(one:Reservation)
  WHERE one.recorded_from <= $known_at < one.recorded_until
  RETURN one
}
WITH DISTINCT one
MATCH (by:Actor)<-[:BY]-(one)-[:VERSION_OF]->(fact:Thing)
WHERE ($by IS NULL OR by.key = $by)
  AND ($effect IS NULL OR one.effect IN $effect)
WITH one, by, fact,
     COLLECT {
       MATCH (one)-[:TO]->(:Thing)<-[:VERSION_OF]-(to:Reservation)-[:BY]->(maker:Actor)
       WHERE to.recorded_from <= $known_at < to.recorded_until
       RETURN {key: to.key, by: maker.key}
       ORDER BY to.key
     } AS objects_to,
     COLLECT {
       MATCH (fact)<-[:TO]-(objection:Reservation)-[:BY]->(maker:Actor)
       WHERE objection.recorded_from <= $known_at < objection.recorded_until
       RETURN {key: objection.key, by: maker.key}
       ORDER BY objection.key
     } AS objections
RETURN by.key AS by,
       head(COLLECT {
         MATCH (by)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS by_name,
       head(COLLECT {
         MATCH (by)-[p:PARTY_TO]->(:Agreement)
         WHERE p.unit = $agreement AND p.party = by.key AND p.holds_from <= $on < p.holds_until
           AND p.recorded_from <= $known_at < p.recorded_until
         RETURN p.in_force
       }) AS by_in_force,
       one.effect AS effect,
       one.text AS text,
       one.spell AS spell,
       COLLECT {
         MATCH (one)-[:TO]->(provision:Provision)
         RETURN provision.key
         ORDER BY provision.key
       } AS provisions,
       COLLECT {
         MATCH (one)-[:TO]->(provision:Provision)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.article
         ORDER BY provision.key
       } AS articles,
       [reservation IN objects_to | reservation.key] AS objects_to,
       [reservation IN objects_to | reservation.by] AS objects_to_by,
       [objection IN objections | objection.key] AS objections,
       [objection IN objections | objection.by] AS objections_by,
       one.begins AS begins,
       one.ends AS ends,
       one.begins_earliest <= $on < one.ends_latest AS may_stand,
       one.begins_latest <= $on < one.ends_earliest AS stands,
       one.standing AS standing,
       COLLECT {
         MATCH (one)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       one.key AS fact
