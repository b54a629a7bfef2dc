// What took the place of a thing that is withdrawn now.
MATCH (:Thing {key: $key})<-[:VERSION_OF]-(v:Withdrawal {recorded_until: $open})
WHERE v.replaced_by IS NOT NULL
RETURN v.replaced_by AS replaced_by
