/*
title: Successions of states
about: Which state followed which, on which day, in what way, and did the earlier one end by it?
timeless: It lists successions by their days.
params:
  state:            {type: state, about: "Only where this state is the earlier or the later one", optional: true, example: RUS}
  ends_predecessor: {type: boolean, about: "Only where the earlier state ended by it, or only where it did not", optional: true}
  from:             {type: day, about: Only what may have happened on this day or later, optional: true}
  to:               {type: day, about: Only what may have happened on this day or earlier, optional: true}
returns:
  earliest:         {type: day, about: First day on which it may have happened}
  day:              {type: string, about: Its day as an EDTF date}
  kind:             {type: string, about: "In what way: continuation, dissolution, secession, unification, cession, independence or other"}
  predecessor:      {type: state, about: The earlier state}
  predecessor_name: {type: string, about: Its name as known, optional: true}
  successor:        {type: state, about: The later state}
  successor_name:   {type: string, about: Its name as known, optional: true}
  ends_predecessor: {type: boolean, about: Whether the earlier state ended by it}
  standing:         {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:             {type: key, about: "The succession, for its evidence"}
order: [earliest, fact]
identity: [fact]
edge: {from: predecessor, to: successor, label: kind}
covered_by: [Succession]
*/
MATCH (succession:Succession)
WHERE succession.day_earliest <= coalesce($to, date('9999-12-31'))
  AND succession.day_latest >= coalesce($from, date('0001-01-01'))
  AND succession.recorded_from <= $known_at < succession.recorded_until
  AND ($ends_predecessor IS NULL OR succession.ends_predecessor = $ends_predecessor)
MATCH (succession)-[:FROM]->(predecessor:State)
MATCH (succession)-[:TO]->(successor:State)
WHERE $state IS NULL OR $state IN [predecessor.key, successor.key]
RETURN toString(succession.day_earliest) AS earliest,
       succession.day_edtf AS day,
       succession.kind AS kind,
       predecessor.key AS predecessor,
       head(COLLECT {
         MATCH (predecessor)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS predecessor_name,
       successor.key AS successor,
       head(COLLECT {
         MATCH (successor)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS successor_name,
       succession.ends_predecessor AS ends_predecessor,
       succession.standing AS standing,
       COLLECT {
         MATCH (succession)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       succession.key AS fact
