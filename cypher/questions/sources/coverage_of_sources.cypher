/*
title: Coverage of sources
about: Which window does each source mean to cover, of which facts and of whom, does a day lie in it, and how many facts does it state?
params:
  source:   {type: source, about: Only this source, optional: true}
  label:    {type: fact_label, about: "Only sources that mean to state whole all facts with this label, as `Statehood`", optional: true}
  actor:    {type: actor, about: "Only sources that mean to state whole what there is about this actor, as they do that cover everybody", optional: true}
  declared: {type: boolean, about: "Only sources that declare a window, or only those that do not", optional: true}
returns:
  source:        {type: source, about: The source}
  title:         {type: string, about: Its title}
  publisher:     {type: string, about: Who published it, optional: true}
  kind:          {type: source_kind, about: What kind of source it is}
  published:     {type: string, about: Its day of publication as an EDTF date, optional: true}
  covers_from:   {type: day, about: First day of the window that it means to cover, optional: true}
  covers_until:  {type: day, about: First day after it, optional: true}
  covers_day:    {type: boolean, about: "Whether the day lies in its window; nothing where it declares none, or no end of it", optional: true}
  covers:        {type: list of fact_label, about: "Labels of the facts that it means to state whole within the window; where none are named, that a fact is missing there says nothing"}
  covers_actors: {type: list of actor, about: "Of whom it means to state them whole; everybody where it covers labels and names nobody"}
  fact_count:    {type: integer, about: "How many facts it states, claims among them"}
  labels:        {type: list of fact_label, about: Labels of the facts it states}
order: [source]
pages: own
edge: {from: source, to: covers_actors, label: covers}
*/
// Only the sources of the page have their facts counted, since a large one states hundreds of thousands.
CALL () {
  MATCH (source:Source)
  WHERE coalesce($source, '') <= source.key <= coalesce($source, 'ÿ') AND source.key > coalesce($after[0], '')
  MATCH (source)<-[:VERSION_OF]-(described:Description)
  WHERE described.recorded_from <= $known_at < described.recorded_until
    AND ($label IS NULL OR $label IN described.covers)
    AND ($declared IS NULL OR $declared = (described.covers_until IS NOT NULL))
  WITH source, described,
       COLLECT {
         MATCH (described)-[:COVERS]->(actor:Actor)
         RETURN actor.key
         ORDER BY actor.key
       } AS covers_actors
  WHERE $actor IS NULL OR $actor IN covers_actors OR (covers_actors = [] AND described.covers <> [])
  RETURN source, described, covers_actors
  ORDER BY source.key
  LIMIT $row_limit
}
CALL (source) {
  MATCH (source)<-[:ATTESTED_BY]-(version:Version)
  WHERE version.recorded_from <= $known_at < version.recorded_until
  WITH DISTINCT version
  WITH [l IN labels(version) WHERE l <> 'Version'][0] AS label, count(*) AS number
  ORDER BY label
  RETURN sum(number) AS facts, collect(label) AS labels
}
RETURN source.key AS source,
       described.title AS title,
       described.publisher AS publisher,
       described.kind AS kind,
       described.published_edtf AS published,
       toString(described.covers_from) AS covers_from,
       toString(described.covers_until) AS covers_until,
       CASE
         // A window without an end is none, since nobody covers the future (docs/decisions/0014).
         WHEN described.covers_until IS NOT NULL THEN
           coalesce(described.covers_from, date('0001-01-01')) <= $on < described.covers_until
       END AS covers_day,
       coalesce(described.covers, []) AS covers,
       covers_actors AS covers_actors,
       facts AS fact_count,
       labels AS labels
