import time
from graph.model.changes import ChangeSet, Put
from graph.errors import InputError
from tests.conftest import SmallWorld, World
from tests.questions.decoys import decoy
from tests.world.story import change_sets
from tests.world.test_questions import CASES, golden, ask, CATALOG, as_text

async def test_hints(small_world: SmallWorld):
    for text,on in (("cow:255","1950-01-01"),("gw:34","1950-01-01"),("LEAGUE","1950-01-01"),("Morvana","1950-01-01")):
        try: await ask(small_world.graph, CATALOG["commitments_owed_to_state"], state=text, on=on)
        except InputError as e: print(e.problems)
    try: await ask(small_world.graph, CATALOG["statehood_of"], state="cow:730")
    except InputError as e: print(e.problems)

async def test_decoys(world: World):
    sw = await world.small(); world.changed()
    then = sw.instants[-1]
    recs={}
    for cs in change_sets():
        for op in cs.operations:
            if isinstance(op, Put): recs[op.key]=op.record
            else: recs.pop(op.key)
    t=time.time()
    for some in ([decoy(r) for r in recs.values()], list(recs.values())):
        await sw.graph.writer.apply(ChangeSet.of(some, author="a test", reason="to see"))
    print("written", time.time()-t)
    t=time.time()
    for known in (then, await sw.graph.revision.known_at()):
        for name, case in CASES.items():
            if case.get("known",3)!=3 or case.get("differs"): continue
            cols, exp = golden(name)
            a = await ask(sw.graph, CATALOG[case["question"]], **case.get("asked",{}), known_at=known.isoformat())
            got=[[as_text(r[c]) for c in cols] for r in a.records]
            if got!=exp: print("DIFF", name, known==then, got[:3])
    print(time.time()-t)
