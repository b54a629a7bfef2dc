/*
title: Whether one state must help another
about: Must a state help another that is attacked by somebody at a place on a day, by which clause, which of its conditions are met, and what would settle what cannot be told?
params:
  bearer:              {type: state, about: The state that would have to help, example: PRK}
  beneficiary:         {type: state, about: The state that is attacked, example: RUS}
  incident:            {type: incident, about: What happened, optional: true, example: armed_attack}
  attackers:           {type: list of actor, about: All who attack, optional: true, example: [UKR]}
  attackers_are_states: {type: boolean, about: Whether they are states, optional: true}
  supported:           {type: boolean, about: Whether anybody supports them, optional: true}
  supported_by:        {type: list of actor, about: All who support them, optional: true}
  place:               {type: place, about: Where it happens, optional: true}
  began:               {type: day, about: Day on which the incident began; the day asked about when left out, optional: true}
  provoked:            {type: boolean, about: Whether the state that is attacked provoked it, optional: true}
  state_of_war:        {type: boolean, about: Whether there is a state of war, optional: true}
  requested:           {type: boolean, about: Whether help was asked for, optional: true}
  demand_refused:      {type: boolean, about: Whether the attackers refused a demand, optional: true}
  conflict:            {type: fact, about: "The event, an armed conflict, it belongs to", optional: true}
  council:             {type: council_action, about: What the Security Council has done, optional: true}
  met:                 {type: list of fact, about: Conditions you take for met where nothing else decides them, optional: true}
  not_met:             {type: list of fact, about: Conditions you take for not met where nothing else decides them, optional: true}
returns:
  position:        {type: integer, about: "Place of the row: the answer, each commitment, conflicts, what would settle it"}
  part:            {type: string, about: "What the row is: answer, commitment, conflict or open"}
  answer:          {type: obligation, about: "must, no or cannot_tell, in the first row", optional: true}
  result:          {type: truth, about: Whether this commitment is owed in the case, optional: true}
  sentence:        {type: string, about: The answer or the result in words}
  decides:         {type: boolean, about: "Whether it can answer the question: it is help, and binds by law", optional: true}
  kind:            {type: commitment_kind, about: What is owed, optional: true}
  text:            {type: string, about: What is owed in a sentence, optional: true}
  binding:         {type: binding, about: In what way it binds, optional: true}
  towards:         {type: actor, about: To whom}
  agreement:       {type: agreement, about: Under which agreement, optional: true}
  agreement_title: {type: string, about: Its title, optional: true}
  article:         {type: string, about: Article that says so, optional: true}
  clause:          {type: string, about: "Text of the article, or a summary", optional: true}
  in_force:        {type: in_force, about: How sure it is on that day, optional: true}
  conditions:      {type: list of judged_condition, about: "Each condition with its value and why; without a value it says only how"}
  acts:            {type: list of done_act, about: The acts and participations it rests on}
  reservations:    {type: list of made_reservation, about: Reservations and objections of either that were looked at}
  settled_by:      {type: list of string, about: Parameters of this question that would settle it}
  evidence:        {type: list of evidence, about: "Source, locator and quote"}
  rests_on:        {type: list of key, about: The facts that make it so}
  fact:            {type: key, about: "What the row is about: the state that would help, a commitment or a condition"}
order: [position]
identity: [part, fact, towards]
edge: {from: $bearer, to: towards, label: part}
then: obligation_test
*/
MATCH (:Thing {key: $bearer})<-[:VERSION_OF]-(bearer:Description)
WHERE bearer.recorded_from <= $known_at < bearer.recorded_until
MATCH (:Thing {key: $beneficiary})<-[:VERSION_OF]-(beneficiary:Description)
WHERE beneficiary.recorded_from <= $known_at < beneficiary.recorded_until
// What the one owes the other, then what it owes to all parties together, of whom the other is one.
CALL () {
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.bearer = $bearer AND c.beneficiary = $beneficiary AND c.holds_from <= $on < c.holds_until
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN collect({
    fact: c.fact, in_force: c.in_force, awaits: c.awaits, rests_on: c.rests_on, owed_to_all: false,
    // How sure it was on the day the incident began.
    when_it_began: head(COLLECT {
      MATCH ()-[earlier:COMMITS_TO]->()
      WHERE earlier.bearer = $bearer AND earlier.beneficiary = $beneficiary
        AND earlier.holds_from <= coalesce($began, $on) < earlier.holds_until
        AND earlier.recorded_from <= $known_at < earlier.recorded_until
        AND earlier.fact = c.fact
      RETURN earlier.in_force
    })
  }) AS owed
}
CALL () {
  MATCH (c:Commitment)
  WHERE c.beneficiaries = 'community'
    AND c.kind IN ['defence', 'guarantee', 'military_aid', 'troop_provision', 'arms_supply']
    AND c.recorded_from <= $known_at < c.recorded_until
    AND (c.bearers = 'each_party' OR EXISTS { (c)-[:OWED_BY]->(:Thing {key: $bearer}) })
  MATCH (c)-[:UNDER]->(agreement:Agreement)
  // Agreement and party together, so that neither all parties of the one nor all agreements of the other are read.
  MATCH ()-[p:PARTY_TO]->()
  USING INDEX p:PARTY_TO(in_force, agreement, party)
  WHERE p.in_force IN ['definite', 'presumed', 'possible', 'suspended', 'pending']
    AND p.agreement = agreement.key AND p.party = $bearer
    AND p.holds_from <= $on < p.holds_until AND p.recorded_from <= $known_at < p.recorded_until
  MATCH ()-[other:PARTY_TO]->()
  USING INDEX other:PARTY_TO(in_force, agreement, party)
  WHERE other.in_force IN ['definite', 'presumed', 'possible', 'suspended', 'pending']
    AND other.agreement = agreement.key AND other.party = $beneficiary
    AND other.holds_from <= $on < other.holds_until AND other.recorded_from <= $known_at < other.recorded_until
  RETURN collect({
    fact: c.key,
    // The weaker of the two.
    in_force: last([one IN ['definite', 'presumed', 'possible', 'suspended', 'pending']
                    WHERE one IN [p.in_force, other.in_force]]),
    awaits: p.awaits + [one IN other.awaits WHERE NOT one IN p.awaits],
    rests_on: [c.key] + p.rests_on + [one IN other.rests_on WHERE NOT one IN p.rests_on],
    owed_to_all: true,
    when_it_began: null
  }) AS owed_to_all
}
WITH COLLECT {
       UNWIND owed + owed_to_all AS c
       MATCH (fact:Thing {key: c.fact})<-[:VERSION_OF]-(commitment:Commitment)
       WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
       OPTIONAL MATCH (commitment)-[:UNDER]->(agreement:Agreement)
       OPTIONAL MATCH (commitment)-[:ARISES_FROM]->(provision:Provision)
       RETURN {
         fact: c.fact, in_force: c.in_force, awaits: c.awaits, rests_on: c.rests_on, owed_to_all: c.owed_to_all,
         when_it_began: c.when_it_began, kind: commitment.kind, binding: commitment.binding,
         text: commitment.text, agreement: agreement.key, provision: provision.key,
         conditions: COLLECT {
           MATCH (fact)<-[:OF]-(condition:Condition)
           WHERE condition.recorded_from <= $known_at < condition.recorded_until
           RETURN {
             fact: condition.key, kind: condition.kind, sentence: condition.sentence, role: condition.role,
             negated: condition.negated, alternative: condition.alternative, or_allies: condition.or_allies,
             at_least: condition.at_least,
             names: COLLECT {
               MATCH (condition)-[:NAMES]->(named:Thing)
               RETURN {
                 key: named.key, is_state: named:State,
                 lies_in: COLLECT {
                   MATCH (named)
                     ((:Thing)<-[:VERSION_OF]-(d:Description)-[:WITHIN]->(:Place)
                      WHERE d.recorded_from <= $known_at < d.recorded_until){1,10} (larger)
                   RETURN DISTINCT larger.key AS key
                   ORDER BY key
                 }
               }
               ORDER BY named.key
             }
           }
           ORDER BY condition.role = 'manner', condition.alternative, condition.key
         },
         acts: COLLECT {
           UNWIND c.rests_on AS key
           MATCH (:Thing {key: key})<-[:VERSION_OF]-(done:Act|Participation)
           WHERE done.recorded_from <= $known_at < done.recorded_until
           OPTIONAL MATCH (done)-[:BY|OF]->(by:Actor)
           RETURN {
             fact: done.key, kind: coalesce(done.kind, 'participation'), by: by.key,
             day: coalesce(done.day_edtf, done.begins)
           }
           ORDER BY done.day_earliest, done.key
         },
         // Reservations to the agreement or the provision, then objections to those.
         reservations: COLLECT {
           UNWIND [agreement.key, provision.key] AS key
           MATCH (:Thing {key: key})<-[:TO]-(made:Reservation)
           WHERE made.recorded_from <= $known_at < made.recorded_until
           CALL (made) {
             RETURN made AS one
             UNION
             MATCH (made)-[:VERSION_OF]->(:Thing)<-[:TO]-(one:Reservation)
             WHERE one.recorded_from <= $known_at < one.recorded_until
             RETURN one
           }
           MATCH (one)-[:BY]->(by:Actor)
           WHERE by.key IN [$bearer, $beneficiary]
           WITH DISTINCT one, by
           RETURN {
             fact: one.key, effect: one.effect, by: by.key, text: one.text, begins: one.begins, ends: one.ends
           }
           ORDER BY one.key
         },
         evidence: COLLECT {
           MATCH (commitment)-[stated:ATTESTED_BY]->(source:Source)
           RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
           ORDER BY source.key, stated.locator, stated.quote
         }
       }
       ORDER BY c.fact
     } AS commitments,
     // What is owed to those who attack; which kinds of it stand against helping, the function knows.
     COLLECT {
       UNWIND coalesce($attackers, []) AS attacker
       MATCH ()-[c:COMMITS_TO]->()
       WHERE c.bearer = $bearer AND c.beneficiary = attacker AND c.holds_from <= $on < c.holds_until
         AND c.recorded_from <= $known_at < c.recorded_until
       MATCH (:Thing {key: c.fact})<-[:VERSION_OF]-(commitment:Commitment)
       WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
       RETURN {
         fact: c.fact, kind: c.kind, binding: c.binding, in_force: c.in_force, rests_on: c.rests_on,
         towards: attacker, text: commitment.text, agreement: c.agreement, provision: c.provision,
         evidence: COLLECT {
           MATCH (commitment)-[stated:ATTESTED_BY]->(source:Source)
           RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
           ORDER BY source.key, stated.locator, stated.quote
         }
       }
       ORDER BY attacker, c.fact
     } AS conflicts,
     COLLECT {
       MATCH (:Thing {key: $place})
         ((:Thing)<-[:VERSION_OF]-(d:Description)-[:WITHIN]->(:Place)
          WHERE d.recorded_from <= $known_at < d.recorded_until){1,10} (larger)
       RETURN DISTINCT larger.key AS key
       ORDER BY key
     } AS place_lies_in,
     COLLECT {
       MATCH (source:Source)<-[:VERSION_OF]-(d:Description)
       WHERE d.covers_until > $on AND coalesce(d.covers_from, $on) <= $on AND 'Commitment' IN d.covers
         AND d.recorded_from <= $known_at < d.recorded_until
       RETURN {
         source: source.key,
         actors: COLLECT {
           MATCH (d)-[:COVERS]->(actor:Actor)
           RETURN actor.key
           ORDER BY actor.key
         }
       }
       ORDER BY source.key
     } AS coverings
WITH *,
     // Whether those who attack, or help them, are allies of somebody named: defence owed either way.
     COLLECT {
       UNWIND commitments AS one
       UNWIND one.conditions AS condition
       UNWIND CASE WHEN condition.or_allies THEN condition.names ELSE [] END AS named
       UNWIND coalesce($attackers, []) + coalesce($supported_by, []) AS who
       UNWIND [[who, named.key], [named.key, who]] AS pair
       WITH DISTINCT pair[0] AS one, pair[1] AS other
       MATCH ()-[c:COMMITS_TO]->()
       WHERE c.bearer = one AND c.beneficiary = other AND c.holds_from <= $on < c.holds_until
         AND c.recorded_from <= $known_at < c.recorded_until
         AND c.kind = 'defence'
       RETURN {one: one, other: other, in_force: c.in_force, fact: c.fact, rests_on: c.rests_on}
       ORDER BY c.fact, one, other
     } AS alliances,
     COLLECT {
       UNWIND commitments + conflicts AS one
       UNWIND [one.agreement, one.provision] AS key
       MATCH (:Thing {key: key})<-[:VERSION_OF]-(d:Description)
       WHERE d.recorded_from <= $known_at < d.recorded_until
       RETURN DISTINCT {key: key, title: d.title, article: d.article, text: d.text} AS found
     } AS clauses,
     COLLECT {
       UNWIND commitments AS one
       UNWIND one.conditions AS condition
       UNWIND condition.names AS named
       RETURN DISTINCT named.key
     } AS named
RETURN commitments AS commitments,
       conflicts AS conflicts,
       place_lies_in AS place_lies_in,
       coverings AS coverings,
       alliances AS alliances,
       clauses AS clauses,
       COLLECT {
         UNWIND [$bearer, $beneficiary, $place] + named + place_lies_in + coalesce($attackers, [])
           + coalesce($supported_by, []) + [one IN coverings | one.source] AS key
         WITH DISTINCT key
         MATCH (:Thing {key: key})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN {key: key, name: coalesce(d.name, d.title)}
         ORDER BY key
       } AS names
