// A saved question with all its revisions, where it is at the one that is meant.
MATCH (q:SavedQuestion {name: $name})
SET q.locked = $now
WITH q
WHERE q.revision = $revision
  AND ($everything OR q.owner = $who)
OPTIONAL MATCH (r:SavedRevision)
WHERE r.id STARTS WITH $name + '/'
WITH q, collect(r) AS revisions
FOREACH (r IN revisions | DELETE r)
DELETE q
RETURN size(revisions) AS removed
