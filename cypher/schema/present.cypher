// What constraints and indexes the database has; a constraint shows as the index of its name.
SHOW INDEXES YIELD name, state
RETURN name, state
