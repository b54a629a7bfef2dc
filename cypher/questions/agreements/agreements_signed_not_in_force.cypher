/*
title: Agreements signed and not in force
about: Which agreements has somebody signed, or consented to, that are not in force for it on a day, and what do they wait for?
params:
  state: {type: state, about: Only where this state has signed or consented, optional: true}
returns:
  agreement:           {type: agreement, about: The agreement}
  agreement_title:     {type: string, about: Its title, optional: true}
  signatory:           {type: actor, about: Who has signed or consented}
  signatory_name:      {type: string, about: Its name as known, optional: true}
  since:               {type: day, about: First day on which it waits as it does on that day}
  awaits:              {type: list of string, about: What it waits for}
  in_force_for_others: {type: boolean, about: Whether it may already be in force for anybody else}
  evidence:            {type: list of evidence, about: "Source, locator and quote of each fact it rests on"}
  rests_on:            {type: list of key, about: The facts that make it so on that day}
order: [agreement, signatory]
edge: {from: signatory, to: agreement, label: since}
pages: own
*/
CALL () {
  MATCH (signatory:Actor)-[p:PARTY_TO]->(agreement:Agreement)
  WHERE p.party = $state AND p.holds_from <= $on < p.holds_until
    AND p.recorded_from <= $known_at < p.recorded_until
    AND p.in_force = 'pending'
  RETURN signatory, p, agreement
  UNION ALL
  // Whoever has signed, from where the page before ended; nobody where a state is given.
  MATCH (signatory:Actor)-[p:PARTY_TO]->(agreement:Agreement)
  WHERE p.in_force = 'pending' AND p.agreement >= CASE WHEN $state IS NULL THEN coalesce($after[0], '') END
    AND p.party >= ''
    AND p.holds_from <= $on < p.holds_until
    AND p.recorded_from <= $known_at < p.recorded_until
    AND ($after IS NULL OR [p.agreement, p.party] > $after)
  RETURN signatory, p, agreement
  // As the index has it, in_force first, so that no more is read than the page needs.
  ORDER BY p.in_force, p.agreement, p.party
  LIMIT $row_limit
}
WITH signatory, p, agreement
WHERE $after IS NULL OR [agreement.key, signatory.key] > $after
WITH signatory, p, agreement
ORDER BY agreement.key, signatory.key
LIMIT $row_limit
WITH agreement, collect({signatory: signatory, p: p}) AS waiting
WITH agreement, waiting,
     EXISTS {
       MATCH (:Actor)-[other:PARTY_TO]->(agreement)
       WHERE other.holds_from <= $on < other.holds_until
         AND other.recorded_from <= $known_at < other.recorded_until
         AND other.in_force IN ['definite', 'presumed', 'possible']
     } AS in_force_for_others
UNWIND waiting AS one
WITH agreement, in_force_for_others, one.signatory AS signatory, one.p AS p
RETURN agreement.key AS agreement,
       head(COLLECT {
         MATCH (agreement)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
       }) AS agreement_title,
       signatory.key AS signatory,
       head(COLLECT {
         MATCH (signatory)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS signatory_name,
       toString(p.holds_from) AS since,
       p.awaits AS awaits,
       in_force_for_others AS in_force_for_others,
       COLLECT {
         UNWIND p.rests_on AS key
         MATCH (:Thing {key: key})<-[:VERSION_OF]-(fact:Version)-[stated:ATTESTED_BY]->(source:Source)
         WHERE fact.recorded_from <= $known_at < fact.recorded_until
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY key, source.key, stated.locator, stated.quote
       } AS evidence,
       p.rests_on AS rests_on
