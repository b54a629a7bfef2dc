// One more revision of a saved question, where it is at the one that is meant to be replaced: 0, none. The lock comes
// before the comparison, since another may be writing it now.
MERGE (q:SavedQuestion {name: $name})
SET q.locked = $saved_at
WITH q
WHERE coalesce(q.revision, 0) = $replaces
  AND ($everything OR coalesce(q.owner, $saved_by) = $saved_by)
SET q.revision = $replaces + 1,
    q.topic = $topic,
    q.owner = coalesce(q.owner, $saved_by),
    q.content = $content,
    q.saved_at = $saved_at,
    q.saved_by = $saved_by,
    q.words = $words,
    q.tags = $tags,
    q.draft = $draft,
    q.deprecated = $deprecated,
    q.broken = [],
    q.checked_against = $checked_against
CREATE (:SavedRevision {
  id: $name + '/' + ($replaces + 1),
  name: $name,
  revision: $replaces + 1,
  topic: $topic,
  content: $content,
  draft: $draft,
  saved_at: $saved_at,
  saved_by: $saved_by
})
RETURN q.revision AS revision
