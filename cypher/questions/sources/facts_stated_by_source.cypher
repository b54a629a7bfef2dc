/*
title: Facts stated by a source
about: Which facts, claims among them, does a source state, where in it and in which words, and does any other source state them?
timeless: A source states what it states, whatever the days of that.
params:
  source: {type: source, about: The source, example: news-article-on-the-choe-lavrov-meeting-2024-11}
  label:  {type: string, about: "Only facts with this label, as `Act`, `Claim` or `Commitment`", optional: true}
returns:
  label:         {type: string, about: "What kind of fact: Act, Claim, Commitment, Event and so on"}
  says:          {type: string, about: What it says in a sentence or a few words}
  day:           {type: string, about: "Its day, the day it was said, or its begin as written", optional: true}
  linked_to:     {type: list of key, about: "What it joins: agreements, actors, places, other facts"}
  standing:      {type: standing, about: Whether a source states it or it is there only because claims are about it}
  other_sources: {type: list of source, about: Other sources that state it}
  evidence:      {type: list of evidence, about: "The source, with each place in it and its words there"}
  fact:          {type: key, about: "The fact, for its evidence"}
order: [label, fact]
edge: {from: $source, to: fact, label: label}
*/
MATCH (source:Thing {key: $source})<-[stated:ATTESTED_BY]-(version:Version)
WHERE version.recorded_from <= $known_at < version.recorded_until
WITH source, version, stated
ORDER BY stated.locator, stated.quote
WITH source, version, [l IN labels(version) WHERE l <> 'Version'][0] AS label,
     collect({source: source.key, locator: stated.locator, quote: stated.quote}) AS evidence
WHERE $label IS NULL OR label = $label
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
       evidence AS evidence,
       version.key AS fact
