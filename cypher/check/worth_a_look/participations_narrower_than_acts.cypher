// Participations that surely begin after the party's entry into force, or surely end though no act ends them.
MATCH (agreement:Agreement)
CALL (agreement) {
  // Once through all that parties did or are said to do: there may be hundreds of them.
  MATCH (agreement)<-[:ON|IN]-(v)-[:BY|OF]->(party)
  WHERE v.recorded_from <= $known_at < v.recorded_until
    AND (v:Participation OR v.kind IN ['withdrawal', 'denunciation', 'termination', 'expiry']
      OR v.kind = 'entry_into_force' AND NOT v.not_yet)
  WITH party, v.spell AS spell,
       collect(CASE WHEN v:Participation THEN v END) AS parts,
       min(CASE v.kind WHEN 'entry_into_force' THEN coalesce(v.effect_day_latest, v.day_latest) END) AS in_force,
       count(CASE WHEN v.kind <> 'entry_into_force' THEN 1 END) AS ends
  WHERE in_force IS NOT NULL
  UNWIND parts AS part
  RETURN part, in_force, ends
}
WITH agreement, part, in_force, ends
WHERE part.begins_earliest > in_force
   OR ends = 0 AND part.ends_latest < date('9999-12-31')
     AND NOT EXISTS {
       MATCH (agreement)<-[:ON]-(over)
       WHERE over.recorded_from <= $known_at < over.recorded_until
         AND over.kind IN ['termination', 'expiry'] AND NOT EXISTS { (over)-[:BY]->() }
     }
RETURN part.key AS key,
       part.begins + ' to ' + part.ends + ', in force by acts since ' + toString(in_force) AS says
ORDER BY key
LIMIT $most
