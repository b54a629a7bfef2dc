// Things of which nothing was ever recorded.
MATCH (t:Thing)
WHERE NOT EXISTS { (t)<-[:VERSION_OF]-() }
RETURN t.key AS key,
       [label IN labels(t) WHERE label <> 'Thing'][0] AS says
ORDER BY key
LIMIT $most
