// One saved question as it was in one of its revisions.
MATCH (r:SavedRevision {id: $name + '/' + $revision})
MATCH (q:SavedQuestion {name: $name})
RETURN q {.name, .owner, .checked_against,
         draft: q.draft OR coalesce(r.draft, false),
         broken: CASE WHEN r.revision = q.revision THEN q.broken ELSE [] END,
         revision: r.revision, topic: r.topic, content: r.content, saved_at: r.saved_at, saved_by: r.saved_by} AS fields
