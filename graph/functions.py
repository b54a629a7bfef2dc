"""What a stranger's text may call beside procedures, and how much each function makes of what it is given.

One that is not listed is refused, so that one of a new Neo4j is, until somebody has looked at it. The source is the
list in the Cypher manuals of both lines. Used by `graph.growth`.
"""

from enum import Enum


class Gives(Enum):
    """How large a value is that a function gives."""

    ONE = "one number, day, truth, short text or thing, whatever it is given"
    NO_MORE = "no more than it is given, to a small factor"
    ITS_ELEMENTS = "elements of lists that it is given"
    ELEMENT = "an element of a list"
    PART = "so much of a text as its last argument says"
    WITHOUT = "a text without what another holds, at its ends"
    SIGNS = "texts that may be of one sign each, of a text that is looked through for another"
    WIDER = "a text each of whose signs may become many"
    INTEGER = "a number that is read from a text, the more slowly the longer that is"
    ROWS = "what it is given of each row"
    TRUTH = "whether something holds for the elements of a list, which it walks through"
    FOLDED = "what it makes of the elements of a list, one after the other"
    NUMBERS = "as many numbers as its bounds say"
    REPLACED = "a text in which parts are replaced"


_ONE = """
    abs acos asin atan atan2 avg ceil char_length character_length cos cosh cot coth count date date.realtime
    date.statement date.transaction date.truncate datetime datetime.fromepoch datetime.fromepochmillis
    datetime.realtime datetime.statement datetime.transaction datetime.truncate degrees duration duration.between
    duration.indays duration.inmonths duration.inseconds e element_id elementid endnode exists exp floor haversin
    isempty isnan length localdatetime localdatetime.realtime localdatetime.statement localdatetime.transaction
    localdatetime.truncate localtime localtime.realtime localtime.statement localtime.transaction localtime.truncate log
    log10 percentilecont percentiledisc pi point point.distance point.withinbbox radians rand randomuuid round sign sin
    sinh size sqrt startnode stdev stdevp sum tan tanh time time.realtime time.statement time.transaction time.truncate
    timestamp toboolean tobooleanornull tofloat tofloatornull type
"""
_NO_MORE = """
    keys labels lower max min nullif properties tobooleanlist tofloatlist tolower tostring tostringlist tostringornull
    toupper upper
"""

FUNCTIONS: dict[str, Gives] = {
    **dict.fromkeys(_ONE.split(), Gives.ONE),
    **dict.fromkeys(_NO_MORE.split(), Gives.NO_MORE),
    **dict.fromkeys(("coalesce", "nodes", "relationships", "reverse", "tail"), Gives.ITS_ELEMENTS),
    **dict.fromkeys(("head", "last"), Gives.ELEMENT),
    **dict.fromkeys(("any", "all", "none", "single"), Gives.TRUTH),
    **dict.fromkeys(("left", "right", "substring"), Gives.PART),
    **dict.fromkeys(("btrim", "ltrim", "rtrim", "trim"), Gives.WITHOUT),
    "normalize": Gives.WIDER,
    **dict.fromkeys(("tointeger", "tointegerlist", "tointegerornull"), Gives.INTEGER),
    "split": Gives.SIGNS,
    "collect": Gives.ROWS,
    "reduce": Gives.FOLDED,
    "range": Gives.NUMBERS,
    "replace": Gives.REPLACED,
}
"""Functions by their names in small letters."""
