// Each index names the statement or the questions that need it.

// read/written and write/undo: what a change set opened
CREATE INDEX version_from IF NOT EXISTS FOR (v:Version) ON (v.recorded_from);
// write/referrers: on whose behalf somebody claimed or took part
CREATE INDEX by_on_behalf_of IF NOT EXISTS FOR ()-[l:BY]-() ON (l.on_behalf_of);
CREATE INDEX participant_on_behalf_of IF NOT EXISTS FOR ()-[l:PARTICIPANT]-() ON (l.on_behalf_of);
// derive/pieces
CREATE INDEX party_to_unit IF NOT EXISTS FOR ()-[p:PARTY_TO]-() ON (p.unit);
CREATE INDEX commits_to_unit IF NOT EXISTS FOR ()-[p:COMMITS_TO]-() ON (p.unit);
CREATE INDEX held_unit IF NOT EXISTS FOR ()-[p:HELD]-() ON (p.unit);
CREATE INDEX belonged_to_unit IF NOT EXISTS FOR ()-[p:BELONGED_TO]-() ON (p.unit);
// commitments_owed_to_state
CREATE INDEX commits_to_beneficiary IF NOT EXISTS FOR ()-[c:COMMITS_TO]-() ON (c.beneficiary, c.holds_from, c.holds_until);
// political_promises by bearer, and what a state owes
CREATE INDEX commits_to_bearer IF NOT EXISTS FOR ()-[c:COMMITS_TO]-() ON (c.bearer, c.holds_from, c.holds_until);
// commitments_between_states
CREATE INDEX commits_to_pair IF NOT EXISTS FOR ()-[c:COMMITS_TO]-() ON (c.bearer, c.beneficiary, c.holds_from, c.holds_until);
// political_promises
CREATE INDEX commits_to_binding IF NOT EXISTS FOR ()-[c:COMMITS_TO]-() ON (c.binding, c.holds_from, c.holds_until);
// states_drawn_in, chains_between_states, blocs: all pairs of a kind on a day. The later properties are there to be read from
// the index, where a string costs a quarter of what it costs in the store.
CREATE INDEX commits_to_kind IF NOT EXISTS FOR ()-[c:COMMITS_TO]-() ON (c.kind, c.holds_from, c.holds_until, c.in_force, c.bearer, c.beneficiary, c.fact);
// commitments_in_force: its order, so that a page starts where the one before ended; the days are read from the index too
CREATE INDEX commits_to_place IF NOT EXISTS FOR ()-[c:COMMITS_TO]-() ON (c.kind, c.bearer, c.beneficiary, c.fact, c.holds_from, c.holds_until);
// commitments_begun_or_ended of all states
CREATE INDEX commits_to_holds_from IF NOT EXISTS FOR ()-[c:COMMITS_TO]-() ON (c.holds_from);
CREATE INDEX commits_to_holds_until IF NOT EXISTS FOR ()-[c:COMMITS_TO]-() ON (c.holds_until);
// agreements_signed_not_in_force
CREATE INDEX party_to_in_force IF NOT EXISTS FOR ()-[p:PARTY_TO]-() ON (p.in_force, p.holds_from, p.holds_until);
// agreements_suspended_or_provisional; only what is provisional has that property
CREATE INDEX party_to_provisional IF NOT EXISTS FOR ()-[p:PARTY_TO]-() ON (p.provisional, p.holds_from, p.holds_until);
// agreements_in_force_for_state, agreements_between_states, agreements_signed_not_in_force of a state
CREATE INDEX party_to_party IF NOT EXISTS FOR ()-[p:PARTY_TO]-() ON (p.party, p.holds_from, p.holds_until);
// agreements_signed_not_in_force, whoever has signed, page by page, and parties by agreement and actor in obligation_test
CREATE INDEX party_to_waiting IF NOT EXISTS FOR ()-[p:PARTY_TO]-() ON (p.in_force, p.agreement, p.party);
// agreements_replaced_or_amended, whichever; with the key, so that who asks for terms of one agreement does not start here
CREATE INDEX term_kind IF NOT EXISTS FOR (t:Term) ON (t.kind, t.key);
// denials, accusations_without_evidence, requests_for_support, the denials among disputed_facts
CREATE INDEX claim_stance IF NOT EXISTS FOR (c:Claim) ON (c.stance, c.made_on_earliest, c.made_on_latest);
// troop_provisions
CREATE INDEX contribution_kind IF NOT EXISTS FOR (c:Contribution) ON (c.kind, c.begins_earliest, c.ends_latest);
// successions
CREATE INDEX succession_day IF NOT EXISTS FOR (s:Succession) ON (s.day_earliest, s.day_latest);
// read/windows and obligation_test: the sources that declare what they cover
CREATE INDEX description_covers_until IF NOT EXISTS FOR (d:Description) ON (d.covers_until);
// pages of the lists: states, officials, offices and sources have the constraint on their keys
CREATE INDEX commitment_key IF NOT EXISTS FOR (c:Commitment) ON (c.key);
CREATE INDEX commitment_kind IF NOT EXISTS FOR (c:Commitment) ON (c.kind, c.key);
CREATE INDEX commitment_binding IF NOT EXISTS FOR (c:Commitment) ON (c.binding, c.key);
CREATE INDEX contribution_key IF NOT EXISTS FOR (c:Contribution) ON (c.key);
CREATE INDEX contribution_kind_key IF NOT EXISTS FOR (c:Contribution) ON (c.kind, c.key);
CREATE INDEX event_key IF NOT EXISTS FOR (e:Event) ON (e.key);
CREATE INDEX event_kind IF NOT EXISTS FOR (e:Event) ON (e.kind, e.key);
CREATE INDEX claim_key IF NOT EXISTS FOR (c:Claim) ON (c.key);
CREATE INDEX claim_stance_key IF NOT EXISTS FOR (c:Claim) ON (c.stance, c.key);
// organizations and agreements of a kind
CREATE INDEX description_kind IF NOT EXISTS FOR (d:Description) ON (d.kind, d.key);
// obligation_test: what is owed to all parties together
CREATE INDEX commitment_beneficiaries IF NOT EXISTS FOR (c:Commitment) ON (c.beneficiaries, c.kind);
// every parameter that names a state: codes, prefixed or not
CREATE INDEX identifier_code IF NOT EXISTS FOR (i:Identifier) ON (i.scheme, i.code);
// agreements_by_subject, and agreements by words: titles and subjects in any script, with or without accents
CREATE FULLTEXT INDEX subjects IF NOT EXISTS FOR (d:Description) ON EACH [d.title, d.aliases, d.subject]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};
// every parameter that names something: names in any script, with or without accents, near misses
CREATE FULLTEXT INDEX names IF NOT EXISTS FOR (d:Description) ON EACH [d.key, d.name, d.name_in_own_script, d.aliases, d.title]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};
