"""A Neo4j of one's own: fetched as jars with a Java runtime, started in a data folder and stopped with its owner.

`server` holds what others call. Neo4j Community is only started beside foedus, and never becomes part of it.
"""
