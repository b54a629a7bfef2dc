/*
title: Provisions of troops
about: Who provides troops to whom, where, at which stage, and between which numbers do the estimates lie? No sum is made of them.
timeless: It lists contributions by their days.
params:
  giver:    {type: state, about: Only troops of this state, optional: true, example: PRK}
  receiver: {type: state, about: Only troops provided to this state, optional: true}
  stage:    {type: stage, about: Only at this stage, optional: true}
  place:    {type: place, about: Only at this place or one within it, optional: true}
  from:     {type: day, about: Only what may have held on this day or later, optional: true}
  to:       {type: day, about: Only what may have held on this day or earlier, optional: true}
returns:
  earliest:         {type: day, about: First day on which it may have held}
  begins:           {type: string, about: "Begin as written, an EDTF date or `unknown`"}
  ends:             {type: string, about: "End as written, an EDTF date, `open` or `unknown`"}
  text:             {type: string, about: What it is in a sentence}
  giver:            {type: list of actor, about: Who provides}
  giver_name:       {type: list of string, about: Their names as known}
  receiver:         {type: list of actor, about: To whom}
  receiver_name:    {type: list of string, about: Their names as known}
  place:            {type: list of place, about: Where}
  place_name:       {type: list of string, about: Their names as known}
  stage:            {type: stage, about: How far it has come}
  stage_as_written: {type: string, about: "The source's own word for the stage", optional: true}
  measure:          {type: measure, about: "Whether those present at one time or all sent within the span are counted", optional: true}
  low:              {type: number, about: Lowest number that an estimate leaves open, optional: true}
  high:             {type: number, about: Highest number that an estimate leaves open; nothing where one only says at least, optional: true}
  unit:             {type: string, about: What is counted; nothing where estimates count different things, optional: true}
  quantity:         {type: string, about: "A quantity in the words of the source, where it is no number", optional: true}
  estimates:        {type: list of key, about: "Claims that give a number for it; see quantity_estimates"}
  part_of:          {type: key, about: "The whole it is a part of; never add a part to its whole", optional: true}
  follows:          {type: list of key, about: "The earlier stage, or the claim that asked for it"}
  standing:         {type: standing, about: Whether a source states it or it is there only because claims are about it}
  contested:        {type: boolean, about: Whether a claim denies it or a fact contradicts it}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation"}
  rests_on:         {type: list of key, about: "The contribution and the estimates between which its numbers lie"}
  fact:             {type: key, about: "The contribution, for its evidence"}
order: [earliest, fact]
identity: [fact]
edge: {from: giver, to: receiver, label: stage}
*/
MATCH (given:Contribution)
WHERE given.kind = 'troops'
  AND given.begins_earliest <= coalesce($to, date('9999-12-31'))
  AND given.ends_latest > coalesce($from, date('0001-01-01'))
  AND given.recorded_from <= $known_at < given.recorded_until
  AND ($stage IS NULL OR given.stage = $stage)
  AND ($giver IS NULL OR EXISTS { MATCH (given)-[:BY]->(:Thing {key: $giver}) })
  AND ($receiver IS NULL OR EXISTS { MATCH (given)-[:FOR]->(:Thing {key: $receiver}) })
MATCH (given)-[:VERSION_OF]->(fact:Thing)
WITH given, fact,
     // What it is at, and what that lies within. Ten steps are more than places have levels.
     COLLECT {
       MATCH (given)-[:AT]->(:Place)
             ((:Thing)<-[:VERSION_OF]-(inner:Description)-[:WITHIN]->(:Place)
              WHERE inner.recorded_from <= $known_at < inner.recorded_until){0,10}
             (place:Place)
       RETURN DISTINCT place.key
     } AS within
WHERE $place IS NULL OR $place IN within
WITH given, fact,
     COLLECT {
       MATCH (fact)<-[:ABOUT]-(claim:Claim)
       WHERE claim.recorded_from <= $known_at < claim.recorded_until
         AND NOT claim.stance IN ['denies', 'evades', 'questions', 'requests']
         AND coalesce(claim.quantity_low, claim.quantity_best, claim.quantity_high) IS NOT NULL
       RETURN {
         key: claim.key,
         low: claim.quantity_low,
         high: claim.quantity_high,
         unit: claim.quantity_unit
       }
       ORDER BY claim.key
     } AS estimates
WITH given, fact, estimates,
     // Its own number counts like an estimate.
     estimates + CASE
       WHEN coalesce(given.quantity_low, given.quantity_high) IS NOT NULL
         THEN [{key: fact.key, low: given.quantity_low, high: given.quantity_high, unit: given.quantity_unit}]
       ELSE []
     END AS numbers
WITH given, fact, estimates, numbers,
     COLLECT {
       UNWIND numbers AS number
       RETURN DISTINCT number.unit AS unit
       ORDER BY unit
     } AS units
RETURN toString(given.begins_earliest) AS earliest,
       given.begins AS begins,
       given.ends AS ends,
       given.text AS text,
       COLLECT {
         MATCH (given)-[:BY]->(who:Actor)
         RETURN who.key
         ORDER BY who.key
       } AS giver,
       COLLECT {
         MATCH (given)-[:BY]->(who:Actor)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
         ORDER BY who.key
       } AS giver_name,
       COLLECT {
         MATCH (given)-[:FOR]->(who:Actor)
         RETURN who.key
         ORDER BY who.key
       } AS receiver,
       COLLECT {
         MATCH (given)-[:FOR]->(who:Actor)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
         ORDER BY who.key
       } AS receiver_name,
       COLLECT {
         MATCH (given)-[:AT]->(place:Place)
         RETURN place.key
         ORDER BY place.key
       } AS place,
       COLLECT {
         MATCH (given)-[:AT]->(place:Place)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
         ORDER BY place.key
       } AS place_name,
       given.stage AS stage,
       given.stage_as_written AS stage_as_written,
       given.measure AS measure,
       // An estimate without a low leaves the low open, one without a high the high.
       CASE
         WHEN size(units) = 1 AND all(number IN numbers WHERE number.low IS NOT NULL) THEN
           reduce(least = numbers[0].low, number IN numbers |
             CASE WHEN number.low < least THEN number.low ELSE least END
           )
       END AS low,
       CASE
         WHEN size(units) = 1 AND all(number IN numbers WHERE number.high IS NOT NULL) THEN
           reduce(most = numbers[0].high, number IN numbers |
             CASE WHEN number.high > most THEN number.high ELSE most END
           )
       END AS high,
       CASE size(units) WHEN 1 THEN units[0] WHEN 0 THEN given.quantity_unit END AS unit,
       given.quantity_text AS quantity,
       [one IN estimates | one.key] AS estimates,
       head([(given)-[:PART_OF]->(whole:Thing) | whole.key]) AS part_of,
       COLLECT {
         MATCH (given)-[:FOLLOWS]->(earlier:Thing)
         RETURN earlier.key
         ORDER BY earlier.key
       } AS follows,
       given.standing AS standing,
       EXISTS {
         MATCH (fact)<-[:ABOUT]-(denial:Claim)
         WHERE denial.recorded_from <= $known_at < denial.recorded_until
           AND denial.stance = 'denies' AND denial.towards = 'fact'
       } OR EXISTS {
         MATCH (given)-[:CONTRADICTS]->()
       } OR EXISTS {
         MATCH (fact)<-[:CONTRADICTS]-(other:Version)
         WHERE other.recorded_from <= $known_at < other.recorded_until
       } AS contested,
       COLLECT {
         MATCH (given)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       [fact.key] + [one IN estimates | one.key] AS rests_on,
       fact.key AS fact
