// Which of these facts, or of those that speak of them, were recorded, corrected or withdrawn after one state of
// knowledge and up to another.
UNWIND $keys AS key
MATCH (fact:Fact {key: key})
CALL (fact) {
  MATCH (fact)<-[:VERSION_OF]-(v:Version)
  WHERE $earlier < v.recorded_from <= $later OR $earlier < v.recorded_until <= $later
  RETURN v.key AS changed
  UNION
  MATCH (fact)<-[joins]-(v:Version)
  WHERE type(joins) <> 'VERSION_OF'
    AND ($earlier < v.recorded_from <= $later OR $earlier < v.recorded_until <= $later)
  RETURN v.key AS changed
}
RETURN key, collect(changed) AS changed
