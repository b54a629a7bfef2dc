// A text that somebody else wrote, as it is run: in braces, so that it is one statement, and only so much of it.
CALL () {
<text>
}
RETURN *
LIMIT $row_limit
