// One saved question as it is now.
MATCH (q:SavedQuestion {name: $name})
RETURN properties(q) AS fields
