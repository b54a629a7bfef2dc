// Every row of a question whose function makes the answer from them.
CALL () {
<text>
}
RETURN collect([<columns>]) AS rows
