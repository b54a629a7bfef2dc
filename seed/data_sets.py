"""The data sets that `foedus import` knows by name; two of them foedus brings along, the others their owners have."""

from seed.atop import ATOP
from seed.cow_states import COW_STATES
from seed.ggo_agreements import GGO_AGREEMENTS
from seed.importing.mapped import DataSet
from seed.us_foreign_aid import US_FOREIGN_AID

DATA_SETS: dict[str, DataSet] = {one.name: one for one in (GGO_AGREEMENTS, US_FOREIGN_AID, COW_STATES, ATOP)}
