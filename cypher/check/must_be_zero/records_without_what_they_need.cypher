// Records that lack a property or a link which every record of their label has.
MATCH (v:Version)-[:VERSION_OF]->(t:Thing)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND NOT v:Withdrawal
WITH v, [label IN labels(v) + labels(t) WHERE $properties[label] IS NOT NULL][0] AS label,
     [(v)-[link]->() | type(link)] AS types
WITH v, label,
     [name IN $properties[label] WHERE v[name] IS NULL] + [type IN $links[label] WHERE NOT type IN types] AS lacking
WHERE label IS NULL OR lacking <> []
RETURN v.key AS key,
       coalesce(label + ' without ' + reduce(s = lacking[0], name IN lacking[1..] | s + ', ' + name),
         'a record of no label of the model') AS says
ORDER BY key
LIMIT $most
