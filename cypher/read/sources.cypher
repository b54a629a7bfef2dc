// Sources as they were described in a state of knowledge: those with these keys, and those that attest these things.
CALL () {
  UNWIND $sources AS key
  MATCH (source:Source {key: key})
  RETURN source
  UNION
  UNWIND $things AS key
  MATCH (:Thing {key: key})<-[:VERSION_OF]-(version:Version)-[:ATTESTED_BY]->(source:Source)
  WHERE version.recorded_from <= $known_at < version.recorded_until
  RETURN source
}
MATCH (source)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
RETURN source.key AS key,
       described.title AS title,
       described.publisher AS publisher,
       described.published_edtf AS published,
       described.address AS address,
       toString(described.retrieved) AS retrieved,
       described.licence AS licence,
       described.citation AS citation
ORDER BY key
