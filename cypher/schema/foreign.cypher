// One node that somebody else wrote, if there is any: before its first change set foedus has none of its own but keys and
// saved questions.
OPTIONAL MATCH (graph:Graph {id: 1})
WITH graph WHERE graph IS NULL
MATCH (n)
WHERE NOT n:ApiKey|SavedQuestion|SavedRevision
RETURN labels(n) AS labels
LIMIT 1
