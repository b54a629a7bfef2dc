"""What the plan of a stranger's text may be made of: operators, procedures and labels. Used by the guard.

An operator that is not listed is refused, so that one of a new Neo4j is, until somebody has looked at it. Names are as
plans have them, without what stands in parentheses; the source is the list in the Cypher manuals of both lines.
"""

_SOUGHT = "reads nodes or relationships by an index on a label or type that the plan names"
_WALKED = "follows relationships from nodes that it was given; no house node has one"
_JOINED = "puts rows together"
_MADE = "works on rows that it was given"
_ASKED = "asks for each row whether there is a pattern, by operators that are judged themselves"

ALLOWED: dict[str, str] = {
    **dict.fromkeys(
        (
            "NodeIndexSeek", "NodeIndexSeekByRange", "NodeUniqueIndexSeek", "NodeUniqueIndexSeekByRange",
            "NodeIndexScan", "NodeIndexContainsScan", "NodeIndexEndsWithScan", "MultiNodeIndexSeek",
            "DirectedRelationshipIndexSeek", "DirectedRelationshipIndexSeekByRange", "DirectedRelationshipIndexScan",
            "DirectedRelationshipIndexContainsScan", "DirectedRelationshipIndexEndsWithScan",
            "UndirectedRelationshipIndexSeek", "UndirectedRelationshipIndexSeekByRange",
            "UndirectedRelationshipIndexScan", "UndirectedRelationshipIndexContainsScan",
            "UndirectedRelationshipIndexEndsWithScan", "DirectedRelationshipUniqueIndexSeek",
            "UndirectedRelationshipUniqueIndexSeek",
        ),
        _SOUGHT,
    ),
    **dict.fromkeys(
        ("NodeByLabelScan", "UnionNodeByLabelsScan", "IntersectionNodeByLabelsScan", "SubtractionNodeByLabelsScan"),
        "reads all nodes of labels that the plan names",
    ),
    **dict.fromkeys(
        (
            "DirectedRelationshipTypeScan", "UndirectedRelationshipTypeScan", "DirectedUnionRelationshipTypesScan",
            "UndirectedUnionRelationshipTypesScan", "DirectedAllRelationshipsScan", "UndirectedAllRelationshipsScan",
        ),
        "reads relationships, of which no house node has one",
    ),
    **dict.fromkeys(
        (
            "Expand", "OptionalExpand", "VarLengthExpand", "BidirectionalVarLengthExpand", "PruningVarLengthExpand",
            "Repeat", "BidirectionalRepeat", "ShortestPath", "StatefulShortestPath", "ProjectEndpoints",
        ),
        _WALKED,
    ),
    **dict.fromkeys(
        (
            "Apply", "CartesianProduct", "NodeHashJoin", "NodeLeftOuterHashJoin", "NodeRightOuterHashJoin",
            "LeftOuterHashJoin", "RightOuterHashJoin", "ValueHashJoin", "Union", "OrderedUnion", "ConditionalApply",
            "AntiConditionalApply", "SelectOrSemiApply", "SelectOrAntiSemiApply", "RollUpApply", "AssertSameNode",
            "AssertSameRelationship", "TriadicSelection", "TriadicBuild", "TriadicFilter",
        ),
        _JOINED,
    ),
    **dict.fromkeys(
        ("SemiApply", "AntiSemiApply", "LetSemiApply", "LetAntiSemiApply", "LetSelectOrSemiApply",
         "LetSelectOrAntiSemiApply", "Anti"),
        _ASKED,
    ),
    **dict.fromkeys(
        (
            "Argument", "Projection", "Filter", "Distinct", "OrderedDistinct", "EagerAggregation", "OrderedAggregation",
            "Sort", "PartialSort", "Top", "PartialTop", "Top1WithTies", "PartialTop1WithTies", "Limit",
            "ExhaustiveLimit", "Skip", "Unwind", "Optional", "Eager", "CacheProperties",
            "ProduceResults", "EmptyRow", "EmptyResult", "ArgumentTracker",
        ),
        _MADE,
    ),
    **dict.fromkeys(
        ("NodeCountFromCountStore", "RelationshipCountFromCountStore"),
        "counts by labels and types that the plan names; of all nodes it tells a number alone",
    ),
    "ProcedureCall": "calls a procedure, which must be one of PROCEDURES",
}  # fmt: skip

PROCEDURES: dict[str, str] = {
    "db.index.fulltext.queryNodes": "finds names and titles; no house label has such an index",
}

HOUSE_LABELS = frozenset({"Graph", "ApiKey", "Erasure", "SavedQuestion", "SavedRevision"})
"""Labels of what foedus keeps for itself: the clock, hashes of keys, tombstones, saved questions. Nothing links there.

Change sets are not among them: who changed what and why is told to whoever may read, by a shipped question as well.
"""
