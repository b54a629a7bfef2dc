/*
title: Claims by somebody
about: What does an actor, an organ, an official or a source assert, deny, expect, request or suspect, itself or through whoever speaks on its behalf, and on which day?
timeless: It lists claims by the day they were made.
params:
  by:     {type: thing, about: "Key of an actor, or of a source that claims something itself", example: zelensky-volodymyr}
  stance: {type: stance, about: Only claims with this stance, optional: true}
  from:   {type: day, about: Only claims that may have been made on this day or later, optional: true}
  to:     {type: day, about: Only claims that may have been made on this day or earlier, optional: true}
returns:
  made_earliest:    {type: day, about: First day on which it may have been made}
  made_on:          {type: string, about: The day it was made as an EDTF date}
  claimant:         {type: string, about: Who makes it in the words of the source, optional: true}
  by:               {type: list of key, about: "Who makes it: actors, or the source itself; nobody where only the source's words tell"}
  by_name:          {type: list of string, about: Their names as known}
  on_behalf_of:     {type: list of key, about: Those for whom somebody among them speaks}
  stance:           {type: stance, about: What the claimant does with it}
  towards:          {type: towards, about: Whether the stance is towards the fact it is about or towards its own sentence}
  sentence:         {type: string, about: What is claimed in a sentence}
  quote:            {type: string, about: "The claimant's own words", optional: true}
  about:            {type: list of key, about: Everything it is about}
  addressed_to:     {type: list of key, about: To whom it is addressed}
  addressed:        {type: string, about: To whom in the words of the source, optional: true}
  speaks_of_begins: {type: string, about: Begin of what it speaks of as an EDTF date, optional: true}
  speaks_of_ends:   {type: string, about: "End of what it speaks of, an EDTF date or `open`", optional: true}
  place:            {type: place, about: The place it speaks of, optional: true}
  place_name:       {type: string, about: Its name as known, optional: true}
  low:              {type: number, about: Lowest value it gives, optional: true}
  best:             {type: number, about: Value it holds best, optional: true}
  high:             {type: number, about: Highest value it gives, optional: true}
  unit:             {type: string, about: What is counted, optional: true}
  quantity:         {type: string, about: The quantity in the words of the source, optional: true}
  offered:          {type: evidence_offered, about: Whether the claimant offered evidence}
  fulfils:          {type: list of key, about: Commitments that are said to be fulfilled}
  standing:         {type: standing, about: Whether a source states that it was claimed}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:             {type: key, about: "The claim, for its evidence"}
order: [made_earliest, fact]
identity: [fact]
edge: {from: by, to: about, label: stance}
*/
// Who speaks for somebody: itself and its organs, and whoever does so on their behalf.
WITH [$by] + COLLECT {
       MATCH (:Thing {key: $by})<-[:OF]-(d:Description)-[:VERSION_OF]->(organ:Organ)
       WHERE d.recorded_from <= $known_at < d.recorded_until
       RETURN organ.key
     } AS voices
CALL (voices) {
  UNWIND voices AS voice
  MATCH (:Thing {key: voice})<-[:BY]-(claim)
  WHERE claim:Claim
  RETURN claim
  UNION
  UNWIND voices AS voice
  MATCH (claim)-[made:BY]->()
  WHERE made.on_behalf_of = voice
  RETURN claim
}
WITH claim
WHERE claim.recorded_from <= $known_at < claim.recorded_until
  AND ($stance IS NULL OR claim.stance = $stance)
  AND ($from IS NULL OR claim.made_on_latest >= $from)
  AND ($to IS NULL OR claim.made_on_earliest <= $to)
OPTIONAL MATCH (claim)-[:AT]->(place:Place)
WITH claim, place,
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
       claim.stance AS stance,
       claim.towards AS towards,
       claim.sentence AS sentence,
       claim.quote AS quote,
       COLLECT {
         MATCH (claim)-[:ABOUT]->(thing:Thing)
         RETURN thing.key
         ORDER BY thing.key
       } AS about,
       COLLECT {
         MATCH (claim)-[:ADDRESSED_TO]->(who:Thing)
         RETURN who.key
         ORDER BY who.key
       } AS addressed_to,
       claim.addressed_as_written AS addressed,
       claim.speaks_of_begins AS speaks_of_begins,
       claim.speaks_of_ends AS speaks_of_ends,
       place.key AS place,
       head(COLLECT {
         MATCH (place)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS place_name,
       claim.quantity_low AS low,
       claim.quantity_best AS best,
       claim.quantity_high AS high,
       claim.quantity_unit AS unit,
       claim.quantity_text AS quantity,
       claim.evidence AS offered,
       COLLECT {
         MATCH (claim)-[:FULFILS]->(commitment:Thing)
         RETURN commitment.key
         ORDER BY commitment.key
       } AS fulfils,
       claim.standing AS standing,
       COLLECT {
         MATCH (claim)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       claim.key AS fact
