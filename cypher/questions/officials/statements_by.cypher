/*
title: Statements by an official or another actor
about: What has somebody said, or others on their behalf, on which day, to whom and about what, in claims and in statements?
timeless: It lists statements by their days.
params:
  actor: {type: actor, about: "The official, or the state, organ or organization for which somebody spoke", example: choe-son-hui}
  from:  {type: day, about: Only what may have been said on this day or later, optional: true}
  to:    {type: day, about: Only what may have been said on this day or earlier, optional: true}
returns:
  earliest:     {type: day, about: First day on which it may have been said}
  day:          {type: string, about: The day it was said as an EDTF date}
  what:         {type: string, about: "Claim, or Event where a statement was made or a speech was held"}
  stance:       {type: stance, about: "Of a claim: what the claimant does with it", optional: true}
  by:           {type: list of key, about: "Who said it: actors, or the source itself"}
  by_name:      {type: list of string, about: Their names as known}
  on_behalf_of: {type: list of key, about: Those for whom somebody among them spoke}
  sentence:     {type: string, about: What was said in a sentence}
  quote:        {type: string, about: "The speaker's own words", optional: true}
  addressed_to: {type: list of key, about: To whom it is addressed}
  addressed:    {type: string, about: To whom in the words of the source, optional: true}
  about:        {type: list of key, about: What it is about}
  voiced:       {type: list of key, about: Commitments that were voiced there}
  place:        {type: place, about: "Where it was said; of a claim, the place it speaks of", optional: true}
  place_name:   {type: string, about: Its name as known, optional: true}
  standing:     {type: standing, about: Whether a source states that it was said}
  evidence:     {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:         {type: key, about: "The claim or event, for its evidence"}
order: [earliest, fact]
identity: [fact]
edge: {from: by, to: about, label: what}
covered_by: [Claim, Event]
*/
// Who speaks for somebody: itself and its organs, and whoever does so on their behalf.
WITH [$actor] + COLLECT {
       MATCH (:Thing {key: $actor})<-[:OF]-(d:Description)-[:VERSION_OF]->(organ:Organ)
       WHERE d.recorded_from <= $known_at < d.recorded_until
       RETURN organ.key
     } AS voices
CALL (voices) {
  UNWIND voices AS voice
  MATCH (:Thing {key: voice})<-[:BY]-(said)
  WHERE said:Claim
  RETURN said
  UNION
  UNWIND voices AS voice
  MATCH (said)-[made:BY]->()
  WHERE made.on_behalf_of = voice
  RETURN said
  UNION
  // Whoever takes part in a statement makes it; at a meeting only those who spoke say something.
  UNWIND voices AS voice
  MATCH (:Thing {key: voice})<-[took:PARTICIPANT]-(said)
  WHERE said.kind = 'statement' OR took.role = 'speaker'
  RETURN said
  UNION
  UNWIND voices AS voice
  MATCH (said)-[took:PARTICIPANT]->()
  WHERE took.on_behalf_of = voice
    AND (said.kind = 'statement' OR took.role = 'speaker')
  RETURN said
}
WITH said, coalesce(said.made_on_earliest, said.begins_earliest) AS earliest,
     coalesce(said.made_on_latest + duration('P1D'), said.ends_latest) AS over
WHERE said.recorded_from <= $known_at < said.recorded_until
  AND ($from IS NULL OR over > $from)
  AND ($to IS NULL OR earliest <= $to)
MATCH (said)-[:VERSION_OF]->(fact:Thing)
OPTIONAL MATCH (said)-[:AT]->(place:Place)
WITH said, earliest, fact, place,
     COLLECT {
       MATCH (said)-[made:BY|PARTICIPANT]->(who:Thing)
       WHERE said:Claim OR said.kind = 'statement' OR made.role = 'speaker'
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
     } AS speakers
RETURN toString(earliest) AS earliest,
       coalesce(said.made_on_edtf, said.begins) AS day,
       CASE WHEN said:Claim THEN 'Claim' ELSE 'Event' END AS what,
       said.stance AS stance,
       [one IN speakers | one.key] AS by,
       [one IN speakers WHERE one.name IS NOT NULL | one.name] AS by_name,
       COLLECT {
         UNWIND speakers AS one
         WITH one
         WHERE one.for IS NOT NULL
         RETURN DISTINCT one.for AS key
         ORDER BY key
       } AS on_behalf_of,
       coalesce(said.sentence, said.text) AS sentence,
       said.quote AS quote,
       COLLECT {
         MATCH (said)-[:ADDRESSED_TO]->(who:Thing)
         RETURN who.key
         ORDER BY who.key
       } AS addressed_to,
       said.addressed_as_written AS addressed,
       COLLECT {
         MATCH (said)-[:ABOUT|CONCERNS]->(thing:Thing)
         RETURN thing.key
         ORDER BY thing.key
       } AS about,
       COLLECT {
         MATCH (fact)<-[:VOICED_AT]-(commitment:Commitment)
         WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
         RETURN commitment.key
         ORDER BY commitment.key
       } AS voiced,
       place.key AS place,
       head(COLLECT {
         MATCH (place)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS place_name,
       said.standing AS standing,
       COLLECT {
         MATCH (said)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       fact.key AS fact
