CALL () {
<text>
}
WITH <columns>
WHERE $after IS NULL OR [<order>] > $after
WITH <columns>
ORDER BY <order>
LIMIT $row_limit
RETURN collect([<columns>]) AS rows
