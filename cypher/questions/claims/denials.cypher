/*
title: Denials and what they deny
about: Who denies what, on which day, and which sources and claims stand for what is denied?
timeless: It lists claims by the day they were made.
params:
  thing: {type: thing, about: Only denials of this fact or about this entity, optional: true}
  by:    {type: actor, about: "Only those made by this actor, one of its organs, or somebody on their behalf", optional: true}
  from:  {type: day, about: Only what may have been said on this day or later, optional: true}
  to:    {type: day, about: Only what may have been said on this day or earlier, optional: true}
returns:
  made_earliest:    {type: day, about: First day on which it may have been made}
  made_on:          {type: string, about: The day it was made as an EDTF date}
  claimant:         {type: string, about: Who makes it in the words of the source, optional: true}
  by:               {type: list of key, about: "Who makes it: actors, or the source itself; nobody where only the source's words tell"}
  by_name:          {type: list of string, about: Their names as known}
  on_behalf_of:     {type: list of key, about: Those for whom somebody among them speaks}
  sentence:         {type: string, about: What is denied in a sentence}
  quote:            {type: string, about: "The claimant's own words", optional: true}
  towards:          {type: towards, about: Whether the fact it is about is denied or only its own sentence}
  denies:           {type: key, about: "The fact that is denied, or what the denied sentence is about"}
  says:             {type: string, about: What that fact says, optional: true}
  denied_standing:  {type: standing, about: "Whether a source states that fact or it is there only because claims are about it; nothing for an entity", optional: true}
  stated_by:        {type: list of source, about: "Sources that state the fact, or tell of it where it is only claimed"}
  claimed_by:       {type: list of key, about: Claims that assert or confirm the fact}
  speaks_of_begins: {type: string, about: Begin of what it speaks of as an EDTF date, optional: true}
  speaks_of_ends:   {type: string, about: "End of what it speaks of, an EDTF date or `open`", optional: true}
  standing:         {type: standing, about: Whether a source states that it was claimed}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation of the claim"}
  fact:             {type: key, about: "The claim, for its evidence"}
order: [made_earliest, fact, denies]
identity: [fact, denies]
edge: {from: by, to: denies, label: towards}
*/
// Who speaks for somebody: itself and its organs, and whoever does so on their behalf.
WITH CASE WHEN $by IS NOT NULL THEN [$by] + COLLECT {
       MATCH (:Thing {key: $by})<-[:OF]-(d:Description)-[:VERSION_OF]->(organ:Organ)
       WHERE d.recorded_from <= $known_at < d.recorded_until
       RETURN organ.key
     } END AS voices
MATCH (claim:Claim)
WHERE claim.stance = 'denies'
  AND claim.made_on_earliest <= coalesce($to, date('9999-12-31'))
  AND claim.made_on_latest >= coalesce($from, date('0001-01-01'))
  AND claim.recorded_from <= $known_at < claim.recorded_until
  AND (voices IS NULL OR EXISTS {
    MATCH (claim)-[made:BY]->(who:Thing)
    WHERE who.key IN voices OR made.on_behalf_of IN voices
  })
MATCH (claim)-[:ABOUT]->(denied:Thing)
WHERE $thing IS NULL OR denied.key = $thing
OPTIONAL MATCH (denied)<-[:VERSION_OF]-(version:Version)
WHERE version.recorded_from <= $known_at < version.recorded_until
WITH claim, denied, version,
     COLLECT {
       MATCH (claim)-[made:BY]->(who:Thing)
       RETURN {
         key: who.key,
         // An organization has a name, a source a title.
         name: head(COLLECT {
           MATCH (who)<-[:VERSION_OF]-(d:Description)
           WHERE d.recorded_from <= $known_at < d.recorded_until
           RETURN coalesce(d.name, d.title)
         }),
         for: made.on_behalf_of
       }
       ORDER BY who.key, made.on_behalf_of
     } AS claimants
RETURN toString(claim.made_on_earliest) AS made_earliest,
       claim.made_on_edtf AS made_on,
       claim.claimant_as_written AS claimant,
       [one IN claimants | one.key] AS by,
       [one IN claimants WHERE one.name IS NOT NULL | one.name] AS by_name,
       COLLECT {
         UNWIND claimants AS one
         WITH one
         WHERE one.for IS NOT NULL
         RETURN DISTINCT one.for AS key
         ORDER BY key
       } AS on_behalf_of,
       claim.sentence AS sentence,
       claim.quote AS quote,
       claim.towards AS towards,
       denied.key AS denies,
       CASE
         WHEN version:Act THEN replace(version.kind, '_', ' ') + coalesce(' by ' + head(COLLECT {
           MATCH (version)-[:BY]->(:Actor)<-[:VERSION_OF]-(d:Description)
           WHERE d.recorded_from <= $known_at < d.recorded_until
           RETURN d.name
         }), '') + ', ' + version.day_edtf
         ELSE coalesce(version.text, version.sentence, version.name, version.title)
       END AS says,
       version.standing AS denied_standing,
       COLLECT {
         MATCH (version)-[:ATTESTED_BY]->(source:Source)
         RETURN DISTINCT source.key AS key
         ORDER BY key
       } AS stated_by,
       COLLECT {
         MATCH (denied)<-[:ABOUT]-(other:Claim)
         WHERE other.recorded_from <= $known_at < other.recorded_until
           AND other.towards = 'fact' AND other.stance IN ['asserts', 'confirms']
         RETURN other.key
         ORDER BY other.key
       } AS claimed_by,
       claim.speaks_of_begins AS speaks_of_begins,
       claim.speaks_of_ends AS speaks_of_ends,
       claim.standing AS standing,
       COLLECT {
         MATCH (claim)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       claim.key AS fact
