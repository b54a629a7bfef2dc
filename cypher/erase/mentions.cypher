// Every version, of any time, in which one of these pieces of text stands somewhere: in itself or on one of its links.
// It reads all there is, which a rare work of an administrator may.
MATCH (t:Thing)<-[:VERSION_OF]-(v:Version)
WITH t, v, [(v)-[l]->(:Thing) WHERE type(l) <> 'VERSION_OF' | properties(l)] AS said
WITH t, v, [fields IN [properties(v)] + said | [name IN keys(fields) WHERE fields[name] IS :: STRING | fields[name]]] AS plain,
     reduce(all = [], name IN [name IN keys(v) WHERE v[name] IS :: LIST<STRING NOT NULL>] | all + v[name]) AS listed
WITH t, v, reduce(all = listed, some IN plain | all + some) AS texts
WHERE any(text IN texts WHERE any(piece IN $pieces WHERE toLower(text) CONTAINS piece))
RETURN labels(t) + labels(v) AS labels,
       properties(v) AS fields,
       [(v)-[l]->(to:Thing) WHERE type(l) <> 'VERSION_OF' | {id: elementId(l), type: type(l), to: to.key, fields: properties(l)}] AS links
ORDER BY v.key, v.version
