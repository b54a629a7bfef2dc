// What indexes the database has, and what each is about; a constraint shows as the index that it owns, of its name.
SHOW INDEXES YIELD name, state, type, entityType, labelsOrTypes, properties, owningConstraint, options
RETURN name,
       state = 'ONLINE' AS online,
       type,
       entityType AS entity,
       labelsOrTypes AS about,
       properties,
       owningConstraint AS constraint,
       options.indexConfig['fulltext.analyzer'] AS analyzer
