"""Names turned into parts of keys."""

import pytest

from seed.keys import slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Annalena Baerbock", "annalena-baerbock"),
        ("Þórdís Kolbrún R. Gylfadóttir", "thordis-kolbrun-r-gylfadottir"),
        ("Bárður á Steig Nielsen", "bardur-a-steig-nielsen"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Phạm Minh Chính", "pham-minh-chinh"),
        ("Mevlüt Çavuşoğlu", "mevlut-cavusoglu"),
        ("Fekitamoeloa ʻUtoikamanu", "fekitamoeloa-utoikamanu"),
        ("Shun'ichi Suzuki", "shunichi-suzuki"),
        ("Mark Malloch Brown, Baron Malloch-Brown", "mark-malloch-brown-baron-malloch-brown"),
        ("Milo Đukanović", "milo-dukanovic"),
        ("مشعل السلمي", ""),
    ],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected
