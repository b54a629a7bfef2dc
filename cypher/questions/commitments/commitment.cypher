/*
title: A commitment with its links
about: What is owed by this clause or promise, by whom and to whom, under which agreement and article, on what conditions, for how many pairs is it in force on a day, and what is claimed about it?
path: /commitments/{commitment}
params:
  commitment: {type: commitment, about: The commitment, example: PRK-RUS.2024-strategic-partnership.4.defence}
returns:
  fact:                {type: commitment, about: "The commitment, for its evidence"}
  kind:                {type: commitment_kind, about: What is owed}
  other_code:          {type: string, about: "The source's own code where the kind is `other`", optional: true}
  text:                {type: string, about: What is owed in a sentence, optional: true}
  binding:             {type: binding, about: "In what way it binds: by law or politically, or contested where sources disagree"}
  owed_by:             {type: string, about: "each_party, or named"}
  owed_to:             {type: string, about: "each_other_party, named, some_other_party, or community: all parties together"}
  named_bearers:       {type: list of linked, about: Those it names as owing it}
  named_beneficiaries: {type: list of linked, about: Those it names as the ones it is owed to}
  extent:              {type: string, about: "all_means, as_it_deems_necessary, stated_quantity or not_said"}
  low:                 {type: number, about: Lowest value of the stated quantity, optional: true}
  best:                {type: number, about: The value stated, optional: true}
  high:                {type: number, about: Highest value, optional: true}
  unit:                {type: string, about: What is counted, optional: true}
  quantity:            {type: string, about: The quantity in the words of the source, optional: true}
  begins:              {type: string, about: "Its own begin, an EDTF date, `unknown`, or `unlimited` where the agreement decides"}
  ends:                {type: string, about: "Its own end, an EDTF date, `open`, `unknown`, or `unlimited` where the agreement decides"}
  until:               {type: string, about: An end that is an event and no day, optional: true}
  until_thing:         {type: key, about: "That event, or the agreement with which it ends, once recorded", optional: true}
  agreement:           {type: agreement, about: Under which agreement, optional: true}
  agreement_title:     {type: string, about: Its title, optional: true}
  provision:           {type: provision, about: Where the agreement says so, optional: true}
  article:             {type: string, about: Article that says so, optional: true}
  heading:             {type: string, about: Its heading, optional: true}
  voiced_at:           {type: event, about: The event it was voiced at, optional: true}
  replaces:            {type: list of commitment, about: Commitments whose place it takes}
  replaced_by:         {type: list of commitment, about: Commitments that take its place}
  conditions:          {type: list of linked, about: "What must be so for it to be owed (trigger), then how it is carried out (manner)"}
  in_force:            {type: list of in_force, about: "How sure it is on that day, one for each answer among its pairs; empty when nobody owes it to anybody"}
  pair_count:          {type: integer, about: "How many pairs those are; `commitments_under_agreement` names both ends"}
  claims:              {type: list of linked, about: "Claims about it, the first 100; `claims` lists all"}
  fulfilled_by:        {type: list of linked, about: "Claims that something fulfils it, the first 100"}
  standing:            {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:            {type: list of evidence, about: "Source, locator and quote of each attestation"}
  version:             {type: integer, about: Number of the version}
  recorded_from:       {type: instant, about: When that version was recorded}
order: [fact]
*/
MATCH (fact:Thing {key: $commitment})<-[:VERSION_OF]-(c:Commitment)
WHERE c.recorded_from <= $known_at < c.recorded_until
OPTIONAL MATCH (c)-[:UNDER]->(agreement:Agreement)
OPTIONAL MATCH (c)-[:ARISES_FROM]->(provision:Provision)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
WITH fact, c, agreement, provision, described,
     COLLECT {
       MATCH ()-[pair:COMMITS_TO]->()
       // The unit is the agreement, or a political commitment by itself.
       WHERE pair.unit = coalesce(agreement.key, $commitment) AND pair.fact = $commitment
         AND pair.holds_from <= $on < pair.holds_until
         AND pair.recorded_from <= $known_at < pair.recorded_until
       RETURN pair.in_force
     } AS pairs
RETURN fact.key AS fact,
       c.kind AS kind,
       c.other_code AS other_code,
       c.text AS text,
       c.binding AS binding,
       c.bearers AS owed_by,
       c.beneficiaries AS owed_to,
       COLLECT {
         MATCH (c)-[:OWED_BY]->(who:Actor)<-[:VERSION_OF]-(named:Description)
         WHERE named.recorded_from <= $known_at < named.recorded_until
         RETURN {
           key: who.key,
           label: head([l IN labels(who) WHERE NOT l IN ['Thing', 'Actor']]),
           says: named.name,
           begins: null,
           ends: null
         }
         ORDER BY who.key
       } AS named_bearers,
       COLLECT {
         MATCH (c)-[:OWED_TO]->(who:Actor)<-[:VERSION_OF]-(named:Description)
         WHERE named.recorded_from <= $known_at < named.recorded_until
         RETURN {
           key: who.key,
           label: head([l IN labels(who) WHERE NOT l IN ['Thing', 'Actor']]),
           says: named.name,
           begins: null,
           ends: null
         }
         ORDER BY who.key
       } AS named_beneficiaries,
       c.extent AS extent,
       c.quantity_low AS low,
       c.quantity_best AS best,
       c.quantity_high AS high,
       c.quantity_unit AS unit,
       c.quantity_text AS quantity,
       c.begins AS begins,
       c.ends AS ends,
       c.until AS until,
       head([(c)-[:UNTIL]->(end:Thing) | end.key]) AS until_thing,
       agreement.key AS agreement,
       head(COLLECT {
         MATCH (agreement)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
       }) AS agreement_title,
       provision.key AS provision,
       described.article AS article,
       described.heading AS heading,
       head([(c)-[:VOICED_AT]->(event:Thing) | event.key]) AS voiced_at,
       COLLECT {
         MATCH (c)-[:REPLACES]->(earlier:Thing)
         RETURN earlier.key
         ORDER BY earlier.key
       } AS replaces,
       COLLECT {
         MATCH (fact)<-[:REPLACES]-(later:Commitment)
         WHERE later.recorded_from <= $known_at < later.recorded_until
         RETURN later.key
         ORDER BY later.key
       } AS replaced_by,
       COLLECT {
         MATCH (fact)<-[:OF]-(condition:Condition)
         WHERE condition.recorded_from <= $known_at < condition.recorded_until
         RETURN {
           key: condition.key,
           label: 'Condition',
           says: condition.role + ': ' + condition.sentence,
           begins: null,
           ends: null
         }
         ORDER BY condition.role = 'manner', condition.alternative, condition.key
       } AS conditions,
       // From surest to not yet.
       [one IN ['definite', 'presumed', 'possible', 'suspended', 'pending'] WHERE one IN pairs] AS in_force,
       size(pairs) AS pair_count,
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
       COLLECT {
         MATCH (fact)<-[:FULFILS]-(claim:Claim)
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
       } AS fulfilled_by,
       c.standing AS standing,
       COLLECT {
         MATCH (c)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       c.version AS version,
       c.recorded_from AS recorded_from
