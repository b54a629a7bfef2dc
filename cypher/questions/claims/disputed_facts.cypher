/*
title: Disputed facts
about: Which facts do sources or claims contradict, what do both sides say, who says it, and why can both not be right?
timeless: A dispute is about facts as a whole, whatever their days.
scans: Acts compete on any agreement and contradictions lie between any facts, so that a register of all of them reads all acts.
params:
  thing:   {type: thing, about: "Only disputes about this entity or fact: a side of it, or what a side or the disputed fact is linked to, be it an agreement, an actor, a place or a source", optional: true}
  dispute: {type: string, about: "Only disputes of this kind: contradiction, competing_acts, denial, opposed_claims or disjoint_quantities", optional: true}
returns:
  dispute:        {type: string, about: "contradiction, where a record says so; competing_acts of one kind and actor on different days; denial of a fact by a claim; opposed_claims for and against one fact; disjoint_quantities of one contribution"}
  about:          {type: key, about: "What is disputed: the agreement of acts, the fact that claims are about, else the fact itself"}
  reason:         {type: string, about: Why both cannot be right}
  fact:           {type: key, about: One side}
  says:           {type: string, about: What it says}
  standing:       {type: standing, about: Whether a source states it or it is there only because claims are about it}
  sources:        {type: list of source, about: The sources that state it}
  other_fact:     {type: key, about: The other side}
  other_says:     {type: string, about: What it says}
  other_standing: {type: standing, about: Whether a source states it or it is there only because claims are about it}
  other_sources:  {type: list of source, about: The sources that state it}
  evidence:       {type: list of evidence, about: "Source, locator and quote of each attestation of the one side"}
  other_evidence: {type: list of evidence, about: The same of the other side}
  rests_on:       {type: list of key, about: "Both sides, and the fact that claims are about"}
order: [dispute, about, fact, other_fact]
pages: own
edge: {from: fact, to: other_fact, label: dispute}
*/
// What is near the thing: itself and every fact that is linked to it. Nothing where no thing is asked for.
WITH CASE WHEN $thing IS NOT NULL THEN [$thing] + COLLECT {
       CALL () {
         MATCH (:Thing {key: $thing})<--(version)
         RETURN version
         UNION
         MATCH (version)-[linked:BY|PARTICIPANT]->()
         WHERE linked.on_behalf_of = $thing
         RETURN version
       }
       WITH version
       WHERE version.recorded_from <= $known_at < version.recorded_until
       RETURN DISTINCT version.key
     } END AS near
// Kinds of dispute in the order of their names: each gives no more than a page, and none that is before it. What an
// UNWIND of nothing comes before is not done, while a WHERE would be looked at after it.
CALL (near) {
  // Agreements in the order of their keys, one after another, until the page is full.
  UNWIND CASE WHEN coalesce($dispute, 'competing_acts') = 'competing_acts'
    AND coalesce($after[0], '') <= 'competing_acts' THEN [1] ELSE [] END AS asked
  CALL (near) {
    UNWIND CASE WHEN near IS NULL THEN [1] ELSE [] END AS once
    MATCH (agreement:Agreement)
    WHERE agreement.key >= CASE $after[0] WHEN 'competing_acts' THEN $after[1] ELSE '' END
    RETURN agreement
    UNION
    UNWIND near AS key
    MATCH (:Thing {key: key})<-[:VERSION_OF]-(act:Act)-[:ON]->(agreement:Agreement)
    WHERE act.recorded_from <= $known_at < act.recorded_until
    RETURN agreement
  }
  WITH near, agreement
  ORDER BY agreement.key
  CALL (agreement) {
    MATCH (agreement)<-[:ON]-(act:Act)
    // That it was not yet in force may be said of many days.
    WHERE act.recorded_from <= $known_at < act.recorded_until AND NOT act.not_yet
    WITH act.kind AS kind, act.spell AS spell, head([(act)-[:BY]->(by) | by.key]) AS by, collect(act) AS alike
    WHERE size(alike) > 1
    UNWIND alike AS one
    UNWIND alike AS other
    // A coarser day that contains a finer one does not compete with it.
    WITH one, other
    WHERE one.key < other.key
      AND NOT one.day_earliest <= other.day_earliest <= other.day_latest <= one.day_latest
      AND NOT other.day_earliest <= one.day_earliest <= one.day_latest <= other.day_latest
    RETURN one, other
    ORDER BY one.key, other.key
  }
  WITH near, agreement, one, other
  WHERE (near IS NULL OR one.key IN near OR other.key IN near OR agreement.key IN near)
    AND ($after IS NULL OR ['competing_acts', agreement.key, one.key, other.key] > $after)
  RETURN one, other, agreement.key AS about, 'competing_acts' AS dispute,
         'Both are the same act of the same actor, and have different days.' AS reason
  LIMIT $row_limit
  UNION
  // What is recorded as irreconcilable, whichever of the two names the other.
  UNWIND CASE WHEN coalesce($dispute, 'contradiction') = 'contradiction'
    AND coalesce($after[0], '') <= 'contradiction' THEN [1] ELSE [] END AS asked
  CALL (near) {
    UNWIND CASE WHEN near IS NULL THEN [1] ELSE [] END AS once
    MATCH (naming)-[named:CONTRADICTS]->(contradicted:Thing)
    RETURN naming, named, contradicted
    UNION
    UNWIND near AS key
    MATCH (:Thing {key: key})<-[:VERSION_OF]-(naming)-[named:CONTRADICTS]->(contradicted:Thing)
    RETURN naming, named, contradicted
    UNION
    UNWIND near AS key
    MATCH (naming)-[named:CONTRADICTS]->(contradicted:Thing {key: key})
    RETURN naming, named, contradicted
  }
  MATCH (contradicted)<-[:VERSION_OF]-(version:Version)
  WHERE naming.recorded_from <= $known_at < naming.recorded_until
    AND version.recorded_from <= $known_at < version.recorded_until
    AND NOT version:Withdrawal
  WITH CASE WHEN naming.key < version.key THEN [naming, version] ELSE [version, naming] END AS sides,
       named.reason AS reason
  ORDER BY reason
  WITH sides[0] AS one, sides[1] AS other, collect(DISTINCT reason) AS reasons
  OPTIONAL MATCH (one)-[:ON]->(agreement:Agreement)<-[:ON]-(other)
  WITH one, other, coalesce(agreement.key, one.key) AS about, reasons
  WHERE $after IS NULL OR ['contradiction', about, one.key, other.key] > $after
  RETURN one, other, about, 'contradiction' AS dispute,
         reduce(s = reasons[0], reason IN reasons[1..] | s + ' ' + reason) AS reason
  ORDER BY about, one.key, other.key
  LIMIT $row_limit
  UNION
  UNWIND CASE WHEN coalesce($dispute, 'denial') = 'denial'
    AND coalesce($after[0], '') <= 'denial' THEN [1] ELSE [] END AS asked
  CALL (near) {
    UNWIND CASE WHEN near IS NULL THEN [1] ELSE [] END AS once
    MATCH (other:Claim)
    WHERE other.stance = 'denies' AND other.made_on_earliest IS NOT NULL AND other.made_on_latest IS NOT NULL
      AND other.recorded_from <= $known_at < other.recorded_until
    RETURN other
    UNION
    // A denial that is near, or one of a fact that is.
    UNWIND near AS key
    MATCH (:Thing {key: key})<-[:VERSION_OF|ABOUT]-(other:Claim)
    WHERE other.stance = 'denies'
      AND other.recorded_from <= $known_at < other.recorded_until
    RETURN other
  }
  MATCH (other)-[:ABOUT]->(:Fact)<-[:VERSION_OF]-(one:Version)
  WHERE other.towards = 'fact'
    AND one.recorded_from <= $known_at < one.recorded_until AND NOT one:Withdrawal
    AND (near IS NULL OR one.key IN near OR other.key IN near)
    AND ($after IS NULL OR ['denial', one.key, one.key, other.key] > $after)
  RETURN one, other, one.key AS about, 'denial' AS dispute, 'A claim denies the fact.' AS reason
  ORDER BY one.key, other.key
  LIMIT $row_limit
  UNION
  UNWIND CASE WHEN coalesce($dispute, 'disjoint_quantities') = 'disjoint_quantities'
    AND coalesce($after[0], '') <= 'disjoint_quantities' THEN [1] ELSE [] END AS asked
  CALL (near) {
    UNWIND CASE WHEN near IS NULL THEN [1] ELSE [] END AS once
    MATCH (fact:Fact)<-[:VERSION_OF]-(counted:Contribution)
    WHERE counted.kind IN ['troops', 'arms', 'money', 'training', 'intelligence', 'other']
      AND counted.begins_earliest IS NOT NULL AND counted.ends_latest IS NOT NULL
      AND counted.recorded_from <= $known_at < counted.recorded_until
    RETURN fact, counted
    UNION
    UNWIND near AS key
    MATCH (fact:Thing {key: key})<-[:VERSION_OF]-(counted:Contribution)
    WHERE counted.recorded_from <= $known_at < counted.recorded_until
    RETURN fact, counted
    UNION
    UNWIND near AS key
    MATCH (:Thing {key: key})<-[:VERSION_OF]-(claim:Claim)-[:ABOUT]->(fact:Fact)<-[:VERSION_OF]-(counted:Contribution)
    WHERE claim.recorded_from <= $known_at < claim.recorded_until
      AND counted.recorded_from <= $known_at < counted.recorded_until
    RETURN fact, counted
  }
  WITH near, fact, COLLECT {
         MATCH (fact)<-[:ABOUT]-(claim:Claim)
         WHERE claim.recorded_from <= $known_at < claim.recorded_until
           AND claim.quantity_unit IS NOT NULL
           // These leave open how many there are.
           AND NOT claim.stance IN ['denies', 'evades', 'questions', 'requests']
         RETURN {
           claim: claim,
           measure: coalesce(claim.quantity_measure, counted.measure, ''),
           begins: coalesce(claim.speaks_of_begins_earliest, claim.made_on_earliest),
           ends: coalesce(claim.speaks_of_ends_latest, claim.made_on_latest + duration('P1D')),
           // Who speaks for somebody is no other claimant than those for whom they speak.
           by: [(claim)-[made:BY]->(who:Thing) | who.key] + [(claim)-[made:BY]->() | coalesce(made.on_behalf_of, '')]
               + [coalesce(claim.claimant_as_written, '')]
         }
       } AS numbers
  UNWIND numbers AS this
  UNWIND numbers AS that
  WITH near, fact, this, that, this.claim AS one, that.claim AS other
  WHERE one.key < other.key
    AND one.quantity_unit = other.quantity_unit AND this.measure = that.measure
    AND this.begins < that.ends AND that.begins < this.ends
    AND (one.quantity_high < other.quantity_low OR other.quantity_high < one.quantity_low)
    AND none(who IN this.by WHERE who <> '' AND who IN that.by)
    AND (near IS NULL OR one.key IN near OR other.key IN near OR fact.key IN near)
    AND ($after IS NULL OR ['disjoint_quantities', fact.key, one.key, other.key] > $after)
  RETURN one, other, fact.key AS about, 'disjoint_quantities' AS dispute,
         'Different claimants give numbers for the same days, and no number is possible for both.' AS reason
  ORDER BY about, one.key, other.key
  LIMIT $row_limit
  UNION
  UNWIND CASE WHEN coalesce($dispute, 'opposed_claims') = 'opposed_claims'
    AND coalesce($after[0], '') <= 'opposed_claims' THEN [1] ELSE [] END AS asked
  CALL (near) {
    UNWIND CASE WHEN near IS NULL THEN [1] ELSE [] END AS once
    MATCH (denial:Claim)
    WHERE denial.stance = 'denies' AND denial.made_on_earliest IS NOT NULL AND denial.made_on_latest IS NOT NULL
      AND denial.recorded_from <= $known_at < denial.recorded_until
    MATCH (denial)-[:ABOUT]->(fact:Fact)
    RETURN fact
    UNION
    UNWIND near AS key
    MATCH (fact:Thing {key: key})
    WHERE fact:Fact
    RETURN fact
    UNION
    UNWIND near AS key
    MATCH (:Thing {key: key})<-[:VERSION_OF]-(claim:Claim)-[:ABOUT]->(fact:Fact)
    WHERE claim.recorded_from <= $known_at < claim.recorded_until
    RETURN fact
  }
  MATCH (fact)<-[:ABOUT]-(other:Claim)
  WHERE other.stance = 'denies' AND other.towards = 'fact'
    AND other.recorded_from <= $known_at < other.recorded_until
  MATCH (fact)<-[:ABOUT]-(one:Claim)
  WHERE one.stance IN ['asserts', 'confirms'] AND one.towards = 'fact'
    AND one.recorded_from <= $known_at < one.recorded_until
    AND (near IS NULL OR one.key IN near OR other.key IN near OR fact.key IN near)
    AND ($after IS NULL OR ['opposed_claims', fact.key, one.key, other.key] > $after)
  RETURN one, other, fact.key AS about, 'opposed_claims' AS dispute,
         'One claim is for the same fact and the other against it.' AS reason
  ORDER BY about, one.key, other.key
  LIMIT $row_limit
}
WITH one, other, about, dispute, reason
ORDER BY dispute, about, one.key, other.key
LIMIT $row_limit
WITH one, other, about, dispute, reason,
     COLLECT {
       UNWIND [0, 1] AS i
       WITH i, [one, other][i] AS side
       RETURN CASE
                WHEN side:Act THEN replace(side.kind, '_', ' ')
                  + coalesce(' by ' + head(COLLECT {
                    MATCH (side)-[:BY]->(:Actor)<-[:VERSION_OF]-(d:Description)
                    WHERE d.recorded_from <= $known_at < d.recorded_until
                    RETURN d.name
                  }), '')
                  + CASE WHEN side.not_yet THEN ', not yet on ' ELSE ', ' END + side.day_edtf
                WHEN side:Claim THEN coalesce(side.claimant_as_written, head(COLLECT {
                    MATCH (side)-[:BY]->(who:Thing)
                    RETURN who.key
                    ORDER BY who.key
                  }))
                  + ' (' + side.stance + '): ' + side.sentence
                  + CASE
                    WHEN side.quantity_unit IS NULL THEN ''
                    WHEN side.quantity_low = side.quantity_high
                      THEN ' ' + toString(side.quantity_low) + ' ' + side.quantity_unit + '.'
                    ELSE coalesce(' At least ' + toString(side.quantity_low) + ' ' + side.quantity_unit + '.', '')
                      + coalesce(' At most ' + toString(side.quantity_high) + ' ' + side.quantity_unit + '.', '')
                  END
                  + coalesce(' In its words: ' + side.quantity_text + '.', '')
                WHEN side.text IS NOT NULL THEN side.text
                WHEN side.sentence IS NOT NULL THEN side.sentence
                // What has no sentence of its own is told by what it joins, its words and its days.
                ELSE toLower([l IN labels(side) WHERE l <> 'Version'][0]) + ': ' + reduce(s = '', key IN COLLECT {
                    MATCH (side)-[joins]->(thing:Thing)
                    WHERE NOT type(joins) IN ['VERSION_OF', 'ATTESTED_BY', 'CONTRADICTS']
                    RETURN thing.key
                    ORDER BY type(joins), thing.key
                  } | s + CASE s WHEN '' THEN '' ELSE ', ' END + key)
                  + coalesce(', ' + side.scheme + ' ' + side.code, ', ' + side.kind, ', ' + side.basis, '')
                  + coalesce(', ' + side.day_edtf, ', ' + side.begins + ' to ' + side.ends, '')
              END AS says
       ORDER BY i
     } AS says
RETURN dispute AS dispute,
       about AS about,
       reason AS reason,
       one.key AS fact,
       says[0] AS says,
       one.standing AS standing,
       COLLECT {
         MATCH (one)-[:ATTESTED_BY]->(source:Source)
         RETURN DISTINCT source.key AS key
         ORDER BY key
       } AS sources,
       other.key AS other_fact,
       says[1] AS other_says,
       other.standing AS other_standing,
       COLLECT {
         MATCH (other)-[:ATTESTED_BY]->(source:Source)
         RETURN DISTINCT source.key AS key
         ORDER BY key
       } AS other_sources,
       COLLECT {
         MATCH (one)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       COLLECT {
         MATCH (other)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS other_evidence,
       COLLECT {
         UNWIND [one.key, other.key, about] AS key
         MATCH (side:Thing {key: key})
         WHERE side:Fact
         RETURN DISTINCT key
         ORDER BY key
       } AS rests_on
