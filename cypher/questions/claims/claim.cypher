/*
title: A claim with its links
about: Who claims what about what, when, with which stance, number and evidence, to whom is it addressed, and what is claimed about this claim?
timeless: A claim is told with the day it was made.
path: /claims/{claim}
params:
  claim: {type: claim, about: The claim, example: claim.A11}
returns:
  fact:             {type: claim, about: "The claim, for its evidence"}
  stance:           {type: stance, about: What the claimant does with it}
  towards:          {type: towards, about: Whether the stance is towards the fact it is about or towards its own sentence}
  sentence:         {type: string, about: What is claimed in a sentence}
  quote:            {type: string, about: "The claimant's own words", optional: true}
  claimant:         {type: string, about: Who makes it in the words of the source, optional: true}
  by:               {type: list of linked, about: "Who makes it, and for whom"}
  addressed_to:     {type: list of linked, about: To whom it is addressed}
  addressed:        {type: string, about: To whom in the words of the source, optional: true}
  about:            {type: list of linked, about: Everything it is about}
  made_on:          {type: string, about: The day it was made as an EDTF date}
  speaks_of_begins: {type: string, about: Begin of what it speaks of as an EDTF date, optional: true}
  speaks_of_ends:   {type: string, about: "End of what it speaks of, an EDTF date or `open`", optional: true}
  place:            {type: place, about: The place it speaks of, optional: true}
  low:              {type: number, about: Lowest value it gives, optional: true}
  best:             {type: number, about: Value it holds best, optional: true}
  high:             {type: number, about: Highest value it gives, optional: true}
  unit:             {type: string, about: What is counted, optional: true}
  quantity:         {type: string, about: The quantity in the words of the source, optional: true}
  offered:          {type: evidence_offered, about: Whether the claimant offered evidence}
  fulfils:          {type: list of linked, about: Commitments that are said to be fulfilled}
  answered_by:      {type: list of linked, about: "What was contributed since that a source links to it, where it is a request; the first 100"}
  claims:           {type: list of linked, about: "Claims about it, the first 100"}
  standing:         {type: standing, about: Whether a source states that it was claimed}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation"}
  version:          {type: integer, about: Number of the version}
  recorded_from:    {type: instant, about: When that version was recorded}
order: [fact]
*/
MATCH (fact:Thing {key: $claim})<-[:VERSION_OF]-(c:Claim)
WHERE c.recorded_from <= $known_at < c.recorded_until
RETURN fact.key AS fact,
       c.stance AS stance,
       c.towards AS towards,
       c.sentence AS sentence,
       c.quote AS quote,
       c.claimant_as_written AS claimant,
       COLLECT {
         MATCH (c)-[made:BY]->(who:Thing)<-[:VERSION_OF]-(named:Description)
         WHERE named.recorded_from <= $known_at < named.recorded_until
         RETURN {
           key: who.key,
           label: head([l IN labels(who) WHERE NOT l IN ['Thing', 'Actor']]),
           // An organization has a name, a source a title.
           says: coalesce(named.name, named.title) + coalesce(' for ' + made.on_behalf_of, ''),
           begins: null,
           ends: null
         }
         ORDER BY who.key, made.on_behalf_of
       } AS by,
       COLLECT {
         MATCH (c)-[:ADDRESSED_TO]->(who:Actor)<-[:VERSION_OF]-(named:Description)
         WHERE named.recorded_from <= $known_at < named.recorded_until
         RETURN {
           key: who.key,
           label: head([l IN labels(who) WHERE NOT l IN ['Thing', 'Actor']]),
           says: named.name,
           begins: null,
           ends: null
         }
         ORDER BY who.key
       } AS addressed_to,
       c.addressed_as_written AS addressed,
       COLLECT {
         MATCH (c)-[:ABOUT]->(thing:Thing)<-[:VERSION_OF]-(v:Version)
         WHERE v.recorded_from <= $known_at < v.recorded_until
         RETURN {
           key: thing.key,
           label: head([l IN labels(v) + labels(thing) WHERE NOT l IN ['Version', 'Description', 'Thing', 'Fact']]),
           says: coalesce(v.name, v.title, v.text, v.sentence, v.heading, v.kind),
           begins: coalesce(v.day_edtf, v.made_on_edtf, v.begins),
           ends: v.ends
         }
         ORDER BY thing.key
       } AS about,
       c.made_on_edtf AS made_on,
       c.speaks_of_begins AS speaks_of_begins,
       c.speaks_of_ends AS speaks_of_ends,
       head([(c)-[:AT]->(place:Place) | place.key]) AS place,
       c.quantity_low AS low,
       c.quantity_best AS best,
       c.quantity_high AS high,
       c.quantity_unit AS unit,
       c.quantity_text AS quantity,
       c.evidence AS offered,
       COLLECT {
         MATCH (c)-[:FULFILS]->(:Thing)<-[:VERSION_OF]-(commitment:Commitment)
         WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
         RETURN {
           key: commitment.key,
           label: 'Commitment',
           says: replace(commitment.kind, '_', ' ') + coalesce(': ' + commitment.text, ''),
           begins: commitment.begins,
           ends: commitment.ends
         }
         ORDER BY commitment.key
       } AS fulfils,
       COLLECT {
         MATCH (fact)<-[:FOLLOWS]-(later:Contribution)
         WHERE later.recorded_from <= $known_at < later.recorded_until
         RETURN {
           key: later.key,
           label: 'Contribution',
           says: later.stage + ': ' + later.text,
           begins: later.begins,
           ends: later.ends
         }
         ORDER BY later.key
         LIMIT 100
       } AS answered_by,
       COLLECT {
         MATCH (fact)<-[:ABOUT]-(claim:Claim)
         WHERE claim.recorded_from <= $known_at < claim.recorded_until
         RETURN {
           key: claim.key,
           label: 'Claim',
           says: claim.stance + ': ' + claim.sentence,
           begins: claim.made_on_edtf,
           ends: null
         }
         ORDER BY claim.made_on_earliest, claim.key
         LIMIT 100
       } AS claims,
       c.standing AS standing,
       COLLECT {
         MATCH (c)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       c.version AS version,
       c.recorded_from AS recorded_from
