/*
title: Facts stated by a source
about: Which facts, claims among them, does a source state, where in it and in which words, and does any other source state them?
timeless: A source states what it states, whatever the days of that.
params:
  source: {type: source, about: The source, example: news-article-on-the-choe-lavrov-meeting-2024-11}
  label:  {type: fact_label, about: "Only facts with this label, as `Act`, `Claim` or `Commitment`", optional: true}
returns:
  label:         {type: string, about: "What kind of fact: Act, Claim, Commitment, Event and so on"}
  says:          {type: string, about: What it says in a sentence or a few words}
  day:           {type: string, about: "Its day, the day it was said, or its begin as written", optional: true}
  linked_to:     {type: list of key, about: "What it joins: agreements, actors, places, other facts"}
  standing:      {type: standing, about: Whether a source states it or it is there only because claims are about it}
  other_sources: {type: list of source, about: Other sources that state it}
  evidence:      {type: list of evidence, about: "The source, with each place in it and its words there"}
  fact:          {type: key, about: "The fact, for its evidence"}
order: [fact]
pages: own
edge: {from: $source, to: fact, label: label}
*/
MATCH (source:Thing {key: $source})
// A page of a source that states a good part of all there is comes quicker from the index of keys, in its order, than
// from all that the source states.
WITH source, COUNT { (source)<-[:ATTESTED_BY]-() } AS stated, COUNT { () } AS every
WITH source, stated > 10000 AND stated > $row_limit * every / stated AS by_key
CALL (source, by_key) {
  // A WHERE would be looked at after the source was read.
  UNWIND CASE WHEN NOT by_key THEN [1] ELSE [] END AS once
  MATCH (source)<-[:ATTESTED_BY]-(version:Version)
  WHERE version.key > coalesce($after[0], '')
    AND version.recorded_from <= $known_at < version.recorded_until
    AND ($label IS NULL OR $label IN labels(version))
  WITH DISTINCT version
  ORDER BY version.key
  LIMIT $row_limit
  RETURN version
  UNION
  // Nothing is after null. An UNWIND here would take the order of the index away.
  WITH source, CASE WHEN by_key THEN coalesce($after[0], '') END AS after
  MATCH (version:Version)
  WHERE version.key > after AND version.version > 0
    AND version.recorded_from <= $known_at < version.recorded_until
    AND ($label IS NULL OR $label IN labels(version))
    AND EXISTS { MATCH (version)-[:ATTESTED_BY]->(source) }
  WITH version
  ORDER BY version.key
  LIMIT $row_limit
  RETURN version
}
WITH source, version, [l IN labels(version) WHERE l <> 'Version'][0] AS label
RETURN label AS label,
       CASE
         WHEN version:Act THEN replace(version.kind, '_', ' ')
           + coalesce(' by ' + head(COLLECT {
             MATCH (version)-[:BY]->(:Actor)<-[:VERSION_OF]-(d:Description)
             WHERE d.recorded_from <= $known_at < d.recorded_until
             RETURN d.name
           }), '')
           + CASE WHEN version.not_yet THEN ', not yet on ' ELSE ', ' END + version.day_edtf
         WHEN version:Claim THEN coalesce(version.claimant_as_written, head(COLLECT {
             MATCH (version)-[:BY]->(who:Thing)
             RETURN who.key
             ORDER BY who.key
           }))
           + ' (' + version.stance + '): ' + version.sentence
           + CASE
             WHEN version.quantity_unit IS NULL THEN ''
             WHEN version.quantity_low = version.quantity_high
               THEN ' ' + toString(version.quantity_low) + ' ' + version.quantity_unit + '.'
             ELSE coalesce(' At least ' + toString(version.quantity_low) + ' ' + version.quantity_unit + '.', '')
               + coalesce(' At most ' + toString(version.quantity_high) + ' ' + version.quantity_unit + '.', '')
           END
           + coalesce(' In its words: ' + version.quantity_text + '.', '')
         WHEN version.text IS NOT NULL THEN version.text
         WHEN version.sentence IS NOT NULL THEN version.sentence
         // What has no sentence of its own is told by what it joins, its words and its days.
         ELSE toLower(label) + ': ' + reduce(s = '', key IN COLLECT {
             MATCH (version)-[joins]->(thing:Thing)
             WHERE NOT type(joins) IN ['VERSION_OF', 'ATTESTED_BY', 'CONTRADICTS']
             RETURN thing.key
             ORDER BY type(joins), thing.key
           } | s + CASE s WHEN '' THEN '' ELSE ', ' END + key)
           + coalesce(', ' + version.scheme + ' ' + version.code, ', ' + version.kind, ', ' + version.basis, '')
           + coalesce(', ' + version.day_edtf, ', ' + version.begins + ' to ' + version.ends, '')
       END AS says,
       coalesce(version.day_edtf, version.made_on_edtf, version.begins) AS day,
       COLLECT {
         MATCH (version)-[joins]->(thing:Thing)
         WHERE NOT type(joins) IN ['VERSION_OF', 'ATTESTED_BY']
         RETURN DISTINCT thing.key AS key
         ORDER BY key
       } AS linked_to,
       version.standing AS standing,
       COLLECT {
         MATCH (version)-[:ATTESTED_BY]->(other:Source)
         WHERE other <> source
         RETURN DISTINCT other.key AS key
         ORDER BY key
       } AS other_sources,
       COLLECT {
         MATCH (version)-[stated:ATTESTED_BY]->(source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY stated.locator, stated.quote
       } AS evidence,
       version.key AS fact
