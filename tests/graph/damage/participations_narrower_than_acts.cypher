// tolls.1930-convention.NTA | [1948-09-09..1960-01-01] to unknown, in force by acts since 1925-09-15
MATCH (late:Participation {key: 'tolls.1930-convention.NTA', recorded_until: $open})-[of:OF]->()
MATCH (force:Act {key: 'narrow-sea.1920-pact.entry.DOR', recorded_until: $open})-[:BY]->(party)
MATCH (force)-[:ON]->(pact)
MATCH (late)-[its:IN]->()
DELETE of, its
CREATE (late)-[:OF]->(party)
CREATE (late)-[:IN]->(pact)
