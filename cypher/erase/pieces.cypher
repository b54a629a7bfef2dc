// The derived relationships, of all time, of these units and of these things.
CALL () {
  UNWIND $keys AS key
  MATCH (:Thing {key: key})-[p:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]-(:Thing)
  RETURN p
  UNION
  UNWIND $units AS unit
  MATCH ()-[p:PARTY_TO {unit: unit}]->()
  RETURN p
  UNION
  UNWIND $units AS unit
  MATCH ()-[p:COMMITS_TO {unit: unit}]->()
  RETURN p
  UNION
  UNWIND $units AS unit
  MATCH ()-[p:HELD {unit: unit}]->()
  RETURN p
  UNION
  UNWIND $units AS unit
  MATCH ()-[p:BELONGED_TO {unit: unit}]->()
  RETURN p
}
RETURN elementId(p) AS id,
       startNode(p).key AS start,
       endNode(p).key AS end,
       properties(p) AS fields
