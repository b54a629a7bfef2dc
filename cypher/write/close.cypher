// End the current versions of these keys.
UNWIND $keys AS key
MATCH (:Thing {key: key})<-[:VERSION_OF]-(v:Version {recorded_until: $open})
SET v.recorded_until = $recorded_at
