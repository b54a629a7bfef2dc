// Close what no longer follows and open what follows now.
CALL () {
  UNWIND $closed AS id
  MATCH ()-[p]->()
  WHERE elementId(p) = id
  SET p.recorded_until = $recorded_at
}
CALL () {
  UNWIND $opened AS row
  MATCH (a:Thing {key: row.start})
  MATCH (b:Thing {key: row.end})
  CREATE (a)-[p:$(row.type)]->(b)
  SET p = row.fields,
      p.recorded_from = $recorded_at,
      p.recorded_until = $open
}
