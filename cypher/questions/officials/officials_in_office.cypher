/*
title: Officials in office
about: Who holds which office of a state, or of one of its organs, on a day, and how sure is that?
params:
  state:    {type: state, about: The state, example: RUS}
  office:   {type: office, about: Only this office, optional: true}
  in_force: {type: list of in_force, about: Only these; all of them when left out, optional: true}
returns:
  office:            {type: office, about: The office}
  office_title:      {type: string, about: Its title, optional: true}
  of:                {type: actor, about: Whose office it is}
  official:          {type: official, about: Who holds it}
  official_name:     {type: string, about: Name as known, optional: true}
  official_own_name: {type: string, about: Name as written at home, optional: true}
  may_sign_treaties: {type: boolean, about: Whether the holder may sign treaties by virtue of office (VCLT 7), optional: true}
  in_force:          {type: in_force, about: "definite, presumed or possible on that day"}
  since:             {type: day, about: First day on which that is the answer}
  until:             {type: day, about: First day on which it is no longer; nothing where no such day is known, optional: true}
  begins:            {type: list of string, about: "Begin of each tenure it rests on as written, an EDTF date or `unknown`"}
  ends:              {type: list of string, about: "End of each as written, an EDTF date, `open` or `unknown`"}
  evidence:          {type: list of evidence, about: "Source, locator and quote of each fact it rests on"}
  rests_on:          {type: list of key, about: The tenures that make it so on that day}
order: [office, official]
edge: {from: official, to: office, label: in_force}
*/
// Offices of the state, of its organs and of theirs.
MATCH (:Thing {key: $state})
      ((whole:Thing)<-[:OF]-(part:Description)-[:VERSION_OF]->(:Thing)
       WHERE part.recorded_from <= $known_at < part.recorded_until){1,5}
      (office:Office)
WHERE $office IS NULL OR office.key = $office
WITH office, whole[-1] AS owner, part[-1] AS described
MATCH (official:Official)-[h:HELD]->(office)
WHERE h.holds_from <= $on < h.holds_until
  AND h.recorded_from <= $known_at < h.recorded_until
  AND ($in_force IS NULL OR h.in_force IN $in_force)
OPTIONAL MATCH (official)<-[:VERSION_OF]-(person:Description)
WHERE person.recorded_from <= $known_at < person.recorded_until
WITH office, owner, described, official, h, person,
     COLLECT {
       UNWIND h.rests_on AS key
       MATCH (:Thing {key: key})<-[:VERSION_OF]-(tenure:Tenure)
       WHERE tenure.recorded_from <= $known_at < tenure.recorded_until
       RETURN tenure
       ORDER BY key
     } AS tenures
RETURN office.key AS office,
       described.title AS office_title,
       owner.key AS of,
       official.key AS official,
       person.name AS official_name,
       person.name_in_own_script AS official_own_name,
       described.may_sign_treaties AS may_sign_treaties,
       h.in_force AS in_force,
       toString(h.holds_from) AS since,
       CASE WHEN h.holds_until < date('9999-12-31') THEN toString(h.holds_until) END AS until,
       [tenure IN tenures | tenure.begins] AS begins,
       [tenure IN tenures | tenure.ends] AS ends,
       COLLECT {
         UNWIND tenures AS tenure
         MATCH (tenure)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY tenure.key, source.key, stated.locator, stated.quote
       } AS evidence,
       h.rests_on AS rests_on
