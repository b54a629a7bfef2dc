/*
title: Signatories of an agreement
about: Who signed an agreement for whom on which day, which office did that person hold then, and may its holder sign by virtue of office?
timeless: Each signature has its own day, and the offices are those of that day.
params:
  agreement: {type: agreement, about: The agreement, example: PRK-RUS.2024-strategic-partnership}
  party:     {type: actor, about: Only who signed for this actor, optional: true}
returns:
  earliest:           {type: day, about: First day on which it may have been signed}
  day:                {type: string, about: Its day as an EDTF date}
  kind:               {type: act_kind, about: "What was signed: the agreement, or an instrument of consent"}
  party:              {type: actor, about: For whom, optional: true}
  party_name:         {type: string, about: Its name as known, optional: true}
  position:           {type: integer, about: Place among those who signed for it in one act}
  official:           {type: official, about: "Who signed, where a source says so", optional: true}
  official_name:      {type: string, about: Name as known, optional: true}
  official_own_name:  {type: string, about: Name as written at home, optional: true}
  offices:            {type: list of office, about: Offices that person held that day or may have held}
  offices_title:      {type: list of string, about: Their titles}
  held:               {type: list of in_force, about: "How sure that is, one for each office"}
  may_sign_by_office: {type: boolean, about: "Whether one of these offices lets its holder sign without full powers (VCLT 7); nothing where no office is known or it is not recorded", optional: true}
  authority:          {type: string, about: "By what authority the act was performed as sources say: office, full_powers, practice or unknown"}
  place:              {type: place, about: Where, optional: true}
  place_name:         {type: string, about: Its name as known, optional: true}
  standing:           {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:           {type: list of evidence, about: "Source, locator and quote of each attestation of the act"}
  rests_on:           {type: list of key, about: Tenures on which the offices rest}
  fact:               {type: key, about: "The act, for its evidence"}
order: [earliest, fact, position]
identity: [fact, position]
edge: {from: party, to: $agreement, label: kind}
calendar: {day: earliest, summary: kind, description: party_name}
*/
MATCH (:Thing {key: $agreement})<-[:ON]-(act:Act)
WHERE act.recorded_from <= $known_at < act.recorded_until
  // What is signed at home on the way to consent makes nobody a signatory.
  AND NOT act.kind IN ['bill', 'lower_house', 'upper_house', 'parliament', 'promulgation', 'decree']
  AND (act.kind = 'signature' OR EXISTS { MATCH (act)-[:SIGNED_BY]->(:Official) })
  AND ($party IS NULL OR EXISTS { MATCH (act)-[:BY]->(:Thing {key: $party}) })
OPTIONAL MATCH (act)-[:BY]->(party:Actor)
OPTIONAL MATCH (act)-[:AT]->(place:Place)
OPTIONAL MATCH (act)-[:SIGNED_BY]->(official:Official)
WITH act, party, place, official
ORDER BY act.key, official.key
WITH act, party, place, collect(official) AS officials
UNWIND CASE officials WHEN [] THEN [1] ELSE range(1, size(officials)) END AS position
WITH act, party, place, position, officials[position - 1] AS official
OPTIONAL MATCH (official)<-[:VERSION_OF]-(person:Description)
WHERE person.recorded_from <= $known_at < person.recorded_until
WITH act, party, place, position, official, person,
     COLLECT {
       MATCH (official)-[h:HELD]->(office:Office)
       WHERE h.holds_from <= act.day_latest AND act.day_earliest < h.holds_until
         AND h.recorded_from <= $known_at < h.recorded_until
       OPTIONAL MATCH (office)<-[:VERSION_OF]-(d:Description)
       WHERE d.recorded_from <= $known_at < d.recorded_until
       RETURN {office: office.key, title: d.title, held: h.in_force, may: d.may_sign_treaties, facts: h.rests_on}
       ORDER BY office.key, h.holds_from
     } AS offices
RETURN toString(act.day_earliest) AS earliest,
       act.day_edtf AS day,
       act.kind AS kind,
       party.key AS party,
       head(COLLECT {
         MATCH (party)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS party_name,
       position AS position,
       official.key AS official,
       person.name AS official_name,
       person.name_in_own_script AS official_own_name,
       [one IN offices | one.office] AS offices,
       [one IN offices | one.title] AS offices_title,
       [one IN offices | one.held] AS held,
       CASE
         WHEN any(one IN offices WHERE one.may) THEN true
         WHEN offices <> [] AND all(one IN offices WHERE one.may = false) THEN false
       END AS may_sign_by_office,
       act.authority AS authority,
       place.key AS place,
       head(COLLECT {
         MATCH (place)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS place_name,
       act.standing AS standing,
       COLLECT {
         MATCH (act)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       COLLECT {
         UNWIND offices AS one
         UNWIND one.facts AS key
         RETURN DISTINCT key
         ORDER BY key
       } AS rests_on,
       act.key AS fact
