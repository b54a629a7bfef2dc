// The derived relationships of these units in a state of knowledge. Of facts only political commitments are units, and
// most keys are those of facts.
UNWIND $units AS unit
MATCH (t:Thing {key: unit})
WHERE NOT t:Fact OR EXISTS { (t)<-[:VERSION_OF]-(v:Commitment) WHERE NOT (v)-[:UNDER]->() }
CALL (unit) {
  MATCH ()-[p:PARTY_TO {unit: unit}]->()
  RETURN p
  UNION ALL
  MATCH ()-[p:COMMITS_TO {unit: unit}]->()
  RETURN p
  UNION ALL
  MATCH ()-[p:HELD {unit: unit}]->()
  RETURN p
  UNION ALL
  MATCH ()-[p:BELONGED_TO {unit: unit}]->()
  RETURN p
}
WITH unit, p
WHERE p.recorded_from <= $known_at < p.recorded_until
RETURN type(p) AS type,
       startNode(p).key AS start,
       endNode(p).key AS end,
       properties(p) AS fields
