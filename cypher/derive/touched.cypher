// The units whose derived relationships may change with any version of these things: agreements that it belongs to,
// political commitments, and those who hold offices or memberships.
UNWIND $keys AS key
MATCH (:Thing {key: key})<-[:VERSION_OF]-(changed:Version)
WHERE changed:Act OR changed:Participation OR changed:Term OR changed:Commitment OR changed:Tenure OR changed:Membership
   OR changed:Event OR changed:Claim OR changed:Reservation OR changed:Succession
   OR changed:Description AND EXISTS { (changed)-[:OF]->(:Agreement) }
CALL (changed) {
  // a provision that belongs to another agreement now takes its reservations along
  WITH changed
  WHERE changed:Description
  MATCH (changed)-[:OF]->(a:Agreement)
  RETURN a.key AS unit
  UNION
  WITH changed
  WHERE changed:Act OR changed:Participation OR changed:Term OR changed:Commitment
  MATCH (changed)-[:ON|IN|OF|UNDER]->(a:Agreement)
  RETURN a.key AS unit
  UNION
  WITH changed
  WHERE changed:Commitment AND NOT (changed)-[:UNDER]->()
  RETURN changed.key AS unit
  UNION
  WITH changed
  WHERE changed:Tenure OR changed:Membership
  MATCH (changed)-[:OF]->(holder:Thing)
  RETURN holder.key AS unit
  UNION
  WITH changed
  WHERE changed:Event
  MATCH (changed)-[:VERSION_OF]->(:Thing)<-[:UNTIL]-(lasting:Commitment)
  OPTIONAL MATCH (lasting)-[:UNDER]->(a:Agreement)
  RETURN coalesce(a.key, lasting.key) AS unit
  UNION
  WITH changed
  WHERE changed:Claim
  MATCH (changed)-[:ABOUT]->(:Thing)<-[:VERSION_OF]-(:Act)-[:ON]->(a:Agreement)
  RETURN a.key AS unit
  UNION
  WITH changed
  WHERE changed:Reservation
  MATCH (changed)-[:TO]->(a:Agreement)
  RETURN a.key AS unit
  UNION
  WITH changed
  WHERE changed:Reservation
  MATCH (changed)-[:TO]->(:Provision)<-[:VERSION_OF]-(:Description)-[:OF]->(a:Agreement)
  RETURN a.key AS unit
  UNION
  WITH changed
  WHERE changed:Reservation
  MATCH (changed)-[:TO]->(:Thing)<-[:VERSION_OF]-(objected:Reservation)-[:TO]->(a:Agreement)
  RETURN a.key AS unit
  UNION
  WITH changed
  WHERE changed:Reservation
  MATCH (changed)-[:TO]->(:Thing)<-[:VERSION_OF]-(objected:Reservation)-[:TO]->(:Provision)
        <-[:VERSION_OF]-(:Description)-[:OF]->(a:Agreement)
  RETURN a.key AS unit
  UNION
  WITH changed
  WHERE changed:Succession
  MATCH (changed)-[:FROM]->(:State)<-[:BY]-(:Act)-[:ON]->(a:Agreement)
  RETURN a.key AS unit
  UNION
  WITH changed
  WHERE changed:Succession
  MATCH (changed)-[:FROM]->(:State)<-[:OF]-(:Participation)-[:IN]->(a:Agreement)
  RETURN a.key AS unit
}
RETURN collect(DISTINCT unit) AS units
