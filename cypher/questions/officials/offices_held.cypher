/*
title: Offices held by an official
about: Which offices has somebody held, from when to when, of whom, and may their holder sign treaties?
timeless: It lists tenures by their days.
params:
  official: {type: official, about: The official, example: lavrov-sergey}
  from:     {type: day, about: Only what may have held on this day or later, optional: true}
  to:       {type: day, about: Only what may have held on this day or earlier, optional: true}
returns:
  earliest:          {type: day, about: "First day on which it may have been held; 0001-01-01 where the begin is unknown"}
  begins:            {type: string, about: "Begin as written, an EDTF date or `unknown`"}
  ends:              {type: string, about: "End as written, an EDTF date, `open` or `unknown`"}
  verified_on:       {type: day, about: Latest day on which a source says that it was held, optional: true}
  office:            {type: office, about: The office}
  office_title:      {type: string, about: Its title, optional: true}
  of:                {type: actor, about: Whose office it is, optional: true}
  of_name:           {type: string, about: Its name as known, optional: true}
  may_sign_treaties: {type: boolean, about: Whether the holder may sign treaties by virtue of office (VCLT 7), optional: true}
  standing:          {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:          {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:              {type: key, about: "The tenure, for its evidence"}
order: [earliest, fact]
identity: [fact]
edge: {from: $official, to: office, label: begins}
*/
MATCH (:Thing {key: $official})<-[:OF]-(tenure:Tenure)-[:IN]->(office:Office)
WHERE tenure.recorded_from <= $known_at < tenure.recorded_until
  AND ($from IS NULL OR tenure.ends_latest > $from)
  AND ($to IS NULL OR tenure.begins_earliest <= $to)
OPTIONAL MATCH (office)<-[:VERSION_OF]-(described:Description)-[:OF]->(owner:Actor)
WHERE described.recorded_from <= $known_at < described.recorded_until
RETURN toString(tenure.begins_earliest) AS earliest,
       tenure.begins AS begins,
       tenure.ends AS ends,
       toString(tenure.verified_on) AS verified_on,
       office.key AS office,
       described.title AS office_title,
       owner.key AS of,
       head(COLLECT {
         MATCH (owner)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS of_name,
       described.may_sign_treaties AS may_sign_treaties,
       tenure.standing AS standing,
       COLLECT {
         MATCH (tenure)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       tenure.key AS fact
