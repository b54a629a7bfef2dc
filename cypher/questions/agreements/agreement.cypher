/*
title: An agreement with its links
about: What is this agreement, what does it say, who is party to it on a day, which acts were performed on it, and what do its terms, reservations and commitments say?
path: /agreements/{agreement}
params:
  agreement: {type: agreement, about: The agreement, example: PRK-RUS.2024-strategic-partnership}
returns:
  agreement:        {type: agreement, about: The agreement}
  title:            {type: string, about: Its title}
  aliases:          {type: list of string, about: Other titles}
  kind:             {type: agreement_kind, about: Its form}
  subject:          {type: string, about: What it is about, optional: true}
  text_address:     {type: string, about: Where its text can be read, optional: true}
  identifiers:      {type: list of linked, about: "Codes that stand or stood for it, with their days"}
  provisions:       {type: list of linked, about: "Its articles with their headings or texts, at most 100"}
  parties:          {type: list of linked, about: "Who is party to it on that day, or waits to be, and how sure that is; at most 100, `parties_to_agreement` lists all"}
  party_count:      {type: integer, about: How many those are}
  acts:             {type: list of linked, about: "What was performed on it and by whom, the first 100 by their days; `agreement_timeline` lists all"}
  act_count:        {type: integer, about: How many acts are recorded}
  participations:   {type: list of linked, about: "Who takes part as sources state without naming an act, at most 100"}
  terms:            {type: list of linked, about: "What it says of itself, each by its kind; `terms_of_agreement` tells more"}
  reservations:     {type: list of linked, about: "Reservations and declarations to it or its provisions, and whose they are; at most 100"}
  commitments:      {type: list of linked, about: "What is owed under it, at most 100; `commitments_under_agreement` lists all"}
  commitment_count: {type: integer, about: How many commitments are recorded under it}
  version:          {type: integer, about: Number of the version of its description}
  recorded_from:    {type: instant, about: When that version was recorded}
order: [agreement]
*/
MATCH (agreement:Thing {key: $agreement})<-[:VERSION_OF]-(d:Description)
WHERE d.recorded_from <= $known_at < d.recorded_until
RETURN agreement.key AS agreement,
       d.title AS title,
       coalesce(d.aliases, []) AS aliases,
       d.kind AS kind,
       d.subject AS subject,
       d.text_address AS text_address,
       COLLECT {
         MATCH (agreement)<-[:OF]-(i:Identifier)
         WHERE i.recorded_from <= $known_at < i.recorded_until
         RETURN {key: i.key, label: 'Identifier', says: i.scheme + ':' + i.code, begins: i.begins, ends: i.ends}
         ORDER BY i.scheme, i.begins_earliest, i.code
       } AS identifiers,
       COLLECT {
         MATCH (agreement)<-[:OF]-(of:Description)-[:VERSION_OF]->(provision:Provision)
         WHERE of.recorded_from <= $known_at < of.recorded_until
         RETURN {key: provision.key, label: 'Provision', says: coalesce(of.heading, of.text), begins: null, ends: null}
         ORDER BY provision.key
         LIMIT 100
       } AS provisions,
       COLLECT {
         MATCH (party:Actor)-[p:PARTY_TO]->()
         WHERE p.unit = $agreement AND p.holds_from <= $on < p.holds_until
           AND p.recorded_from <= $known_at < p.recorded_until
         RETURN {
           key: party.key,
           label: head([l IN labels(party) WHERE NOT l IN ['Thing', 'Actor']]),
           says: p.in_force,
           begins: toString(p.holds_from),
           ends: CASE WHEN p.holds_until < date('9999-12-31') THEN toString(p.holds_until) END
         }
         ORDER BY party.key
         LIMIT 100
       } AS parties,
       COUNT {
         MATCH (party:Actor)-[p:PARTY_TO]->()
         WHERE p.unit = $agreement AND p.holds_from <= $on < p.holds_until
           AND p.recorded_from <= $known_at < p.recorded_until
         RETURN DISTINCT party
       } AS party_count,
       COLLECT {
         MATCH (agreement)<-[:ON]-(act:Act)
         WHERE act.recorded_from <= $known_at < act.recorded_until
         WITH act
         ORDER BY act.day_earliest, act.key
         LIMIT 100
         RETURN {
           key: act.key,
           label: 'Act',
           says: CASE WHEN act.not_yet THEN 'no ' ELSE '' END + replace(act.kind, '_', ' ')
             + coalesce(' by ' + head([(act)-[:BY]->(by:Actor) | by.key]), ''),
           begins: act.day_edtf,
           ends: null
         }
       } AS acts,
       COUNT {
         MATCH (agreement)<-[:ON]-(act:Act)
         WHERE act.recorded_from <= $known_at < act.recorded_until
       } AS act_count,
       COLLECT {
         MATCH (agreement)<-[:IN]-(taking:Participation)-[:OF]->(who:Actor)
         WHERE taking.recorded_from <= $known_at < taking.recorded_until
         RETURN {
           key: taking.key,
           label: 'Participation',
           says: who.key + ', ' + taking.basis,
           begins: taking.begins,
           ends: taking.ends
         }
         ORDER BY taking.key
         LIMIT 100
       } AS participations,
       COLLECT {
         MATCH (agreement)<-[:OF]-(term:Term)
         WHERE term.recorded_from <= $known_at < term.recorded_until
         RETURN {
           key: term.key,
           label: 'Term',
           says: replace(term.kind, '_', ' ') + coalesce(': ' + coalesce(term.value, term.sentence), ''),
           begins: null,
           ends: null
         }
         ORDER BY term.key
       } AS terms,
       COLLECT {
         CALL (agreement) {
           MATCH (agreement)<-[:TO]-(made:Reservation)
           WHERE made.recorded_from <= $known_at < made.recorded_until
           RETURN made
           UNION
           MATCH (agreement)<-[:OF]-(of:Description)-[:VERSION_OF]->(:Provision)<-[:TO]-(made:Reservation)
           WHERE of.recorded_from <= $known_at < of.recorded_until
             AND made.recorded_from <= $known_at < made.recorded_until
           RETURN made
         }
         MATCH (made)-[:BY]->(by:Actor)
         RETURN {
           key: made.key,
           label: 'Reservation',
           says: by.key + ' ' + made.effect + coalesce(': ' + made.text, ''),
           begins: made.begins,
           ends: made.ends
         }
         ORDER BY made.key
         LIMIT 100
       } AS reservations,
       COLLECT {
         MATCH (agreement)<-[:UNDER]-(c:Commitment)
         WHERE c.recorded_from <= $known_at < c.recorded_until
         RETURN {
           key: c.key,
           label: 'Commitment',
           says: replace(c.kind, '_', ' ') + coalesce(': ' + c.text, ''),
           begins: c.begins,
           ends: c.ends
         }
         ORDER BY c.key
         LIMIT 100
       } AS commitments,
       COUNT {
         MATCH (agreement)<-[:UNDER]-(c:Commitment)
         WHERE c.recorded_from <= $known_at < c.recorded_until
       } AS commitment_count,
       d.version AS version,
       d.recorded_from AS recorded_from
