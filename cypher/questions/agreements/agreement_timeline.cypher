/*
title: Timeline of an agreement
about: Which acts were performed on an agreement, domestic steps among them, on which day, by whom, and where do sources disagree?
timeless: It lists acts by their days.
params:
  agreement: {type: agreement, about: The agreement, example: PRK-RUS.2024-strategic-partnership}
  from:      {type: day, about: Only acts that may have happened on this day or later, optional: true}
  to:        {type: day, about: Only acts that may have happened on this day or earlier, optional: true}
returns:
  earliest:       {type: day, about: First day on which it may have happened}
  latest:         {type: day, about: Last day on which it may have happened}
  day:            {type: string, about: Its day as an EDTF date}
  kind:           {type: act_kind, about: What kind of act}
  not_yet:        {type: boolean, about: "Of an entry into force: that it had not happened on that day"}
  effect_day:     {type: string, about: "First day of the new state of things, an EDTF date, where it is another", optional: true}
  by:             {type: actor, about: "Who acted; nobody for an act of the whole agreement", optional: true}
  by_name:        {type: string, about: Its name as known, optional: true}
  signed_by:      {type: list of official, about: Who signed for it}
  signed_by_name: {type: list of string, about: Their names as known}
  place:          {type: place, about: Where, optional: true}
  place_name:     {type: string, about: Its name as known, optional: true}
  spell:          {type: integer, about: Which participation it belongs to when a party leaves and comes back}
  revokes:        {type: key, about: The act that a revocation takes back, optional: true}
  standing:       {type: standing, about: Whether a source states it or it is there only because claims are about it}
  contested:      {type: boolean, about: Whether another act competes with it or a fact or a claim contradicts it}
  competes_with:  {type: list of key, about: "Acts of the same kind, actor and spell on another day"}
  contradicts:    {type: list of key, about: Facts that are said to be irreconcilable with it}
  reasons:        {type: list of string, about: "Why, one for each of them"}
  denied_by:      {type: list of key, about: Claims that deny it}
  evidence:       {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:           {type: key, about: "The act, for its evidence"}
order: [earliest, latest, fact]
identity: [fact]
edge: {from: by, to: $agreement, label: kind}
calendar: {day: earliest, summary: kind, description: by_name}
*/
MATCH (:Thing {key: $agreement})<-[:ON]-(act:Act)
WHERE act.recorded_from <= $known_at < act.recorded_until
OPTIONAL MATCH (act)-[:BY]->(by:Actor)
WITH act, by
ORDER BY act.key
WITH act.kind AS kind, act.not_yet AS not_yet, act.spell AS spell, by, collect(act) AS alike
UNWIND alike AS act
// A coarser day that contains a finer one does not compete with it; and that it was not yet in force may be said of
// many days.
WITH by, act, [other IN alike
       WHERE NOT act.not_yet
         AND NOT act.day_earliest <= other.day_earliest <= other.day_latest <= act.day_latest
         AND NOT other.day_earliest <= act.day_earliest <= act.day_latest <= other.day_latest
       | other.key] AS competes_with
WHERE ($from IS NULL OR act.day_latest >= $from)
  AND ($to IS NULL OR act.day_earliest <= $to)
MATCH (act)-[:VERSION_OF]->(fact:Thing)
OPTIONAL MATCH (act)-[:AT]->(place:Place)
WITH by, act, fact, place, competes_with,
     // Whichever of two facts names the other.
     COLLECT {
       CALL (act, fact) {
         MATCH (act)-[named:CONTRADICTS]->(other:Thing)
         RETURN other.key AS key, named.reason AS reason
         UNION
         MATCH (fact)<-[named:CONTRADICTS]-(other:Version)
         WHERE other.recorded_from <= $known_at < other.recorded_until
         RETURN other.key AS key, named.reason AS reason
       }
       RETURN {key: key, reason: reason}
       ORDER BY key, reason
     } AS contradictions,
     COLLECT {
       MATCH (fact)<-[:ABOUT]-(claim:Claim)
       WHERE claim.recorded_from <= $known_at < claim.recorded_until
         AND claim.stance = 'denies' AND claim.towards = 'fact'
       RETURN claim.key
       ORDER BY claim.key
     } AS denied_by
RETURN toString(act.day_earliest) AS earliest,
       toString(act.day_latest) AS latest,
       act.day_edtf AS day,
       act.kind AS kind,
       act.not_yet AS not_yet,
       act.effect_day_edtf AS effect_day,
       by.key AS by,
       head(COLLECT {
         MATCH (by)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS by_name,
       COLLECT {
         MATCH (act)-[:SIGNED_BY]->(official:Official)
         RETURN official.key
         ORDER BY official.key
       } AS signed_by,
       COLLECT {
         MATCH (act)-[:SIGNED_BY]->(official:Official)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
         ORDER BY official.key
       } AS signed_by_name,
       place.key AS place,
       head(COLLECT {
         MATCH (place)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS place_name,
       act.spell AS spell,
       head([(act)-[:OF]->(revoked:Thing) | revoked.key]) AS revokes,
       act.standing AS standing,
       competes_with <> [] OR contradictions <> [] OR denied_by <> [] AS contested,
       competes_with AS competes_with,
       [one IN contradictions | one.key] AS contradicts,
       [one IN contradictions | one.reason] AS reasons,
       denied_by AS denied_by,
       COLLECT {
         MATCH (act)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       fact.key AS fact
