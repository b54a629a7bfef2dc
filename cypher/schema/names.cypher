// Makes every name of the model known, so that the planner's warning of an unknown name means a wrong one.
CALL () { UNWIND $labels AS name CALL db.createLabel(name) }
CALL () { UNWIND $types AS name CALL db.createRelationshipType(name) }
CALL () { UNWIND $properties AS name CALL db.createProperty(name) }
