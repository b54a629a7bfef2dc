/*
title: Commitments ending soon
about: Which agreements and promises of a state, or what it owes or is owed under them, end within so many days of a day, until when must notice be given, and which may be left by then with which notice?
params:
  state:     {type: state, about: The state whose agreements and promises they are, example: RUS}
  within:    {type: integer, about: "So many days after the day, a hundred years at most; 365 when left out", optional: true, example: 60, bounds: [0, 36524]}
  deadlines: {type: list of string, about: "Only these: ends, may_end, last_day_of_notice, may_be_left; all of them when left out", optional: true}
returns:
  day:         {type: day, about: The day of the deadline}
  latest:      {type: day, about: "Last day that it may be, where that is uncertain", optional: true}
  deadline:    {type: string, about: "ends: in force no longer from this day on; may_end: no longer surely so; last_day_of_notice: after it another term follows, of the next hundred; may_be_left: first day without, if notice is given on the day asked about"}
  title:       {type: string, about: What it is about and which deadline it is}
  what_to_do:  {type: string, about: What it means and what is to be done until then}
  about:       {type: key, about: "The agreement, or the promise without one"}
  whole:       {type: boolean, about: Whether it is over for the state as a whole or only what is listed}
  commitments: {type: list of key, about: What the state owes or is owed that is concerned}
  others:      {type: list of actor, about: To whom it owes that or who owes it}
  notice:      {type: string, about: "How long before notice is given, as the agreement says", optional: true}
  renews_for:  {type: string, about: For how long it renews itself, optional: true}
  reasons:     {type: list of string, about: "What ends it: the kind of an act, succession, event, stated_end or term; unknown_end where nobody says that it goes on"}
  turn:        {type: integer, about: "Which such deadline it is within these days, from 1"}
  evidence:    {type: list of evidence, about: "Source, locator and quote of each fact it rests on"}
  rests_on:    {type: list of key, about: The facts that make it so}
order: [day, about, deadline]
identity: [about, deadline, turn]
then: deadlines
calendar: {day: day, summary: title, description: what_to_do}
edge: {from: $state, to: about, label: deadline}
covered_by: [Act, Commitment, Term]
*/
WITH $on + duration({days: coalesce($within, 365)}) AS last
CALL (last) {
  // What is in force for the state, and what it owes or is owed, in pieces that change within these days.
  CALL (last) {
    MATCH ()-[p:PARTY_TO]->()
    WHERE p.party = $state AND p.holds_from <= last AND p.holds_until > $on
      AND p.recorded_from <= $known_at < p.recorded_until
    RETURN p AS piece, null AS other
    UNION ALL
    MATCH ()-[c:COMMITS_TO]->()
    WHERE c.bearer = $state AND c.holds_from <= last AND c.holds_until > $on
      AND c.recorded_from <= $known_at < c.recorded_until
    RETURN c AS piece, c.beneficiary AS other
    UNION ALL
    MATCH ()-[c:COMMITS_TO]->()
    WHERE c.beneficiary = $state AND c.holds_from <= last AND c.holds_until > $on
      AND c.recorded_from <= $known_at < c.recorded_until
    RETURN c AS piece, c.bearer AS other
  }
  UNWIND [{day: piece.holds_until, was: piece}, {day: piece.holds_from, becomes: piece}] AS edge
  WITH piece, other, edge, last
  WHERE $on < edge.day <= last AND edge.day < date('9999-12-31')
  WITH piece.unit AS unit, piece.fact AS fact, piece.bearer AS bearer, other, edge.day AS day,
       head(collect(edge.was)) AS was, head(collect(edge.becomes)) AS becomes
  WHERE was.in_force IN ['definite', 'presumed', 'possible']
    AND (becomes IS NULL OR (becomes.in_force = 'possible' AND was.in_force <> 'possible'))
  WITH unit, day, CASE WHEN becomes IS NULL THEN 'ends' ELSE 'may_end' END AS deadline,
       collect(DISTINCT fact) AS commitments, collect(DISTINCT other) AS others,
       fact IS NULL OR fact = unit AS whole, collect(was.rests_on) AS rests_on
  WITH unit, day, deadline, collect({whole: whole, commitments: commitments, others: others, rests_on: rests_on}) AS parts
  RETURN unit AS about, toString(day) AS day, deadline,
         any(part IN parts WHERE part.whole) AS whole,
         COLLECT { UNWIND parts AS part UNWIND part.commitments AS key RETURN DISTINCT key ORDER BY key } AS commitments,
         COLLECT { UNWIND parts AS part UNWIND part.others AS key RETURN DISTINCT key ORDER BY key } AS others,
         COLLECT {
           UNWIND parts AS part
           UNWIND part.rests_on AS keys
           UNWIND keys AS key
           RETURN DISTINCT key
           ORDER BY key
         } AS rests_on,
         day AS on_day, [] AS terms, [] AS entries, null AS over
  UNION ALL
  // What is in force for it on the day, with what the agreement says of its term and of notice.
  MATCH ()-[p:PARTY_TO]->(agreement:Agreement)
  WHERE p.party = $state AND p.holds_from <= date('9999-12-31') AND p.holds_until > $on
    AND p.recorded_from <= $known_at < p.recorded_until
  WITH agreement, p
  WHERE p.in_force <> 'pending'
  WITH agreement, min(p.holds_from) AS since, toString(max(p.holds_until)) AS over
  WHERE since <= $on
  WITH agreement, over, COLLECT {
         MATCH (agreement)<-[:OF]-(term:Term)
         WHERE term.recorded_from <= $known_at < term.recorded_until AND term.standing = 'asserted'
           AND term.kind IN ['duration', 'renewal', 'withdrawal'] AND term.value IS NOT NULL
         RETURN {kind: term.kind, value: term.value, fact: term.key}
         ORDER BY term.key
       } AS terms
  WHERE any(term IN terms WHERE term.kind IN ['renewal', 'withdrawal'])
  WITH agreement, over, terms,
       COLLECT {
         MATCH (agreement)<-[:ON]-(entry:Act {kind: 'entry_into_force'})
         WHERE entry.recorded_from <= $known_at < entry.recorded_until AND entry.standing = 'asserted'
           AND NOT entry.not_yet
           AND NOT EXISTS {
             MATCH (entry)-[:VERSION_OF]->(:Thing)<-[:ABOUT]-(denial:Claim {stance: 'denies', towards: 'fact'})
             WHERE denial.recorded_from <= $known_at < denial.recorded_until
           }
         RETURN {
           general: NOT EXISTS { (entry)-[:BY]->(:Actor) }, fact: entry.key,
           earliest: toString(coalesce(entry.effect_day_earliest, entry.day_earliest)),
           latest: toString(coalesce(entry.effect_day_latest, entry.day_latest))
         }
         ORDER BY entry.key
       } AS entries
  RETURN agreement.key AS about, null AS day, null AS deadline, true AS whole, [] AS commitments, [] AS others,
         [term IN terms | term.fact] + [entry IN entries | entry.fact] AS rests_on,
         null AS on_day, terms, entries, over
}
RETURN about AS about,
       head(COLLECT {
         MATCH (:Thing {key: about})<-[:VERSION_OF]-(said:Description|Commitment)
         WHERE said.recorded_from <= $known_at < said.recorded_until
         RETURN coalesce(said.title, said.text, said.key)
       }) AS name,
       day AS day,
       deadline AS deadline,
       whole AS whole,
       commitments AS commitments,
       others AS others,
       // Of what it rests on, that of which the day, or the end, is this day; and a term, which has no day itself.
       COLLECT {
         UNWIND rests_on AS key
         MATCH (:Thing {key: key})<-[:VERSION_OF]-(fact:Act|Succession|Participation|Commitment|Event|Term)
         WHERE fact.recorded_from <= $known_at < fact.recorded_until
           AND (NOT fact:Act OR fact.kind IN ['withdrawal', 'denunciation', 'termination', 'expiry'])
           AND NOT coalesce(fact.ends, '') IN ['open', 'unknown', 'unlimited']
           AND (fact.kind = 'duration'
             OR on_day IN [coalesce(fact.effect_day_earliest, fact.day_earliest),
               coalesce(fact.effect_day_latest, fact.day_latest), fact.ends_earliest, fact.ends_latest]
             OR on_day = fact.begins_earliest AND fact:Event)
         RETURN DISTINCT CASE
           WHEN fact:Act THEN fact.kind
           WHEN fact:Succession THEN 'succession'
           WHEN fact:Event THEN 'event'
           WHEN fact:Term THEN 'term'
           ELSE 'stated_end'
         END AS reason
         ORDER BY reason
       } AS reasons,
       terms AS terms,
       entries AS entries,
       over AS over,
       COLLECT {
         UNWIND rests_on AS key
         MATCH (:Thing {key: key})<-[:VERSION_OF]-(fact:Version)-[stated:ATTESTED_BY]->(source:Source)
         WHERE fact.recorded_from <= $known_at < fact.recorded_until
         WITH DISTINCT source.key AS source, stated.locator AS locator, stated.quote AS quote
         RETURN {source: source, locator: locator, quote: quote}
         ORDER BY source, locator, quote
       } AS evidence,
       rests_on AS rests_on
