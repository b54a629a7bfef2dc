/*
title: Requests for support
about: Who asks whom for what, on which day, and what has been contributed since that a source links to the request? Nobody has promised anything by it.
timeless: It lists claims by the day they were made.
params:
  by:           {type: actor, about: "Only those made by this actor, one of its organs, or somebody on their behalf", optional: true}
  from:         {type: day, about: Only what may have been said on this day or later, optional: true}
  to:           {type: day, about: Only what may have been said on this day or earlier, optional: true}
  addressed_to: {type: actor, about: Only what is addressed to this actor, optional: true}
returns:
  made_earliest:    {type: day, about: First day on which it may have been made}
  made_on:          {type: string, about: The day it was made as an EDTF date}
  claimant:         {type: string, about: Who makes it in the words of the source, optional: true}
  by:               {type: list of key, about: "Who makes it: actors, or the source itself; nobody where only the source's words tell"}
  by_name:          {type: list of string, about: Their names as known}
  on_behalf_of:     {type: list of key, about: Those for whom somebody among them speaks}
  sentence:         {type: string, about: What is asked for in a sentence}
  quote:            {type: string, about: "The claimant's own words", optional: true}
  addressed_to:     {type: list of key, about: To whom it is addressed}
  addressed:        {type: string, about: To whom in the words of the source, optional: true}
  about:            {type: list of key, about: Whom and what it is about}
  low:              {type: number, about: Lowest value asked for, optional: true}
  best:             {type: number, about: Value asked for, optional: true}
  high:             {type: number, about: Highest value asked for, optional: true}
  unit:             {type: string, about: What is counted, optional: true}
  quantity:         {type: string, about: The quantity in the words of the source, optional: true}
  followed_by:      {type: list of key, about: Contributions that are said to follow it}
  speaks_of_begins: {type: string, about: Begin of what it speaks of as an EDTF date, optional: true}
  speaks_of_ends:   {type: string, about: "End of what it speaks of, an EDTF date or `open`", optional: true}
  standing:         {type: standing, about: Whether a source states that it was claimed}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation of the claim"}
  fact:             {type: key, about: "The claim, for its evidence"}
order: [made_earliest, fact]
identity: [fact]
edge: {from: by, to: addressed_to, label: made_on}
*/
// Who speaks for somebody: itself and its organs, and whoever does so on their behalf.
WITH CASE WHEN $by IS NOT NULL THEN [$by] + COLLECT {
       MATCH (:Thing {key: $by})<-[:OF]-(d:Description)-[:VERSION_OF]->(organ:Organ)
       WHERE d.recorded_from <= $known_at < d.recorded_until
       RETURN organ.key
     } END AS voices
MATCH (claim:Claim)
WHERE claim.stance = 'requests'
  AND claim.made_on_earliest <= coalesce($to, date('9999-12-31'))
  AND claim.made_on_latest >= coalesce($from, date('0001-01-01'))
  AND claim.recorded_from <= $known_at < claim.recorded_until
  AND ($addressed_to IS NULL OR EXISTS { MATCH (claim)-[:ADDRESSED_TO]->(:Thing {key: $addressed_to}) })
  AND (voices IS NULL OR EXISTS {
    MATCH (claim)-[made:BY]->(who:Thing)
    WHERE who.key IN voices OR made.on_behalf_of IN voices
  })
MATCH (claim)-[:VERSION_OF]->(request:Thing)
WITH claim, request,
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
       COLLECT {
         MATCH (claim)-[:ADDRESSED_TO]->(who:Thing)
         RETURN who.key
         ORDER BY who.key
       } AS addressed_to,
       claim.addressed_as_written AS addressed,
       COLLECT {
         MATCH (claim)-[:ABOUT]->(thing:Thing)
         RETURN thing.key
         ORDER BY thing.key
       } AS about,
       claim.quantity_low AS low,
       claim.quantity_best AS best,
       claim.quantity_high AS high,
       claim.quantity_unit AS unit,
       claim.quantity_text AS quantity,
       COLLECT {
         MATCH (request)<-[:FOLLOWS]-(contribution:Contribution)
         WHERE contribution.recorded_from <= $known_at < contribution.recorded_until
         RETURN contribution.key
         ORDER BY contribution.key
       } AS followed_by,
       claim.speaks_of_begins AS speaks_of_begins,
       claim.speaks_of_ends AS speaks_of_ends,
       claim.standing AS standing,
       COLLECT {
         MATCH (claim)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       claim.key AS fact
