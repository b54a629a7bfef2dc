"""What OpenAPI says of a question, made from its file: the parameters it takes and the answer it gives."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Annotated, Any

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, WithJsonSchema, create_model

from graph.catalog import Question
from graph.coverage import EmptyMeans
from graph.header import Column
from graph.parameters import Asked
from graph.types import column_annotation
from service.forms import MEDIA_TYPES, NDJSON_TYPE, Format, offered, refusal

REF = "#/components/schemas/{model}"


class ColumnAbout(BaseModel):
    """One column of an answer."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(description="Its name.")
    type: str = Field(description="Type of its values.")
    about: str = Field(description="What it says.")


class ComparedWith(BaseModel):
    """What an answer is compared with."""

    model_config = ConfigDict(extra="forbid")

    on: date | None = Field(description="Its day.")
    known_at: datetime = Field(description="Its state of knowledge.")


class CoverageAbout(BaseModel):
    """How far sources mean to state all of what was asked."""

    model_config = ConfigDict(extra="forbid")

    sources: list[str] = Field(description="Sources that mean to state all facts of this kind for the day.")
    empty_means: EmptyMeans = Field(
        description="What no rows mean: that there are none, or that no source covers it and nobody may have looked."
    )


class Said(BaseModel):
    """What every answer says beside its rows."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(description="Name of the question.")
    digest: str = Field(
        description="SHA-256 of the question's file, and of the rules that make its rows where a function does."
    )
    changed: bool = Field(description="Whether it was asked for with the digest of another file, of before or after.")
    parameters: dict[str, Any] = Field(description="The parameters as understood: names resolved to keys.")
    on: date | None = Field(description="The day the answer is about; null for a question that is about no day.")
    known_at: datetime = Field(description="The state of knowledge it was answered from.")
    compared_with: ComparedWith | None = Field(
        description="With `compare_on` or `compare_known_at`: the rows are what differs from then."
    )
    coverage: CoverageAbout = Field(description="Which sources cover it, and so what no rows mean.")
    permalink: str | None = Field(
        description="Path and query that ask for this very answer again, whatever is recorded later; null where they "
        "would be longer than an address may be."
    )
    cite: str | None = Field(description="The same for how to cite it, as text; with `format=bibtex` as BibTeX.")
    sources: list[str] = Field(description="Keys of the sources that the rows name.")
    truncated: bool = Field(description="Whether there are more rows.")
    next: str | None = Field(
        description="With the same parameters, `after=` this leads to the next rows, of the same state of knowledge."
    )


class Envelope(Said):
    """What every answer has beside its rows."""

    columns: list[ColumnAbout] = Field(description="The columns in their order.")


class Node(BaseModel):
    """What stands at an end of edges."""

    id: str = Field(description="Its key.")
    name: str | None = Field(None, description="Its name, where the answer has it.")
    label: str | None = Field(None, description="What it is: `State`, `Agreement` and so on.")


class DrawnEdge(BaseModel):
    """A row, from one node to another; with the columns of the row."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    start: str = Field(alias="from", description="Key of the node it comes from.")
    end: str = Field(alias="to", description="Key of the node it leads to.")
    label: str | None = Field(description="What stands beside the line.")


class Drawn(Said):
    """An answer as nodes and edges."""

    nodes: list[Node] = Field(description="Each once, in the order of the rows.")
    edges: list[DrawnEdge] = Field(description="In the order of the rows; a row that lacks an end has none.")


def asked_model(question: Question) -> type[Asked]:
    """Return the model of what can be asked of a question over HTTP: its parameters, and the form of the answer."""
    about = "Form of the answer; what Accept asks for when left out."
    # An optional one keeps its plain type, so that null is no value of it in OpenAPI.
    form: Any = (_form(question), Field(None, description=about))
    return create_model(f"{_title(question)}Asked", __base__=question.parameters, format=form)


def _form(question: Question) -> Any:
    """Return the type of `format`: the forms that a question offers; of any other it says why not."""

    def see(form: Format) -> Format:
        if reason := refusal(question, form):
            raise ValueError(reason)
        return form

    schema = {"type": "string", "enum": [str(form) for form in offered(question)]}
    return Annotated[Format, AfterValidator(see), WithJsonSchema(schema)]


def answer_model(question: Question) -> Any:
    """Return the model of a question's answer, as it is and compared; the bytes that are sent fit it."""
    return _answer_model(question, "") | _answer_model(question.compared, "Compared")


def _answer_model(question: Question, kind: str) -> type[Envelope]:
    columns: dict[str, Any] = {name: _column(spec) for name, spec in question.header.returns.items()}
    row = create_model(f"{_title(question)}{kind}Row", __config__=ConfigDict(extra="forbid"), **columns)
    rows: Any = (list[row], Field(description="The rows in their order."))
    return create_model(f"{_title(question)}{kind}Answer", __base__=Envelope, rows=rows)


def answer_schemas(questions: Iterable[Question]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what OpenAPI says of each question's answer as JSON, by its name, and the schemas that this refers to."""
    # All at once, since two models of one name are told apart only among those that are seen together.
    told, referred = TypeAdapter.json_schemas(
        [(question.name, "serialization", TypeAdapter(answer_model(question))) for question in questions],
        ref_template=REF,
    )
    return {name: schema for (name, _), schema in told.items()}, referred["$defs"]


def answer_contents(question: Question) -> dict[str, Any]:
    """Return what OpenAPI says of the forms of an answer beside JSON, by media type."""
    rows = [{"$ref": REF.format(model=f"{_title(question)}{kind}Row")} for kind in ("", "Compared")]
    said: dict[Format, tuple[str, dict[str, Any]]] = {
        Format.CSV: ("One row a line, after the names of the columns.", {"type": "string"}),
        Format.NDJSON: ("One row a line, to the end without `limit`; an error is a last line.", {"anyOf": rows}),
        Format.GRAPH: ("Nodes and edges.", {"$ref": REF.format(model=Drawn.__name__)}),
        Format.GRAPHML: ("GraphML.", {"type": "string"}),
        Format.ICS: ("iCalendar: each row an event of a whole day.", {"type": "string"}),
        Format.CITATION: ("How to cite the answer and its sources.", {"type": "string"}),
        Format.BIBTEX: ("The same as BibTeX.", {"type": "string"}),
    }
    return {
        MEDIA_TYPES[form]: {"schema": said[form][1] | {"description": said[form][0]}}
        for form in offered(question)
        if form in said
    }


def batch_contents() -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of the answer to a batch."""
    line = {
        "type": "object",
        "description": "The envelope of an answer and its `line`, or `line` and `error`.",
        "required": ["line"],
        "properties": {
            "line": {"type": "integer", "description": "Number of the line that is answered, from 1."},
            "error": {"$ref": REF.format(model="ProblemBody")},
        },
    }
    return {200: {"description": "An answer a line.", "content": {NDJSON_TYPE: {"schema": line}}}}


def batch_parameters(question: Question, common: type[BaseModel]) -> dict[str, Any]:
    """Return `parameters` and `requestBody` of a batch; `common` is the model of what is given once for all lines."""
    line = _schema(question.parameters)
    line.pop("$defs", None)
    for name in ("after", *common.model_fields):
        del line["properties"][name]
    example = orjson.dumps(question.examples, default=str).decode() + "\n"
    content = {NDJSON_TYPE: {"schema": line | {"description": "One such object a line."}, "example": example}}
    return {"parameters": openapi_parameters(common), "requestBody": {"required": True, "content": content}}


def _title(question: Question) -> str:
    return question.name.title().replace("_", "")


def _column(spec: Column) -> tuple[Any, Any]:
    annotation = column_annotation(spec.type)
    return (annotation | None if spec.optional else annotation), Field(description=spec.about)


def openapi_parameters(model: type[BaseModel], in_path: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return the `parameters` of an operation, some of which stand in its path."""
    schema = _schema(model)
    required = schema.get("required", [])
    return [
        _parameter(name, dict(spec), name in required) | ({"in": "path"} if name in in_path else {})
        for name, spec in schema["properties"].items()
    ]


def openapi_schemas(model: type[Asked]) -> dict[str, Any]:
    """Return the schemas that those parameters refer to."""
    found: dict[str, Any] = _schema(model).get("$defs", {})
    return found


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(ref_template=REF)


def _parameter(name: str, spec: dict[str, Any], required: bool) -> dict[str, Any]:
    about, examples = spec.pop("description", ""), spec.pop("examples", None)
    spec.pop("title", None)
    if spec.get("default", 0) is None:
        del spec["default"]
    # Null says in Python that a parameter was left out; in a query there is no null.
    if spec.get("anyOf", [])[1:] == [{"type": "null"}]:
        spec |= spec.pop("anyOf")[0]
    found = {"name": name, "in": "query", "required": required, "description": about, "schema": spec}
    if spec.get("type") == "array":
        found |= {"style": "form", "explode": True}
    return found | ({"example": examples[0]} if examples else {})
