// What is wrong with a saved question on a schema and a server, unless it was saved anew meanwhile.
MATCH (q:SavedQuestion {name: $name})
WHERE q.revision = $revision
SET q.broken = $broken,
    q.checked_against = $checked_against
