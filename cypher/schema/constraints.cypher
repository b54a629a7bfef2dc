// Uniqueness is all that the Community edition can enforce; the models check the rest at the one write path.
// Nothing that contains recorded_until is ever indexed: scans would then miss or double rows while others write.

// Two first writers would make two locks without this.
CREATE CONSTRAINT graph_id IF NOT EXISTS FOR (g:Graph) REQUIRE g.id IS UNIQUE;
// Every look-up by key starts here, and a key is never used twice.
CREATE CONSTRAINT thing_key IF NOT EXISTS FOR (t:Thing) REQUIRE t.key IS UNIQUE;
CREATE CONSTRAINT state_key IF NOT EXISTS FOR (t:State) REQUIRE t.key IS UNIQUE;
CREATE CONSTRAINT organization_key IF NOT EXISTS FOR (t:Organization) REQUIRE t.key IS UNIQUE;
CREATE CONSTRAINT organ_key IF NOT EXISTS FOR (t:Organ) REQUIRE t.key IS UNIQUE;
CREATE CONSTRAINT official_key IF NOT EXISTS FOR (t:Official) REQUIRE t.key IS UNIQUE;
CREATE CONSTRAINT office_key IF NOT EXISTS FOR (t:Office) REQUIRE t.key IS UNIQUE;
CREATE CONSTRAINT place_key IF NOT EXISTS FOR (t:Place) REQUIRE t.key IS UNIQUE;
CREATE CONSTRAINT agreement_key IF NOT EXISTS FOR (t:Agreement) REQUIRE t.key IS UNIQUE;
CREATE CONSTRAINT provision_key IF NOT EXISTS FOR (t:Provision) REQUIRE t.key IS UNIQUE;
CREATE CONSTRAINT source_key IF NOT EXISTS FOR (t:Source) REQUIRE t.key IS UNIQUE;
CREATE CONSTRAINT version_no IF NOT EXISTS FOR (v:Version) REQUIRE (v.key, v.version) IS UNIQUE;
CREATE CONSTRAINT change_set_at IF NOT EXISTS FOR (c:ChangeSet) REQUIRE c.recorded_at IS UNIQUE;
CREATE CONSTRAINT change_set_id IF NOT EXISTS FOR (c:ChangeSet) REQUIRE c.idempotency_key IS UNIQUE;
// Every request that brings a key looks it up by this.
CREATE CONSTRAINT api_key_id IF NOT EXISTS FOR (k:ApiKey) REQUIRE k.id IS UNIQUE;
// What was erased is looked for by its hash before anything is put.
CREATE CONSTRAINT erasure_hash IF NOT EXISTS FOR (e:Erasure) REQUIRE e.hash IS UNIQUE;
// A saved question is found by its name, and of each revision there is one.
CREATE CONSTRAINT saved_question_name IF NOT EXISTS FOR (q:SavedQuestion) REQUIRE q.name IS UNIQUE;
CREATE CONSTRAINT saved_revision_id IF NOT EXISTS FOR (r:SavedRevision) REQUIRE r.id IS UNIQUE;
