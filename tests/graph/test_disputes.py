"""Which kinds of dispute written records can make."""

from typing import Any

from graph.disputes import MADE_BY, kinds_made_by
from graph.model import LABELS
from graph.model.entities import Agreement, Office
from graph.model.facts import Act, Tenure
from graph.model.records import Contradiction
from graph.model.vocabulary import Dispute

SOURCE: Any = [{"source": "s"}]
ACT = Act(key="a", kind="signature", day="1939-08-23", on="T", attested_by=SOURCE)
TENURE = Tenure(key="t", of="o", office="p", span="1939", attested_by=SOURCE)


def test_each_kind_is_made_by_some_label() -> None:
    assert set().union(*MADE_BY.values()) == set(Dispute) - {Dispute.CONTRADICTION}
    assert set(MADE_BY) <= set(LABELS)


def test_kinds_are_those_of_all_labels_in_the_order_of_their_names() -> None:
    assert kinds_made_by([TENURE, ACT, ACT]) == [
        "competing_acts",
        "force_before_signature",
        "overlapping_tenures",
        "unauthorised_signature",
    ]
    assert kinds_made_by([Office(key="p", title="An office", of="SUN")]) == kinds_made_by([TENURE])
    assert kinds_made_by([Agreement(key="T", title="A treaty")]) == []


def test_a_contradiction_is_made_only_where_a_record_names_one() -> None:
    contradicts = (Contradiction(fact="b", reason="Both cannot be."),)
    assert "contradiction" in kinds_made_by([ACT.model_copy(update={"contradicts": contradicts})])
    assert "contradiction" not in kinds_made_by([ACT])
