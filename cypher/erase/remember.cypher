// What stays of an erasure: hashes of what was erased, and that there was one more of them.
MATCH (g:Graph {id: 1})
SET g.erasures = coalesce(g.erasures, 0) + 1
WITH g.erasures AS erasures
UNWIND $rows AS row
MERGE (e:Erasure {hash: row.hash})
SET e += row,
    e.erased_at = $erased_at
RETURN DISTINCT erasures
