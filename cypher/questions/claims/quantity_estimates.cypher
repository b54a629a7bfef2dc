/*
title: Estimates of a quantity side by side
about: Which numbers does who give for a contribution, its parts and its other stages, for which day and place? No sum is made of them.
timeless: It lists claims by the days they speak of.
params:
  contribution: {type: fact, about: Key of the contribution, example: contribution.PRK-RUS.troops-in-russia}
  from:         {type: day, about: "Only what may be about this day or later; the day it was made counts where it speaks of none", optional: true}
  to:           {type: day, about: Only what may be about this day or earlier, optional: true}
returns:
  about:            {type: key, about: "What is counted, the contribution itself or another with its own key"}
  about_text:       {type: string, about: What that is in a sentence, optional: true}
  part_of:          {type: key, about: "The whole it is a part of; never add a part to its whole", optional: true}
  stage:            {type: stage, about: How far it has come}
  standing:         {type: standing, about: Whether a source states what is counted or it is there only because claims are about it}
  contested:        {type: boolean, about: Whether a claim denies what is counted or a fact contradicts it}
  made_earliest:    {type: day, about: First day on which the claim may have been made}
  made_on:          {type: string, about: The day it was made as an EDTF date}
  claimant:         {type: string, about: Who makes it in the words of the source, optional: true}
  by:               {type: list of key, about: "Who makes it: actors, or the source itself; nobody where only the source's words tell"}
  on_behalf_of:     {type: list of key, about: Those for whom somebody among them speaks}
  stance:           {type: stance, about: What the claimant does with it}
  speaks_of_begins: {type: string, about: Begin of what it speaks of as an EDTF date, optional: true}
  speaks_of_ends:   {type: string, about: "End of what it speaks of, an EDTF date or `open`", optional: true}
  low:              {type: number, about: "Lowest value; alone it says at least", optional: true}
  best:             {type: number, about: Value it holds best, optional: true}
  high:             {type: number, about: "Highest value; alone it says at most", optional: true}
  unit:             {type: string, about: What is counted}
  quantity:         {type: string, about: The quantity in the words of the source, optional: true}
  basis:            {type: quantity_basis, about: Where the number comes from}
  measure:          {type: measure, about: Whether those present or all sent within the span are counted, optional: true}
  place:            {type: place, about: The place it speaks of, optional: true}
  place_name:       {type: string, about: Its name as known, optional: true}
  sentence:         {type: string, about: What is claimed in a sentence}
  quote:            {type: string, about: "The claimant's own words", optional: true}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:             {type: key, about: "The claim, for its evidence"}
order: [about, made_earliest, fact]
identity: [about, fact]
edge: {from: by, to: about, label: stance}
*/
// From the contribution back to its earliest stage, as far as those are contributions too: what was sent and what is
// there follow one preparation. Twenty steps are more than any chain of stages or parts has.
MATCH (:Thing {key: $contribution})
      ((:Thing)<-[:VERSION_OF]-(later:Contribution)-[:FOLLOWS]->(:Thing)
       WHERE later.recorded_from <= $known_at < later.recorded_until){0,20}
      (earlier:Thing)
WHERE EXISTS {
  MATCH (earlier)<-[:VERSION_OF]-(version:Contribution)
  WHERE version.recorded_from <= $known_at < version.recorded_until
}
WITH DISTINCT earlier
// And on from there to every later stage and every part.
MATCH (earlier)
      ((:Thing)<-[:FOLLOWS|PART_OF]-(next:Contribution)-[:VERSION_OF]->(:Thing)
       WHERE next.recorded_from <= $known_at < next.recorded_until){0,20}
      (thing:Thing)
WITH DISTINCT thing
MATCH (thing)<-[:VERSION_OF]-(counted:Contribution)
WHERE counted.recorded_from <= $known_at < counted.recorded_until
MATCH (thing)<-[:ABOUT]-(claim:Claim)
WHERE claim.recorded_from <= $known_at < claim.recorded_until
  AND claim.quantity_unit IS NOT NULL
  AND ($from IS NULL OR coalesce(claim.speaks_of_ends_latest, claim.made_on_latest + duration('P1D')) > $from)
  AND ($to IS NULL OR coalesce(claim.speaks_of_begins_earliest, claim.made_on_earliest) <= $to)
OPTIONAL MATCH (claim)-[:AT]->(place:Place)
RETURN thing.key AS about,
       counted.text AS about_text,
       head([(counted)-[:PART_OF]->(whole:Thing) | whole.key]) AS part_of,
       counted.stage AS stage,
       counted.standing AS standing,
       EXISTS {
         MATCH (thing)<-[:ABOUT]-(denial:Claim)
         WHERE denial.recorded_from <= $known_at < denial.recorded_until
           AND denial.stance = 'denies' AND denial.towards = 'fact'
       } OR EXISTS {
         MATCH (counted)-[:CONTRADICTS]->()
       } OR EXISTS {
         MATCH (thing)<-[:CONTRADICTS]-(other:Version)
         WHERE other.recorded_from <= $known_at < other.recorded_until
       } AS contested,
       toString(claim.made_on_earliest) AS made_earliest,
       claim.made_on_edtf AS made_on,
       claim.claimant_as_written AS claimant,
       COLLECT {
         MATCH (claim)-[made:BY]->(who:Thing)
         RETURN who.key
         ORDER BY who.key, made.on_behalf_of
       } AS by,
       COLLECT {
         MATCH (claim)-[made:BY]->()
         WHERE made.on_behalf_of IS NOT NULL
         RETURN DISTINCT made.on_behalf_of AS key
         ORDER BY key
       } AS on_behalf_of,
       claim.stance AS stance,
       claim.speaks_of_begins AS speaks_of_begins,
       claim.speaks_of_ends AS speaks_of_ends,
       claim.quantity_low AS low,
       claim.quantity_best AS best,
       claim.quantity_high AS high,
       claim.quantity_unit AS unit,
       claim.quantity_text AS quantity,
       claim.quantity_basis AS basis,
       coalesce(claim.quantity_measure, counted.measure) AS measure,
       place.key AS place,
       head(COLLECT {
         MATCH (place)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS place_name,
       claim.sentence AS sentence,
       claim.quote AS quote,
       COLLECT {
         MATCH (claim)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       claim.key AS fact
