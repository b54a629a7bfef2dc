/*
title: A source with what it states
about: What is this source, who published it when, under which licence, which days does it cover, and how many facts does it state?
timeless: A source is what it is on every day; its window of days stands beside it.
path: /sources/{source}
params:
  source: {type: source, about: The source, example: news-article-on-the-choe-lavrov-meeting-2024-11}
returns:
  source:        {type: source, about: The source}
  title:         {type: string, about: Its title}
  publisher:     {type: string, about: Who published it, optional: true}
  kind:          {type: source_kind, about: What kind of source it is}
  address:       {type: string, about: Where it can be read, optional: true}
  published:     {type: string, about: Day of publication as an EDTF date, optional: true}
  retrieved:     {type: day, about: Day on which it was read, optional: true}
  licence:       {type: string, about: Licence under which it may be used, optional: true}
  citation:      {type: string, about: How to cite it, optional: true}
  covers_from:   {type: day, about: First day of the window it covers, optional: true}
  covers_until:  {type: day, about: First day after that window, optional: true}
  covers:        {type: list of fact_label, about: Labels of the facts that it covers whole within that window}
  covers_actors: {type: list of actor, about: "For whom it covers them; everybody when nobody is named"}
  ends_are:      {type: end_convention, about: "What it means by an end: the last day with, or the first without"}
  states:        {type: list of string, about: "How many facts of which label it states, among the first 10,000; `facts_stated_by_source` lists them"}
  fact_count:    {type: integer, about: "How many facts it states in all, claims among them, counted up to 10,000"}
  version:       {type: integer, about: Number of the version of its description}
  recorded_from: {type: instant, about: When that version was recorded}
order: [source]
*/
MATCH (source:Thing {key: $source})<-[:VERSION_OF]-(d:Description)
WHERE d.recorded_from <= $known_at < d.recorded_until
WITH source, d,
     COLLECT {
       MATCH (source)<-[:ATTESTED_BY]-(fact:Version)
       WHERE fact.recorded_from <= $known_at < fact.recorded_until
       WITH DISTINCT fact
       LIMIT 10000
       RETURN head([l IN labels(fact) WHERE l <> 'Version'])
     } AS stated
RETURN source.key AS source,
       d.title AS title,
       d.publisher AS publisher,
       d.kind AS kind,
       d.address AS address,
       d.published_edtf AS published,
       toString(d.retrieved) AS retrieved,
       d.licence AS licence,
       d.citation AS citation,
       toString(d.covers_from) AS covers_from,
       toString(d.covers_until) AS covers_until,
       coalesce(d.covers, []) AS covers,
       COLLECT {
         MATCH (d)-[:COVERS]->(who:Actor)
         RETURN who.key
         ORDER BY who.key
       } AS covers_actors,
       d.ends_are AS ends_are,
       COLLECT {
         UNWIND stated AS label
         WITH label, count(*) AS number
         RETURN label + ' ' + toString(number)
         ORDER BY label
       } AS states,
       size(stated) AS fact_count,
       d.version AS version,
       d.recorded_from AS recorded_from
