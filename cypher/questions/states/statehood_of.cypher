/*
title: Statehood of a state
about: In which episodes has a state been independent, how did each begin, and how did it end?
timeless: It lists episodes by their days.
params:
  state: {type: state, about: The state, example: AUT}
  from:  {type: day, about: Only what may have held on this day or later, optional: true}
  to:    {type: day, about: Only what may have held on this day or earlier, optional: true}
returns:
  earliest:    {type: day, about: First day on which it may have been independent}
  begins:      {type: string, about: "Begin as written, an EDTF date or `unknown`"}
  began_by:    {type: string, about: "How it began: decolonisation, secession, liberation, unification and so on", optional: true}
  ends:        {type: string, about: "End as written, an EDTF date, `open` or `unknown`"}
  ended_by:    {type: string, about: "How it ended: annexation, occupation, dissolution, unification and so on", optional: true}
  ends_are:    {type: end_convention, about: "What the source means by an end: the last day with, or the first without"}
  verified_on: {type: day, about: Latest day on which a source says that it was independent, optional: true}
  standing:    {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:    {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:        {type: key, about: "The episode, for its evidence"}
order: [earliest, fact]
identity: [fact]
edge: {from: $state, to: fact, label: begins}
*/
MATCH (:Thing {key: $state})<-[:OF]-(episode:Statehood)
WHERE episode.recorded_from <= $known_at < episode.recorded_until
  AND ($from IS NULL OR episode.ends_latest > $from)
  AND ($to IS NULL OR episode.begins_earliest <= $to)
RETURN toString(episode.begins_earliest) AS earliest,
       episode.begins AS begins,
       episode.began_by AS began_by,
       episode.ends AS ends,
       episode.ended_by AS ended_by,
       episode.ends_are AS ends_are,
       toString(episode.verified_on) AS verified_on,
       episode.standing AS standing,
       COLLECT {
         MATCH (episode)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       episode.key AS fact
