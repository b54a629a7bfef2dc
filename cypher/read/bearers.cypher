// Those who owed anything to anybody in any state of knowledge.
MATCH (a:Actor)
WHERE EXISTS { (a)-[:COMMITS_TO]->() }
RETURN a.key AS key
ORDER BY key
