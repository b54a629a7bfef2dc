/*
title: Facts with a single source
about: Which facts, claims among them, rest on one source alone, which one is it, and what do they say?
timeless: Sources are of a fact as a whole, whatever its days.
params:
  label:  {type: fact_label, about: "Only facts with this label, as `Act`, `Claim` or `Commitment`", optional: true}
  source: {type: source, about: Only where it is this source, optional: true}
  thing:  {type: thing, about: "Only facts that are linked to this entity or fact, as to an agreement, an actor or a place", optional: true, example: PRK-RUS.2024-strategic-partnership}
returns:
  label:        {type: string, about: "What kind of fact: Act, Claim, Commitment, Event and so on"}
  says:         {type: string, about: "What it says in a sentence, or what kind of thing it is, as far as it has one", optional: true}
  day:          {type: string, about: "Its day, the day it was said, or its begin as written", optional: true}
  linked_to:    {type: list of key, about: "What it joins: agreements, actors, places, other facts"}
  standing:     {type: standing, about: Whether the source states it or it is there only because claims are about it}
  source:       {type: source, about: The only source}
  source_title: {type: string, about: Its title, optional: true}
  evidence:     {type: list of evidence, about: "The source, with each place in it and its words there"}
  fact:         {type: key, about: "The fact, for its evidence"}
order: [fact]
pages: own
edge: {from: fact, to: source, label: label}
*/
OPTIONAL MATCH (only:Thing {key: $source})
// A page of a source that states a good part of all there is comes quicker from the index of keys, in its order, than
// from all that the source states; a page of all sources always does.
WITH only, COUNT { (only)<-[:ATTESTED_BY]-() } AS stated, COUNT { () } AS every
WITH only, $thing IS NULL
       AND ($source IS NULL OR stated > 10000 AND stated > $row_limit * every / stated) AS by_key
CALL (only, by_key) {
  // Nothing is after null. An UNWIND here would take the order of the index away.
  WITH only, CASE WHEN by_key THEN coalesce($after[0], '') END AS after
  MATCH (version:Version)
  WHERE version.key > after AND version.version > 0
    AND version.recorded_from <= $known_at < version.recorded_until
    AND ($label IS NULL OR $label IN labels(version))
    AND ($source IS NULL OR EXISTS { MATCH (version)-[:ATTESTED_BY]->(only) })
    AND COUNT { MATCH (version)-[:ATTESTED_BY]->(source:Source) RETURN DISTINCT source } = 1
  WITH version
  ORDER BY version.key
  LIMIT $row_limit
  RETURN version
  UNION
  // A WHERE would be looked at after the source was read.
  UNWIND CASE WHEN NOT by_key THEN [1] ELSE [] END AS once
  MATCH (:Thing {key: coalesce($thing, $source)})<--(version:Version)
  WHERE version.key > coalesce($after[0], '')
    AND version.recorded_from <= $known_at < version.recorded_until
    AND ($label IS NULL OR $label IN labels(version))
    AND ($source IS NULL OR EXISTS { MATCH (version)-[:ATTESTED_BY]->(only) })
    AND COUNT { MATCH (version)-[:ATTESTED_BY]->(source:Source) RETURN DISTINCT source } = 1
  WITH DISTINCT version
  ORDER BY version.key
  LIMIT $row_limit
  RETURN version
}
MATCH (version)-[:VERSION_OF]->(fact:Thing)
WITH version, fact,
     COLLECT {
       MATCH (version)-[stated:ATTESTED_BY]->(source:Source)
       RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
       ORDER BY stated.locator, stated.quote
     } AS evidence
RETURN [l IN labels(version) WHERE l <> 'Version'][0] AS label,
       coalesce(
         version.text, version.sentence, replace(version.kind, '_', ' '), version.scheme + ' ' + version.code,
         version.basis
       ) AS says,
       coalesce(version.day_edtf, version.made_on_edtf, version.begins) AS day,
       COLLECT {
         MATCH (version)-[joins]->(linked:Thing)
         WHERE NOT type(joins) IN ['VERSION_OF', 'ATTESTED_BY']
         RETURN DISTINCT linked.key AS key
         ORDER BY key
       } AS linked_to,
       version.standing AS standing,
       evidence[0].source AS source,
       head(COLLECT {
         MATCH (:Thing {key: evidence[0].source})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
       }) AS source_title,
       evidence AS evidence,
       fact.key AS fact
