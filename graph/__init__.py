"""The ground floor: the model of what is recorded, and the only code that talks to Neo4j."""
