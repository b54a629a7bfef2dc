// The derived relationships that each unit has now.
UNWIND $units AS unit
CALL (unit) {
  MATCH ()-[p:PARTY_TO {unit: unit}]->()
  WHERE p.recorded_until = $open
  RETURN p
  UNION ALL
  MATCH ()-[p:COMMITS_TO {unit: unit}]->()
  WHERE p.recorded_until = $open
  RETURN p
  UNION ALL
  MATCH ()-[p:HELD {unit: unit}]->()
  WHERE p.recorded_until = $open
  RETURN p
  UNION ALL
  MATCH ()-[p:BELONGED_TO {unit: unit}]->()
  WHERE p.recorded_until = $open
  RETURN p
}
RETURN elementId(p) AS id,
       type(p) AS type,
       startNode(p).key AS start,
       endNode(p).key AS end,
       properties(p) AS fields
