/*
title: Agreements suspended or applied provisionally
about: Which agreements are suspended, or only applied provisionally, on a day, for whom, since when and until when, and by which act?
params:
  state:     {type: state, about: Only for this state, optional: true, example: RUS}
  agreement: {type: agreement, about: Only this agreement, optional: true}
returns:
  agreement:       {type: agreement, about: The agreement}
  agreement_title: {type: string, about: Its title, optional: true}
  party:           {type: actor, about: For whom}
  party_name:      {type: string, about: Its name as known, optional: true}
  provisional:     {type: boolean, about: "Whether it is applied provisionally; it is suspended otherwise"}
  in_force:        {type: in_force, about: "suspended, or how sure it is that it is applied provisionally"}
  since:           {type: day, about: First day from which on it surely is suspended or may be applied provisionally}
  until:           {type: day, about: "First day on which that may be over, or surely is for a provisional one; nothing where no such day is known", optional: true}
  acts:            {type: list of key, about: "Acts of suspension or of provisional application, its own or for all, of these days"}
  acts_day:        {type: list of string, about: "Their days, each an EDTF date"}
  grounds:         {type: list of string, about: Grounds of a suspension that sources give}
  evidence:        {type: list of evidence, about: "Source, locator and quote of each fact it rests on"}
  rests_on:        {type: list of key, about: "The facts that make it so on that day, these acts among them"}
order: [agreement, party]
edge: {from: party, to: agreement, label: in_force}
*/
// Few agreements are either on a day, so that who asks of one state or one agreement reads them all.
CALL () {
  MATCH (party:Actor)-[p:PARTY_TO]->(agreement:Agreement)
  WHERE p.in_force = 'suspended' AND p.holds_from <= $on < p.holds_until
    AND p.recorded_from <= $known_at < p.recorded_until
  RETURN party, p, agreement
  UNION ALL
  MATCH (party:Actor)-[p:PARTY_TO]->(agreement:Agreement)
  WHERE p.provisional = true AND p.holds_from <= $on < p.holds_until
    AND p.recorded_from <= $known_at < p.recorded_until
  RETURN party, p, agreement
}
WITH party, p, agreement
WHERE ($state IS NULL OR p.party = $state)
  AND ($agreement IS NULL OR p.unit = $agreement)
// Neighbouring pieces that differ only in how sure it is, or in what that rests on, are one stretch of days.
WITH party, p, agreement, coalesce(p.provisional, false) AS provisional,
     COLLECT {
       MATCH (:Actor)-[alike:PARTY_TO]->(agreement)
       WHERE alike.unit = p.unit AND alike.party = p.party
         AND alike.recorded_from <= $known_at < alike.recorded_until
         AND (alike.in_force = 'suspended' AND p.in_force = 'suspended' OR alike.provisional AND p.provisional)
       RETURN {since: alike.holds_from, until: alike.holds_until}
       ORDER BY alike.holds_from
     } AS stretches
WITH party, p, agreement, provisional,
     last([one IN stretches
       WHERE one.since <= $on AND none(other IN stretches WHERE other.until = one.since) | one.since]) AS since,
     head([one IN stretches
       WHERE $on < one.until AND none(other IN stretches WHERE other.since = one.until) | one.until]) AS until
WITH party, p, agreement, provisional, since, until,
     COLLECT {
       MATCH (agreement)<-[:ON]-(act:Act)
       WHERE act.recorded_from <= $known_at < act.recorded_until AND act.standing = 'asserted'
         AND act.kind = CASE WHEN provisional THEN 'provisional_application' ELSE 'suspension' END
         AND coalesce(act.effect_day_earliest, act.day_earliest) <= $on
         AND since <= coalesce(act.effect_day_latest, act.day_latest)
         AND (EXISTS { (act)-[:BY]->(party) } OR NOT EXISTS { (act)-[:BY]->(:Actor) })
       RETURN act
       ORDER BY act.day_earliest, act.key
     } AS acts
WITH party, p, agreement, provisional, since, until, acts,
     COLLECT {
       UNWIND p.rests_on + [act IN acts | act.key] AS key
       RETURN DISTINCT key
       ORDER BY key
     } AS rests_on
RETURN agreement.key AS agreement,
       head(COLLECT {
         MATCH (agreement)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
       }) AS agreement_title,
       party.key AS party,
       head(COLLECT {
         MATCH (party)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS party_name,
       provisional AS provisional,
       p.in_force AS in_force,
       toString(since) AS since,
       CASE WHEN until < date('9999-12-31') THEN toString(until) END AS until,
       [act IN acts | act.key] AS acts,
       [act IN acts | act.day_edtf] AS acts_day,
       [act IN acts WHERE act.grounds IS NOT NULL | act.grounds] AS grounds,
       COLLECT {
         UNWIND rests_on AS key
         MATCH (:Thing {key: key})<-[:VERSION_OF]-(fact:Version)-[stated:ATTESTED_BY]->(source:Source)
         WHERE fact.recorded_from <= $known_at < fact.recorded_until
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY key, source.key, stated.locator, stated.quote
       } AS evidence,
       rests_on AS rests_on
