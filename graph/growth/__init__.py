"""How much a text may make of what it is given, read from its words: what its plan does not show.

A database looks at its limits of time and memory between rows, and not inside an expression: thirty times `s + s`, a
list made for each element of a list, or a regular expression may take all its memory, or a core for ever. So each
expression is measured before it is run, upwards; the guard refuses a text that makes too much.
"""
