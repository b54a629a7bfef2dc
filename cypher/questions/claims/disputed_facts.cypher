/*
title: Disputed facts
about: Which facts do sources or claims contradict, what do both sides say, who says it, and why can both not be right?
timeless: A dispute is about facts as a whole, whatever their days.
scans: Acts compete on any agreement and contradictions lie between any facts, so that a register of all of them reads all acts.
params:
  thing:   {type: list of thing, about: "Only disputes about one of these entities or facts: a side of it, or what a side or the disputed fact is linked to, be it an agreement, an actor, a place or a source", optional: true}
  dispute: {type: list of dispute, about: Only disputes of these kinds, optional: true}
returns:
  dispute:        {type: dispute, about: The kind of dispute}
  about:          {type: key, about: "What is disputed: the agreement of acts, the office of tenures, the whole of parts, the fact that claims are about, else the fact itself"}
  reason:         {type: string, about: Why both cannot be right}
  fact:           {type: key, about: One side}
  says:           {type: string, about: What it says}
  standing:       {type: standing, about: Whether a source states it or it is there only because claims are about it}
  sources:        {type: list of source, about: The sources that state it}
  other_fact:     {type: key, about: "The other side; of an unauthorised signature the tenure of an office that may not sign, or the act itself where no office of those days is recorded"}
  other_says:     {type: string, about: What it says}
  other_standing: {type: standing, about: Whether a source states it or it is there only because claims are about it}
  other_sources:  {type: list of source, about: The sources that state it}
  evidence:       {type: list of evidence, about: "Source, locator and quote of each attestation of the one side"}
  other_evidence: {type: list of evidence, about: The same of the other side}
  rests_on:       {type: list of key, about: "Both sides, and the facts that claims are about"}
order: [dispute, about, fact, other_fact]
pages: own
edge: {from: fact, to: other_fact, label: dispute}
*/
// The kinds asked for, none that is before the page. What is near the things: their own versions, every version that is
// linked to one of them, and whose versions these are; nothing where no thing is asked for.
WITH [kind IN ['competing_acts', 'contradiction', 'denial', 'disjoint_quantities', 'force_before_signature',
               'opposed_claims', 'overlapping_tenures', 'part_above_whole', 'unauthorised_signature']
       WHERE coalesce(kind IN $dispute, true) AND coalesce($after[0], '') <= kind] AS asked,
     CASE WHEN $thing IS NOT NULL THEN COLLECT {
       CALL () {
         UNWIND $thing AS thing
         MATCH (:Thing {key: thing})<--(version)
         RETURN version
         UNION
         UNWIND $thing AS thing
         MATCH (version)-[linked:BY|PARTICIPANT]->()
         WHERE linked.on_behalf_of = thing
         RETURN version
       }
       WITH version
       WHERE version.recorded_from <= $known_at < version.recorded_until
       MATCH (version)-[:VERSION_OF]->(thing)
       UNWIND [version, thing] AS node
       RETURN DISTINCT node
     } END AS near
// Each kind gives no more than a page. What an UNWIND of nothing comes before is not done, while a WHERE would be looked
// at after it.
CALL (asked, near) {
  UNWIND [kind IN asked
    WHERE kind IN ['competing_acts', 'force_before_signature', 'unauthorised_signature']] AS dispute
  CALL (near, dispute) {
    UNWIND CASE WHEN near IS NULL THEN [1] ELSE [] END AS once
    MATCH (agreement:Agreement)
    WHERE agreement.key >= CASE $after[0] WHEN dispute THEN $after[1] ELSE '' END
    RETURN agreement
    UNION
    UNWIND near AS act
    MATCH (act)-[:ON]->(agreement:Agreement)
    RETURN agreement
    UNION
    // Tenures decide what somebody may sign.
    UNWIND CASE dispute WHEN 'unauthorised_signature' THEN near ELSE [] END AS tenure
    MATCH (tenure)-[:IN]->(:Office), (tenure)-[:OF]->(:Official)<-[:SIGNED_BY]-(act:Act)-[:ON]->(agreement:Agreement)
    WHERE act.recorded_from <= $known_at < act.recorded_until
    RETURN agreement
  }
  // One agreement after another, until the page is full.
  WITH near, dispute, agreement
  ORDER BY dispute, agreement.key
  CALL (agreement, dispute) {
    UNWIND CASE dispute WHEN 'competing_acts' THEN [1] ELSE [] END AS once
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
    RETURN one, other, 'Both are the same act of the same actor, and have different days.' AS reason,
           [] AS judged_by
    UNION
    UNWIND CASE dispute WHEN 'force_before_signature' THEN [1] ELSE [] END AS once
    MATCH (agreement)<-[:ON]-(act:Act)-[:BY]->(party)
    WHERE act.kind IN ['entry_into_force', 'signature'] AND NOT act.not_yet
      AND act.recorded_from <= $known_at < act.recorded_until
    WITH act.spell AS spell, party, collect(act) AS acts
    UNWIND [act IN acts WHERE act.kind = 'entry_into_force'] AS one
    UNWIND [act IN acts WHERE act.kind = 'signature'] AS other
    WITH one, other
    WHERE coalesce(one.effect_day_latest, one.day_latest) < other.day_earliest
    RETURN one, other, 'The agreement is in force for the party before the party has signed it.' AS reason,
           [] AS judged_by
    UNION
    UNWIND CASE dispute WHEN 'unauthorised_signature' THEN [1] ELSE [] END AS once
    MATCH (agreement)<-[:ON]-(one:Act)-[:SIGNED_BY]->(official)
    WHERE one.kind = 'signature' AND NOT one.authority IN ['full_powers', 'practice']
      AND one.recorded_from <= $known_at < one.recorded_until
    OPTIONAL MATCH (official)<-[:OF]-(tenure:Tenure)-[:IN]->(:Office)<-[:VERSION_OF]-(office:Description)
    WHERE tenure.begins_earliest <= one.day_latest AND one.day_earliest < tenure.ends_latest
      AND tenure.recorded_from <= $known_at < tenure.recorded_until
      AND office.recorded_from <= $known_at < office.recorded_until
    WITH one, official, collect(tenure) AS tenures, collect(coalesce(office.may_sign_treaties, office IS NOT NULL)) AS may
    // One of several who sign is enough. Where no office of those days is recorded, a source that says that it was
    // signed by virtue of one is believed.
    WITH one, reduce(all = [], some IN collect(tenures) | all + some) AS tenures,
         any(each IN collect(may) WHERE true IN each)
           OR one.authority = 'office' AND [] IN collect(tenures) AS authorised
    WHERE NOT authorised
    UNWIND CASE tenures WHEN [] THEN [one] ELSE tenures END AS other
    RETURN one, other,
           'Nobody who signed held an office that may sign, and no full powers are recorded.' AS reason,
           COLLECT {
             MATCH (one)-[:SIGNED_BY]->()<-[:OF]-(tenure:Tenure)
             WHERE tenure.recorded_from <= $known_at < tenure.recorded_until
             RETURN tenure
           } AS judged_by
  }
  WITH near, dispute, agreement, one, other, reason, judged_by
  WHERE (near IS NULL OR any(node IN [one, other, agreement] + judged_by WHERE node IN near))
    AND ($after IS NULL OR [dispute, agreement.key, one.key, other.key] > $after)
  RETURN one, other, agreement.key AS about, dispute, reason, [] AS beside
  ORDER BY dispute, agreement.key, one.key, other.key
  LIMIT $row_limit
  UNION
  // What is recorded as irreconcilable, whichever of the two names the other.
  UNWIND [kind IN asked WHERE kind = 'contradiction'] AS dispute
  CALL (near) {
    UNWIND CASE WHEN near IS NULL THEN [1] ELSE [] END AS once
    MATCH (naming)-[named:CONTRADICTS]->(contradicted:Thing)
    RETURN naming, named, contradicted
    UNION
    UNWIND near AS naming
    MATCH (naming)-[named:CONTRADICTS]->(contradicted:Thing)
    RETURN naming, named, contradicted
    UNION
    UNWIND near AS contradicted
    MATCH (naming)-[named:CONTRADICTS]->(contradicted)
    RETURN naming, named, contradicted
  }
  MATCH (contradicted)<-[:VERSION_OF]-(version:Version)
  WHERE naming.recorded_from <= $known_at < naming.recorded_until
    AND version.recorded_from <= $known_at < version.recorded_until
    AND NOT version:Withdrawal
  WITH dispute, CASE WHEN naming.key < version.key THEN [naming, version] ELSE [version, naming] END AS sides,
       named.reason AS reason
  ORDER BY reason
  WITH dispute, sides[0] AS one, sides[1] AS other, collect(DISTINCT reason) AS reasons
  OPTIONAL MATCH (one)-[:ON]->(agreement:Agreement)<-[:ON]-(other)
  WITH dispute, one, other, coalesce(agreement.key, one.key) AS about, reasons
  WHERE $after IS NULL OR [dispute, about, one.key, other.key] > $after
  RETURN one, other, about, dispute,
         reduce(s = reasons[0], reason IN reasons[1..] | s + ' ' + reason) AS reason, [] AS beside
  ORDER BY about, one.key, other.key
  LIMIT $row_limit
  UNION
  UNWIND [kind IN asked WHERE kind = 'denial'] AS dispute
  CALL (near) {
    UNWIND CASE WHEN near IS NULL THEN [1] ELSE [] END AS once
    MATCH (other:Claim)
    WHERE other.stance = 'denies' AND other.made_on_earliest IS NOT NULL AND other.made_on_latest IS NOT NULL
      AND other.recorded_from <= $known_at < other.recorded_until
    RETURN other
    UNION
    // A denial that is near, or one of a fact that is.
    UNWIND near AS thing
    MATCH (thing)<-[:VERSION_OF|ABOUT]-(other:Claim)
    WHERE other.stance = 'denies'
      AND other.recorded_from <= $known_at < other.recorded_until
    RETURN other
  }
  MATCH (other)-[:ABOUT]->(:Fact)<-[:VERSION_OF]-(one:Version)
  WHERE other.towards = 'fact'
    AND one.recorded_from <= $known_at < one.recorded_until AND NOT one:Withdrawal
    AND (near IS NULL OR one IN near OR other IN near)
    AND ($after IS NULL OR [dispute, one.key, one.key, other.key] > $after)
  RETURN one, other, one.key AS about, dispute, 'A claim denies the fact.' AS reason, [] AS beside
  ORDER BY one.key, other.key
  LIMIT $row_limit
  UNION
  UNWIND [kind IN asked WHERE kind IN ['disjoint_quantities', 'part_above_whole']] AS dispute
  CALL (near) {
    UNWIND CASE WHEN near IS NULL THEN [1] ELSE [] END AS once
    MATCH (fact:Fact)<-[:VERSION_OF]-(counted:Contribution)
    WHERE counted.kind IN ['troops', 'arms', 'money', 'training', 'intelligence', 'other']
      AND counted.begins_earliest IS NOT NULL AND counted.ends_latest IS NOT NULL
      AND counted.recorded_from <= $known_at < counted.recorded_until
    RETURN fact, counted
    UNION
    UNWIND near AS version
    MATCH (version)-[:VERSION_OF|ABOUT]->(fact:Fact)
    // In one pattern it could not be the same version.
    MATCH (fact)<-[:VERSION_OF]-(counted:Contribution)
    WHERE counted.recorded_from <= $known_at < counted.recorded_until
    RETURN fact, counted
  }
  // Numbers of one contribution are held against each other, or those of a part against those of its whole.
  CALL (dispute, fact, counted) {
    UNWIND CASE dispute WHEN 'disjoint_quantities' THEN [fact] ELSE [] END AS part
    RETURN part, part AS whole
    UNION
    UNWIND CASE dispute WHEN 'part_above_whole' THEN [fact] ELSE [] END AS part
    MATCH (counted)-[:PART_OF]->(whole:Fact)
    RETURN part, whole
    UNION
    UNWIND CASE dispute WHEN 'part_above_whole' THEN [fact] ELSE [] END AS whole
    MATCH (whole)<-[:PART_OF]-(smaller:Contribution)-[:VERSION_OF]->(part:Fact)
    WHERE smaller.recorded_from <= $known_at < smaller.recorded_until
    RETURN part, whole
  }
  WITH DISTINCT near, dispute, part, whole
  WITH near, dispute, part, whole, COLLECT {
         UNWIND CASE part WHEN whole THEN [part] ELSE [part, whole] END AS fact
         MATCH (fact)<-[:VERSION_OF]-(counted:Contribution)
         WHERE counted.recorded_from <= $known_at < counted.recorded_until
         CALL (dispute, fact, counted) {
           MATCH (fact)<-[:ABOUT]-(claim:Claim)
           WHERE claim.recorded_from <= $known_at < claim.recorded_until
             // These leave open how many there are.
             AND NOT claim.stance IN ['denies', 'evades', 'questions', 'requests']
           RETURN claim AS said,
                  coalesce(claim.speaks_of_begins_earliest, claim.made_on_earliest) AS begins,
                  coalesce(claim.speaks_of_ends_latest, claim.made_on_latest + duration('P1D')) AS ends,
                  CASE claim.made_on_earliest WHEN claim.made_on_latest THEN toString(claim.made_on_latest) END AS made_on,
                  // Who speaks for somebody is no other claimant than those for whom they speak.
                  [(claim)-[made:BY]->(who:Thing) | who.key]
                    + [(claim)-[made:BY]->() | coalesce(made.on_behalf_of, '')]
                    + [coalesce(claim.claimant_as_written, '')] AS by
           UNION
           // Where the contributions have numbers of their own, a source that states both is the claimant.
           UNWIND CASE dispute WHEN 'part_above_whole' THEN [counted] ELSE [] END AS said
           RETURN said,
                  said.begins_earliest AS begins,
                  said.ends_latest AS ends,
                  'when it was published' AS made_on,
                  [(said)-[:ATTESTED_BY]->(source:Source) | source.key] AS by
         }
         WITH *
         WHERE said.quantity_unit IS NOT NULL
         RETURN {
           of: fact,
           said: said,
           measure: coalesce(said.quantity_measure, counted.measure, ''),
           begins: begins,
           ends: ends,
           made_on: made_on,
           by: by
         }
       } AS numbers
  UNWIND [number IN numbers WHERE number.of = part] AS this
  UNWIND [number IN numbers WHERE number.of = whole] AS that
  WITH near, dispute, part, whole, this, that, this.said AS one, that.said AS other
  WHERE one.quantity_unit = other.quantity_unit AND this.measure = that.measure
    AND this.begins < that.ends AND that.begins < this.ends
    // A part is compared with its whole only within one claimant and day.
    AND any(who IN this.by WHERE who <> '' AND who IN that.by) = (dispute = 'part_above_whole')
    AND CASE dispute
          WHEN 'part_above_whole'
            THEN [this.made_on, this.begins, this.ends] = [that.made_on, that.begins, that.ends]
              AND one.quantity_low > other.quantity_high
          ELSE one.key < other.key
            AND (one.quantity_high < other.quantity_low OR other.quantity_high < one.quantity_low)
        END
    AND (near IS NULL OR one IN near OR other IN near OR whole IN near)
    AND ($after IS NULL OR [dispute, whole.key, one.key, other.key] > $after)
  WITH dispute, whole, one, other, collect(DISTINCT part.key) AS parts
  RETURN one, other, whole.key AS about, dispute,
         CASE dispute
           WHEN 'part_above_whole' THEN 'One claimant gives on one day, for the same days, a larger number for a part than for its whole.'
           ELSE 'Different claimants give numbers for the same days, and no number is possible for both.'
         END AS reason, [whole.key] + parts AS beside
  ORDER BY dispute, about, one.key, other.key
  LIMIT $row_limit
  UNION
  UNWIND [kind IN asked WHERE kind = 'opposed_claims'] AS dispute
  CALL (near) {
    UNWIND CASE WHEN near IS NULL THEN [1] ELSE [] END AS once
    MATCH (denial:Claim)
    WHERE denial.stance = 'denies' AND denial.made_on_earliest IS NOT NULL AND denial.made_on_latest IS NOT NULL
      AND denial.recorded_from <= $known_at < denial.recorded_until
    MATCH (denial)-[:ABOUT]->(fact:Fact)
    RETURN fact
    UNION
    UNWIND near AS version
    MATCH (version)-[:VERSION_OF|ABOUT]->(fact:Fact)
    RETURN fact
  }
  MATCH (fact)<-[:ABOUT]-(other:Claim)
  WHERE other.stance = 'denies' AND other.towards = 'fact'
    AND other.recorded_from <= $known_at < other.recorded_until
  MATCH (fact)<-[:ABOUT]-(one:Claim)
  WHERE one.stance IN ['asserts', 'confirms'] AND one.towards = 'fact'
    AND one.recorded_from <= $known_at < one.recorded_until
    AND (near IS NULL OR one IN near OR other IN near OR fact IN near)
    AND ($after IS NULL OR [dispute, fact.key, one.key, other.key] > $after)
  RETURN one, other, fact.key AS about, dispute,
         'One claim is for the same fact and the other against it.' AS reason, [fact.key] AS beside
  ORDER BY about, one.key, other.key
  LIMIT $row_limit
  UNION
  // Offices in the order of their keys, one after another, until the page is full.
  UNWIND [kind IN asked WHERE kind = 'overlapping_tenures'] AS dispute
  CALL (near, dispute) {
    UNWIND CASE WHEN near IS NULL THEN [1] ELSE [] END AS once
    MATCH (office:Office)
    WHERE office.key >= CASE $after[0] WHEN dispute THEN $after[1] ELSE '' END
    RETURN office
    UNION
    UNWIND near AS version
    MATCH (version)-[:VERSION_OF|IN]->(office:Office)
    RETURN office
  }
  WITH near, dispute, office
  ORDER BY office.key
  CALL (office) {
    MATCH (office)<-[:VERSION_OF]-(described:Description)
    WHERE described.exclusive AND described.recorded_from <= $known_at < described.recorded_until
    // Who holds it both times is one person.
    MATCH (office)<-[:IN]-(tenure:Tenure)-[:OF]->(official)
    WHERE tenure.begins_latest < tenure.presumed_until
      AND tenure.recorded_from <= $known_at < tenure.recorded_until
    WITH collect({tenure: tenure, official: official}) AS held
    UNWIND held AS this
    UNWIND held AS that
    WITH this, that, this.tenure AS one, that.tenure AS other
    WHERE one.key < other.key AND this.official <> that.official
      AND one.begins_latest < other.presumed_until AND other.begins_latest < one.presumed_until
    RETURN one, other
    ORDER BY one.key, other.key
  }
  WITH near, dispute, office, one, other
  WHERE (near IS NULL OR one IN near OR other IN near OR office IN near)
    AND ($after IS NULL OR [dispute, office.key, one.key, other.key] > $after)
  RETURN one, other, office.key AS about, dispute,
         'One person holds the office at a time, and both surely held it on one day.' AS reason, [] AS beside
  LIMIT $row_limit
}
WITH one, other, about, dispute, reason, beside
ORDER BY dispute, about, one.key, other.key
LIMIT $row_limit
WITH one, other, about, dispute, reason, beside,
     COLLECT {
       UNWIND [0, 1] AS i
       WITH i, [one, other][i] AS side
       RETURN {
         says: CASE
             WHEN side:Act THEN replace(side.kind, '_', ' ')
               + coalesce(' by ' + head(COLLECT {
                 MATCH (side)-[:BY]->(:Actor)<-[:VERSION_OF]-(d:Description)
                 WHERE d.recorded_from <= $known_at < d.recorded_until
                 RETURN d.name
               }), '')
               + CASE WHEN side.not_yet THEN ', not yet on ' ELSE ', ' END + side.day_edtf
               + coalesce(', with effect on ' + side.effect_day_edtf, '')
             WHEN side:Claim THEN coalesce(side.claimant_as_written, head(COLLECT {
                 MATCH (side)-[:BY]->(who:Thing)
                 RETURN who.key
                 ORDER BY who.key
               }))
               + ' (' + side.stance + '): ' + side.sentence
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
           END
           + CASE
             WHEN side.quantity_unit IS NULL THEN ''
             WHEN side.quantity_low = side.quantity_high
               THEN ' ' + toString(side.quantity_low) + ' ' + side.quantity_unit + '.'
             ELSE coalesce(' At least ' + toString(side.quantity_low) + ' ' + side.quantity_unit + '.', '')
               + coalesce(' At most ' + toString(side.quantity_high) + ' ' + side.quantity_unit + '.', '')
           END
           + coalesce(' In its words: ' + side.quantity_text + '.', ''),
         evidence: COLLECT {
           MATCH (side)-[stated:ATTESTED_BY]->(source:Source)
           RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
           ORDER BY source.key, stated.locator, stated.quote
         },
         sources: COLLECT {
           MATCH (side)-[:ATTESTED_BY]->(source:Source)
           RETURN DISTINCT source.key AS key
           ORDER BY key
         }
       } AS told
       ORDER BY i
     } AS told
RETURN dispute AS dispute,
       about AS about,
       reason AS reason,
       one.key AS fact,
       told[0].says AS says,
       one.standing AS standing,
       told[0].sources AS sources,
       other.key AS other_fact,
       told[1].says AS other_says,
       other.standing AS other_standing,
       told[1].sources AS other_sources,
       told[0].evidence AS evidence,
       told[1].evidence AS other_evidence,
       COLLECT {
         UNWIND [one.key, other.key] + beside AS key
         RETURN DISTINCT key
         ORDER BY key
       } AS rests_on
