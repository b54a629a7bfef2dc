"""Loads many records at once into an empty data folder, through the import tool of Neo4j, as a writer would have.

`load` holds what others call. It is for worlds of a million facts; whatever is written to a graph goes through
`graph.writer`.
"""
