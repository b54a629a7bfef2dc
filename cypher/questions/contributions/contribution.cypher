/*
title: A contribution with its links
about: What is contributed at this stage, by whom, to whom, where and how much, of what is it a part, which stages came before and after, and what is claimed about it?
timeless: A contribution is told with its days.
path: /contributions/{contribution}
params:
  contribution: {type: contribution, about: The contribution, example: contribution.PRK-RUS.troops-in-russia}
returns:
  fact:             {type: contribution, about: "The contribution, for its evidence"}
  kind:             {type: contribution_kind, about: What is contributed}
  text:             {type: string, about: What it is in a sentence}
  stage:            {type: stage, about: How far it has come}
  stage_as_written: {type: string, about: "The source's own word for the stage", optional: true}
  giver:            {type: list of linked, about: Who gives}
  receiver:         {type: list of linked, about: Who receives}
  place:            {type: list of linked, about: Where}
  begins:           {type: string, about: "Begin as written, an EDTF date or `unknown`"}
  ends:             {type: string, about: "End as written, an EDTF date, `open` or `unknown`"}
  verified_on:      {type: day, about: Latest day on which a source says that it holds, optional: true}
  measure:          {type: measure, about: "Whether it counts those present, or all sent within its span", optional: true}
  low:              {type: number, about: "Lowest value stated, where that is not disputed", optional: true}
  best:             {type: number, about: Value stated or thought best, optional: true}
  high:             {type: number, about: Highest value stated, optional: true}
  unit:             {type: string, about: What is counted, optional: true}
  quantity:         {type: string, about: The quantity in the words of the source, optional: true}
  part_of:          {type: contribution, about: The whole it is a part of, optional: true}
  parts:            {type: list of linked, about: "Its parts, which may overlap and are never summed; the first 100"}
  parts_disjoint:   {type: boolean, about: Whether its parts share nothing}
  follows:          {type: list of linked, about: "The earlier stage, or the claim that asked for it"}
  followed_by:      {type: list of linked, about: "The stages after it, the first 100"}
  claims:           {type: list of linked, about: "Claims about it, the first 100; `claims` lists all and `quantity_estimates` their numbers"}
  standing:         {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation"}
  version:          {type: integer, about: Number of the version}
  recorded_from:    {type: instant, about: When that version was recorded}
order: [fact]
*/
MATCH (fact:Thing {key: $contribution})<-[:VERSION_OF]-(c:Contribution)
WHERE c.recorded_from <= $known_at < c.recorded_until
RETURN fact.key AS fact,
       c.kind AS kind,
       c.text AS text,
       c.stage AS stage,
       c.stage_as_written AS stage_as_written,
       COLLECT {
         MATCH (c)-[:BY]->(who:Actor)<-[:VERSION_OF]-(named:Description)
         WHERE named.recorded_from <= $known_at < named.recorded_until
         RETURN {
           key: who.key,
           label: head([l IN labels(who) WHERE NOT l IN ['Thing', 'Actor']]),
           says: named.name,
           begins: null,
           ends: null
         }
         ORDER BY who.key
       } AS giver,
       COLLECT {
         MATCH (c)-[:FOR]->(who:Actor)<-[:VERSION_OF]-(named:Description)
         WHERE named.recorded_from <= $known_at < named.recorded_until
         RETURN {
           key: who.key,
           label: head([l IN labels(who) WHERE NOT l IN ['Thing', 'Actor']]),
           says: named.name,
           begins: null,
           ends: null
         }
         ORDER BY who.key
       } AS receiver,
       COLLECT {
         MATCH (c)-[:AT]->(place:Place)<-[:VERSION_OF]-(named:Description)
         WHERE named.recorded_from <= $known_at < named.recorded_until
         RETURN {key: place.key, label: 'Place', says: named.name, begins: null, ends: null}
         ORDER BY place.key
       } AS place,
       c.begins AS begins,
       c.ends AS ends,
       toString(c.verified_on) AS verified_on,
       c.measure AS measure,
       c.quantity_low AS low,
       c.quantity_best AS best,
       c.quantity_high AS high,
       c.quantity_unit AS unit,
       c.quantity_text AS quantity,
       head([(c)-[:PART_OF]->(whole:Thing) | whole.key]) AS part_of,
       COLLECT {
         MATCH (fact)<-[:PART_OF]-(part:Contribution)
         WHERE part.recorded_from <= $known_at < part.recorded_until
         RETURN {key: part.key, label: 'Contribution', says: part.text, begins: part.begins, ends: part.ends}
         ORDER BY part.key
         LIMIT 100
       } AS parts,
       c.parts_disjoint AS parts_disjoint,
       COLLECT {
         MATCH (c)-[:FOLLOWS]->(:Thing)<-[:VERSION_OF]-(earlier:Contribution|Claim)
         WHERE earlier.recorded_from <= $known_at < earlier.recorded_until
         RETURN {
           key: earlier.key,
           label: head([l IN labels(earlier) WHERE l <> 'Version']),
           says: coalesce(earlier.stage, earlier.stance) + ': ' + coalesce(earlier.text, earlier.sentence),
           begins: coalesce(earlier.begins, earlier.made_on_edtf),
           ends: earlier.ends
         }
         ORDER BY earlier.key
       } AS follows,
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
       } AS followed_by,
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
