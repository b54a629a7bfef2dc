/*
title: Terms of an agreement
about: What does an agreement say of itself, on consent, entry into force, duration, renewal, withdrawal and the like, and where?
timeless: A text says what it says, whatever the day.
params:
  agreement: {type: agreement, about: The agreement, example: PRK-RUS.2024-strategic-partnership}
  kind:      {type: term_kind, about: Only what it says of this, optional: true}
returns:
  kind:           {type: term_kind, about: What it speaks of}
  value:          {type: string, about: "The gist in a word, a number or a few words", optional: true}
  sentence:       {type: string, about: What it says in a sentence, optional: true}
  provision:      {type: provision, about: Where it says so, optional: true}
  article:        {type: string, about: "Its article, where a source gives it", optional: true}
  heading:        {type: string, about: Heading of that article, optional: true}
  text:           {type: string, about: Text or summary of that article, optional: true}
  concerns:       {type: list of agreement, about: "Other agreements meant, as those it amends or replaces"}
  concerns_title: {type: list of string, about: Their titles}
  standing:       {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:       {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:           {type: key, about: "The term, for its evidence"}
order: [kind, fact]
identity: [fact]
edge: {from: $agreement, to: provision, label: kind}
covered_by: [Term]
*/
MATCH (:Thing {key: $agreement})<-[:OF]-(term:Term)
WHERE term.recorded_from <= $known_at < term.recorded_until
  AND ($kind IS NULL OR term.kind = $kind)
OPTIONAL MATCH (term)-[:IN]->(provision:Provision)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
RETURN term.kind AS kind,
       term.value AS value,
       term.sentence AS sentence,
       provision.key AS provision,
       described.article AS article,
       described.heading AS heading,
       described.text AS text,
       COLLECT {
         MATCH (term)-[:CONCERNS]->(other:Agreement)
         RETURN other.key
         ORDER BY other.key
       } AS concerns,
       COLLECT {
         MATCH (term)-[:CONCERNS]->(other:Agreement)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
         ORDER BY other.key
       } AS concerns_title,
       term.standing AS standing,
       COLLECT {
         MATCH (term)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       term.key AS fact
