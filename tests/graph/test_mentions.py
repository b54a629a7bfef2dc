"""Names are found in texts however they are written, and nothing else is taken for one."""

import pytest

from graph.mentions import LONGEST_OF_ANY_FIELD, MARK, Mentions, may_be_looked_for, pieces

MENTIONS = Mentions(["Sergey Lavrov", "Šefčovič", "Choe Son Hui", "최선희", "Сергей Лавров"], ["lavrov"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sergey Lavrov spoke.", "[erased] spoke."),
        ("SERGEY  LAVROV's visit", "[erased]'s visit"),
        ("Sergey-Lavrov", "[erased]"),
        ("Sefcovic and Šefčovič", "[erased] and [erased]"),
        ("S\u030cefc\u030covic\u030c met", "[erased] met"),
        ("CHOE SON-HUI", "[erased]"),
        ("최선희는 말했다", "[erased]는 말했다"),
        ("Сергей Лавров заявил", "[erased] заявил"),
        ("The Lavrov plan", "The [erased] plan"),
        ("Lavrovs and Sergey Lavrovich, a lavrov", "Lavrovs and Sergey Lavrovich, a lavrov"),
        ("Sergey Shoigu", "Sergey Shoigu"),
    ],
)
def test_a_mark_stands_in_place_of_each_name(text: str, expected: str) -> None:
    assert MENTIONS.without(text, of_the_person=True) == expected


def test_a_word_alone_is_replaced_in_texts_of_the_person_only_and_found_in_all() -> None:
    text = "Lavrov of event.choe-lavrov"
    assert MENTIONS.without(text, of_the_person=False) == text
    assert MENTIONS.found(text)
    assert MENTIONS.found("event.choe-lavrov")
    assert not MENTIONS.found("Sergey")


def test_short_names_are_not_looked_for_where_words_are_set_apart() -> None:
    names = ["Li", "Kim", "Kim Il", "Li Wei", "최선희", "王毅", "Lavrov"]
    assert [name for name in names if may_be_looked_for(name)] == ["Kim Il", "Li Wei", "최선희", "Lavrov"]


def test_a_text_still_fits_into_its_field() -> None:
    text = "Rice " * 400
    assert len(Mentions(["Rice"]).without(text, of_the_person=True)) == len(text)
    assert len(Mentions(["Rice"]).without("Rice " * 90, of_the_person=True)) <= LONGEST_OF_ANY_FIELD


def test_nothing_is_found_where_nothing_is_looked_for() -> None:
    assert not Mentions([]).found("")
    assert Mentions([]).without("Sergey Lavrov", of_the_person=True) == "Sergey Lavrov"


def test_the_pieces_stand_in_every_text_with_a_name() -> None:
    assert pieces(["Sergey Lavrov", "Šefčovič", "Kim Il"]) == ["kim il", "lavrov", "sefcovic", "sergey", "šefčovič"]
    assert MARK.lower() == MARK
