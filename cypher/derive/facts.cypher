// The current facts of each unit, as they are stored.
UNWIND $units AS unit
MATCH (t:Thing {key: unit})
CALL (t) {
  // a participation is of its agreement and not of who takes part; a membership of the member, a tenure of the official
  MATCH (t)<-[link:ON|IN|OF|UNDER]-(v:Version {recorded_until: $open})
  WHERE v:Act OR v:Term OR v:Commitment
     OR v:Participation AND type(link) = 'IN'
     OR (v:Tenure OR v:Membership) AND type(link) = 'OF'
  RETURN v
  UNION
  // a political commitment is a unit by itself
  MATCH (t)<-[:VERSION_OF]-(v:Commitment {recorded_until: $open})
  WHERE NOT (v)-[:UNDER]->()
  RETURN v
  UNION
  // the events until which commitments last
  MATCH (t)<-[:UNDER]-(:Commitment {recorded_until: $open})-[:UNTIL]->(:Thing)<-[:VERSION_OF]-(v:Event {recorded_until: $open})
  RETURN v
  UNION
  MATCH (t)<-[:VERSION_OF]-(:Commitment {recorded_until: $open})-[:UNTIL]->(:Thing)
        <-[:VERSION_OF]-(v:Event {recorded_until: $open})
  RETURN v
  UNION
  // claims that deny an act on the agreement
  MATCH (t)<-[:ON]-(:Act {recorded_until: $open})-[:VERSION_OF]->(:Thing)<-[:ABOUT]-(v:Claim {recorded_until: $open})
  WHERE v.stance = 'denies' AND v.towards = 'fact'
  RETURN v
  UNION
  // reservations to the agreement or to a provision of it
  MATCH (t)<-[:TO]-(v:Reservation {recorded_until: $open})
  RETURN v
  UNION
  MATCH (t)<-[:OF]-(:Description {recorded_until: $open})-[:VERSION_OF]->(:Provision)<-[:TO]-(v:Reservation {recorded_until: $open})
  RETURN v
  UNION
  // objections to those
  MATCH (t)<-[:TO]-(:Reservation {recorded_until: $open})-[:VERSION_OF]->(:Thing)<-[:TO]-(v:Reservation {recorded_until: $open})
  RETURN v
  UNION
  MATCH (t)<-[:OF]-(:Description {recorded_until: $open})-[:VERSION_OF]->(:Provision)<-[:TO]-(:Reservation {recorded_until: $open})
        -[:VERSION_OF]->(:Thing)<-[:TO]-(v:Reservation {recorded_until: $open})
  RETURN v
  UNION
  // the end of states that have a part in the agreement
  MATCH (t)<-[:ON]-(:Act {recorded_until: $open})-[:BY]->(:State)<-[:FROM]-(v:Succession {recorded_until: $open})
  RETURN v
  UNION
  MATCH (t)<-[:IN]-(:Participation {recorded_until: $open})-[:OF]->(:State)<-[:FROM]-(v:Succession {recorded_until: $open})
  RETURN v
}
ORDER BY unit, v.key
// What was written at this very instant is known to whoever asks, and not sent back.
WITH unit, v, coalesce(v.recorded_from = $written_at, false) AS known
WITH unit,
     CASE WHEN known THEN v.key END AS written,
     CASE WHEN NOT known THEN {
       labels: labels(v),
       links: [(v)-[l]->(to:Thing) WHERE type(l) <> 'VERSION_OF' | {type: type(l), to: to.key, fields: properties(l)}],
       // Bounds of days and recorded times follow from the rest or are not needed, and take longer to send than all else.
       fields: [name IN keys(v) WHERE NOT (name ENDS WITH '_earliest' OR name ENDS WITH '_latest'
         OR name ENDS WITH 'presumed_until' OR name STARTS WITH 'recorded_') | [name, v[name]]]
     } END AS fact
RETURN unit, collect(written) AS written, collect(fact) AS facts
