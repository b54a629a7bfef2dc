"""Who and what the case is about: agreements, organs, offices, officials, places. States come from `seed/states.py`.

Written by hand: these are identities and names; whatever feeds an answer is a fact made of a row.
"""

from graph.model.entities import Agreement, Office, Official, Organ, Organization, Place
from graph.model.records import Entity
from graph.model.vocabulary import OrganKind
from seed.reading import Row

TREATY = "PRK-RUS.2024-strategic-partnership"
TREATY_OF_2000 = "PRK-RUS.2000-friendship"

AGREEMENTS = (
    Agreement(
        key=TREATY,
        title="Treaty on Comprehensive Strategic Partnership between the Russian Federation and the "
        "Democratic People's Republic of Korea",
        aliases=("Comprehensive Strategic Partnership Treaty", "DPRK-Russia treaty of 2024"),
        subject="Mutual military aid, consultation and cooperation",
    ),
    Agreement(
        key=TREATY_OF_2000,
        title="Treaty of friendship between the Russian Federation and the Democratic People's Republic of Korea",
        aliases=("DPRK-Russia treaty of 2000", "Treaty of Friendship, Good-Neighbourliness and Cooperation"),
        subject="Friendship and cooperation",
    ),
)

NATO = Organization(key="NATO", name="NATO", aliases=("North Atlantic Treaty Organization",), kind="military alliance")

ORGANS = (
    Organ(key="RUS.federal-assembly", name="Federal Assembly of Russia", kind=OrganKind.PARLIAMENT, of="RUS"),
    Organ(key="RUS.state-duma", name="State Duma", kind=OrganKind.CHAMBER, of="RUS"),
    Organ(key="RUS.federation-council", name="Federation Council", kind=OrganKind.CHAMBER, of="RUS"),
    Organ(key="RUS.head-of-state", name="Head of state of Russia", kind=OrganKind.HEAD_OF_STATE, of="RUS"),
    Organ(key="PRK.head-of-state", name="Head of state of the DPRK", kind=OrganKind.HEAD_OF_STATE, of="PRK"),
    Organ(
        key="UKR.military-intelligence",
        name="Military intelligence of Ukraine",
        aliases=("Defence Intelligence of Ukraine", "HUR"),
        kind=OrganKind.AGENCY,
        of="UKR",
    ),
    Organ(key="UKR.defence-officials", name="Ukrainian defence officials", kind=OrganKind.SPOKESPERSON, of="UKR"),
    Organ(
        key="USA.department-of-defense",
        name="Department of Defense of the United States",
        aliases=("Pentagon",),
        kind=OrganKind.MINISTRY,
        of="USA",
    ),
    Organ(key="USA.officials", name="Officials of the United States", kind=OrganKind.SPOKESPERSON, of="USA"),
    Organ(key="KOR.officials", name="South Korean officials", kind=OrganKind.SPOKESPERSON, of="KOR"),
)

OFFICIALS = (
    Official(key="blinken-antony", name="Antony Blinken"),
    Official(key="choe-son-hui", name="Choe Son Hui", name_in_own_script="최선희", aliases=("Choe Son-hui",)),
    Official(key="kim-jong-gyu", name="Kim Jong Gyu", aliases=("Kim Jong-gyu",)),
    Official(key="kim-jong-un", name="Kim Jong Un", name_in_own_script="김정은", aliases=("Kim Jong-un",)),
    Official(
        key="lavrov-sergey",
        name="Sergey Lavrov",
        name_in_own_script="Сергей Викторович Лавров",
        aliases=("Sergei Lavrov", "Сергей Лавров"),
    ),
    Official(
        key="putin-vladimir",
        name="Vladimir Putin",
        name_in_own_script="Владимир Владимирович Путин",
        aliases=("Владимир Путин",),
    ),
    Official(
        key="rudenko-andrey",
        name="Andrey Rudenko",
        name_in_own_script="Андрей Юрьевич Руденко",
        aliases=("Andrei Rudenko",),
    ),
    Official(key="rutte-mark", name="Mark Rutte"),
    Official(key="ryder-pat", name="Pat Ryder", aliases=("Patrick Ryder",)),
    Official(key="singh-sabrina", name="Sabrina Singh"),
    Official(
        key="yevstigneyeva-anna",
        name="Anna Yevstigneyeva",
        name_in_own_script="Анна Евстигнеева",
        aliases=("Anna Evstigneeva",),
    ),
    Official(
        key="zelensky-volodymyr",
        name="Volodymyr Zelensky",
        name_in_own_script="Володимир Олександрович Зеленський",
        aliases=("Volodymyr Zelenskyy", "Володимир Зеленський"),
    ),
)

# Heads of state and ministers for foreign affairs may sign by virtue of office (VCLT 7(2)(a)).
OFFICES = (
    Office(
        key="PRK.minister-of-foreign-affairs",
        title="Minister of Foreign Affairs of the DPRK",
        aliases=("Minister of Foreign Affairs of the Democratic People's Republic of Korea",),
        of="PRK",
        may_sign_treaties=True,
    ),
    Office(
        key="RUS.minister-of-foreign-affairs",
        title="Minister of Foreign Affairs of Russia",
        of="RUS",
        may_sign_treaties=True,
    ),
    Office(key="UKR.president", title="President of Ukraine", of="UKR", may_sign_treaties=True),
    Office(
        key="USA.secretary-of-state",
        title="Secretary of State of the United States",
        aliases=("United States Secretary of State",),
        of="USA",
        may_sign_treaties=True,
    ),
)

PLACES = (
    Place(key="pyongyang", name="Pyongyang", aliases=("평양",)),
    Place(key="russia", name="Russia"),
    Place(key="moscow", name="Moscow", aliases=("Москва",), within=("russia",)),
    Place(key="kursk-oblast", name="Kursk Oblast", aliases=("Kursk region", "Курская область"), within=("russia",)),
    Place(key="eastern-russia", name="Eastern Russia", within=("russia",)),
)

CAST: tuple[Entity, ...] = (*AGREEMENTS, NATO, *ORGANS, *OFFICIALS, *OFFICES, *PLACES)

_BY_NAME = {place.name: place.key for place in PLACES}


def place_of(row: Row) -> str | None:
    """Return the key of the place a row names, None when it names none. Raises ValueError when nobody knows it."""
    name = row["place"]
    if name and name not in _BY_NAME:
        raise ValueError(f"place {name!r} is unknown.")
    return _BY_NAME.get(name)
