/*
title: Agreements signed and never ratified
about: Which agreements has a state, or anybody, signed and not consented to be bound by until a day, as far as is known, was the signature taken back, and did the agreement ever enter into force for others?
params:
  state: {type: state, about: Only where this state has signed, optional: true}
returns:
  agreement:           {type: agreement, about: The agreement}
  agreement_title:     {type: string, about: Its title, optional: true}
  signatory:           {type: actor, about: Who has signed}
  signatory_name:      {type: string, about: Its name as known, optional: true}
  signed:              {type: list of string, about: "Days of its signatures until then, each an EDTF date"}
  revoked:             {type: list of string, about: "Days on which it took a signature back until then, each an EDTF date"}
  consents_later:      {type: list of string, about: "Days of its acts of consent that do not surely lie before, each an EDTF date; none where none is known at all"}
  in_force:            {type: in_force, about: "How the agreement stands for the signatory on that day: pending where it is waited for, another word where a source names it as a party, and nothing where it has no part in it", optional: true}
  in_force_for_others: {type: in_force, about: "The surest that it was for anybody else on that day or before: definite, presumed or possible; nothing where it never was", optional: true}
  evidence:            {type: list of evidence, about: "Source, locator and quote of each signature and of each act that took one back"}
  rests_on:            {type: list of key, about: "These acts"}
order: [agreement, signatory]
edge: {from: signatory, to: agreement, label: agreement_title}
pages: own
reaches: [earlier_days]
*/
CALL () {
  MATCH (signatory:Thing {key: $state})<-[:BY]-(act:Act)-[:ON]->(agreement:Agreement)
  WHERE act.recorded_from <= $known_at < act.recorded_until AND act.standing = 'asserted'
    AND act.kind IN ['signature', 'ratification', 'acceptance', 'approval', 'accession', 'succession',
      'formal_confirmation', 'exchange_of_instruments', 'notification']
  WITH agreement, signatory, collect(act) AS acts
  WHERE any(act IN acts WHERE act.kind = 'signature' AND act.day_latest <= $on)
    AND none(act IN acts WHERE (act.binds OR act.kind <> 'signature') AND act.day_latest <= $on)
    // Where signature is consent, there is nothing to ratify.
    AND NOT EXISTS {
      MATCH (agreement)<-[:OF]-(term:Term)
      WHERE term.recorded_from <= $known_at < term.recorded_until AND term.standing = 'asserted'
        AND term.kind = 'consent' AND term.value = 'signature'
    }
  RETURN agreement, signatory, acts
  UNION ALL
  // Whoever has signed, from where the page before ended; nobody where a state is given.
  MATCH (agreement:Agreement)
  WHERE agreement.key >= CASE WHEN $state IS NULL THEN coalesce($after[0], '') END
  WITH agreement
  ORDER BY agreement.key
  CALL (agreement) {
    MATCH (agreement)<-[:ON]-(act:Act)-[:BY]->(signatory:Actor)
    WHERE act.recorded_from <= $known_at < act.recorded_until AND act.standing = 'asserted'
      AND act.kind IN ['signature', 'ratification', 'acceptance', 'approval', 'accession', 'succession',
        'formal_confirmation', 'exchange_of_instruments', 'notification']
    WITH signatory, collect(act) AS acts
    WHERE any(act IN acts WHERE act.kind = 'signature' AND act.day_latest <= $on)
      AND none(act IN acts WHERE (act.binds OR act.kind <> 'signature') AND act.day_latest <= $on)
      AND ($after IS NULL OR [agreement.key, signatory.key] > $after)
    RETURN signatory, acts
    ORDER BY signatory.key
  }
  WITH agreement, signatory, acts
  WHERE NOT EXISTS {
    MATCH (agreement)<-[:OF]-(term:Term)
    WHERE term.recorded_from <= $known_at < term.recorded_until AND term.standing = 'asserted'
      AND term.kind = 'consent' AND term.value = 'signature'
  }
  RETURN agreement, signatory, acts
  ORDER BY agreement.key, signatory.key
  LIMIT $row_limit
}
WITH agreement, signatory, acts
WHERE $after IS NULL OR [agreement.key, signatory.key] > $after
WITH agreement, signatory, acts
ORDER BY agreement.key, signatory.key
LIMIT $row_limit
WITH agreement, collect({signatory: signatory, acts: acts}) AS unbound
WITH agreement, unbound,
     COLLECT {
       MATCH (:Actor)-[p:PARTY_TO]->(agreement)
       WHERE p.holds_from <= $on AND p.recorded_from <= $known_at < p.recorded_until
       RETURN {party: p.party, in_force: p.in_force, still: $on < p.holds_until}
     } AS pieces
UNWIND unbound AS one
WITH agreement, pieces, one.signatory AS signatory,
     COLLECT {
       UNWIND one.acts AS act
       WITH act
       WHERE act.kind = 'signature' AND act.day_latest <= $on
       RETURN act
       ORDER BY act.day_earliest, act.key
     } AS signatures,
     COLLECT {
       UNWIND one.acts AS act
       WITH act
       WHERE act.binds OR act.kind <> 'signature'
       RETURN act.day_edtf
       ORDER BY act.day_earliest, act.key
     } AS consents_later
WITH agreement, pieces, signatory, signatures, consents_later,
     COLLECT {
       UNWIND signatures AS signature
       MATCH (signature)-[:VERSION_OF]->(:Thing)<-[:OF]-(back:Act)
       WHERE back.recorded_from <= $known_at < back.recorded_until AND back.standing = 'asserted'
         AND back.kind = 'revocation' AND back.day_latest <= $on
       RETURN back
       ORDER BY back.day_earliest, back.key
     } AS revocations
RETURN agreement.key AS agreement,
       head(COLLECT {
         MATCH (agreement)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
       }) AS agreement_title,
       signatory.key AS signatory,
       head(COLLECT {
         MATCH (signatory)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS signatory_name,
       [act IN signatures | act.day_edtf] AS signed,
       [act IN revocations | act.day_edtf] AS revoked,
       consents_later AS consents_later,
       head([p IN pieces WHERE p.party = signatory.key AND p.still | p.in_force]) AS in_force,
       head([word IN ['definite', 'presumed', 'possible']
         WHERE any(p IN pieces WHERE p.in_force = word AND p.party <> signatory.key)]) AS in_force_for_others,
       COLLECT {
         UNWIND signatures + revocations AS act
         MATCH (act)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY act.key, source.key, stated.locator, stated.quote
       } AS evidence,
       [act IN signatures + revocations | act.key] AS rests_on
