/*
title: Agreements replaced or amended
about: Which agreement says of itself that it replaces or amends which other, where, and has an act really ended the earlier one? By itself such a sentence ends nothing.
params:
  agreement: {type: agreement, about: "Only what this agreement replaces or amends, and what replaces or amends it", optional: true, example: PRK-RUS.2024-strategic-partnership}
  kind:      {type: term_kind, about: "Only `replaces`, or only `amends`", optional: true}
returns:
  later:            {type: agreement, about: The agreement that says so of itself}
  later_title:      {type: string, about: Its title, optional: true}
  later_in_force:   {type: in_force, about: "The surest that it is for any party on that day; nothing where it is for none", optional: true}
  kind:             {type: term_kind, about: replaces or amends}
  earlier:          {type: agreement, about: The agreement meant}
  earlier_title:    {type: string, about: Its title, optional: true}
  earlier_in_force: {type: in_force, about: "The surest that it is for any party on that day; nothing where it is for none", optional: true}
  sentence:         {type: string, about: What the later one says in a sentence, optional: true}
  provision:        {type: provision, about: Where it says so, optional: true}
  article:          {type: string, about: "Its article, where a source gives it", optional: true}
  ended_by:         {type: list of key, about: "Acts of termination or expiry of the earlier one as a whole, whatever their day; none where none is known"}
  ended_on:         {type: list of string, about: "First day without it by each of them, an EDTF date"}
  denied_by:        {type: list of key, about: Claims that deny one of them}
  standing:         {type: standing, about: Whether a source states the sentence or it is there only because claims are about it}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation of the sentence, then of those acts"}
  fact:             {type: key, about: "The sentence, for its evidence"}
order: [later, earlier, fact]
edge: {from: later, to: earlier, label: kind}
covered_by: [Term]
*/
CALL () {
  MATCH (:Thing {key: $agreement})<-[:OF|CONCERNS]-(term:Term)
  WHERE term.kind IN ['amends', 'replaces']
    AND term.recorded_from <= $known_at < term.recorded_until
  RETURN DISTINCT term
  UNION ALL
  MATCH (term:Term)
  WHERE $agreement IS NULL AND term.kind IN ['amends', 'replaces'] AND term.key >= ''
    AND term.recorded_from <= $known_at < term.recorded_until
  RETURN term
}
WITH term
WHERE $kind IS NULL OR term.kind = $kind
MATCH (later:Agreement)<-[:OF]-(term)-[:CONCERNS]->(earlier:Agreement)
WHERE $agreement IS NULL OR $agreement IN [later.key, earlier.key]
OPTIONAL MATCH (term)-[:IN]->(provision:Provision)
WITH term, later, earlier, provision,
     COLLECT {
       MATCH (earlier)<-[:ON]-(act:Act)
       WHERE act.recorded_from <= $known_at < act.recorded_until
         AND act.kind IN ['termination', 'expiry'] AND act.standing = 'asserted'
       RETURN act
       ORDER BY act.day_earliest, act.key
     } AS ends
RETURN later.key AS later,
       head(COLLECT {
         MATCH (later)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
       }) AS later_title,
       head([word IN ['definite', 'presumed', 'possible', 'suspended', 'pending'] WHERE EXISTS {
         MATCH (:Actor)-[p:PARTY_TO]->(later)
         WHERE p.unit = later.key AND p.in_force = word AND p.holds_from <= $on < p.holds_until
           AND p.recorded_from <= $known_at < p.recorded_until
       }]) AS later_in_force,
       term.kind AS kind,
       earlier.key AS earlier,
       head(COLLECT {
         MATCH (earlier)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
       }) AS earlier_title,
       head([word IN ['definite', 'presumed', 'possible', 'suspended', 'pending'] WHERE EXISTS {
         MATCH (:Actor)-[p:PARTY_TO]->(earlier)
         WHERE p.unit = earlier.key AND p.in_force = word AND p.holds_from <= $on < p.holds_until
           AND p.recorded_from <= $known_at < p.recorded_until
       }]) AS earlier_in_force,
       term.sentence AS sentence,
       provision.key AS provision,
       head(COLLECT {
         MATCH (provision)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.article
       }) AS article,
       [act IN ends | act.key] AS ended_by,
       [act IN ends | coalesce(act.effect_day_edtf, act.day_edtf)] AS ended_on,
       COLLECT {
         UNWIND ends AS act
         MATCH (act)-[:VERSION_OF]->(:Thing)<-[:ABOUT]-(claim:Claim)
         WHERE claim.recorded_from <= $known_at < claim.recorded_until
           AND claim.stance = 'denies' AND claim.towards = 'fact'
         RETURN claim.key
         ORDER BY claim.key
       } AS denied_by,
       term.standing AS standing,
       COLLECT {
         UNWIND [term] + ends AS stated
         MATCH (stated)-[by:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: by.locator, quote: by.quote}
         ORDER BY stated <> term, stated.key, source.key, by.locator, by.quote
       } AS evidence,
       term.key AS fact
