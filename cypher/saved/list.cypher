// Saved questions that whoever asks may see, by name: open ones, and drafts of their own.
MATCH (q:SavedQuestion)
WHERE q.name > $after
  AND ($everything OR NOT q.draft OR q.owner = $who)
  AND ($tag IS NULL OR $tag IN q.tags)
  AND ($topic IS NULL OR q.topic = $topic)
  AND ($owner IS NULL OR q.owner = $owner)
  AND ($draft IS NULL OR q.draft = $draft)
  AND ($deprecated IS NULL OR (q.deprecated IS NOT NULL) = $deprecated)
  AND ($broken IS NULL OR (q.broken <> []) = $broken)
  AND all(word IN $words WHERE q.words CONTAINS word)
RETURN properties(q) AS fields
ORDER BY q.name
LIMIT $limit
