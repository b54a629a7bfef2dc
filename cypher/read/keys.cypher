// Keys of all things, withdrawn or not, from one on: a page of them in their order.
MATCH (t:Thing)
WHERE t.key > $after
RETURN t.key AS key
ORDER BY t.key
LIMIT $row_limit
