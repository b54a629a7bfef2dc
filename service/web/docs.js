// The page on which each question can be tried. Everything it shows comes from /openapi.json and from the answers.
"use strict";

const byId = (id) => document.getElementById(id);

/** Make an element; texts are put in as texts, so that nothing in the data is ever read as HTML. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

/** Read the operations that answer questions out of the document, each with its parameters' schemas resolved. */
function questionsOf(document_) {
  const resolved = (schema) => (schema.$ref ? document_.components.schemas[schema.$ref.split("/").pop()] : schema);
  const found = [];
  for (const [path, operations] of Object.entries(document_.paths)) {
    if (!/^\/questions\/\w+$/.test(path)) continue;
    const { operationId, tags, summary, description, parameters } = operations.get;
    const own = parameters.filter((one) => one.in === "query").map((one) => {
      const schema = resolved(one.schema);
      return { ...one, list: schema.type === "array", schema: schema.type === "array" ? resolved(schema.items) : schema };
    });
    // What belongs to the question itself comes first, what every question has after it.
    const common = ["on", "known_at", "limit", "after", "compare_on", "compare_known_at", "digest", "format"];
    own.sort((a, b) => common.indexOf(a.name) - common.indexOf(b.name));
    found.push({ path, name: operationId, topic: tags[0], title: summary, about: description, parameters: own });
  }
  return found;
}

function showList(questions) {
  const nav = byId("questions");
  let topic;
  for (const question of questions) {
    if (question.topic !== topic) nav.append(make("h2", {}, (topic = question.topic)));
    nav.append(make("a", { href: "#" + question.name, title: question.about }, question.title));
  }
}

function inputFor({ name, schema, list, required, example }) {
  const shown = list && Array.isArray(example) ? example.join(" ") : example;
  if (schema.enum) {
    const options = schema.enum.map((word) => make("option", { value: word }, word));
    if (!list) options.unshift(make("option", { value: "" }, ""));
    return make("select", { id: name, name, multiple: list, size: list ? Math.min(5, options.length) : undefined }, ...options);
  }
  const type = schema.format === "date" ? "date" : "text";
  const input = make("input", { id: name, name, type, placeholder: shown, autocomplete: "off" });
  if (required && shown !== undefined) input.value = shown;
  return input;
}

function showQuestion(question) {
  const fields = question.parameters.flatMap((one) => [
    make("label", { for: one.name, class: one.required ? "required" : undefined }, one.name),
    inputFor(one),
    make("span", { class: "note", id: "note-" + one.name }, one.description + (one.list ? " Several are allowed." : "")),
  ]);
  const form = make("form", {}, ...fields, make("button", {}, "Ask"));
  const answer = make("section", { "aria-live": "polite" });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(question, form, answer);
  });
  byId("question").replaceChildren(
    make("h2", {}, question.title),
    make("p", {}, question.about),
    make("p", {}, make("code", {}, "GET " + question.path), " · ", make("a", { href: question.path + "/source" }, "the Cypher behind it")),
    form,
    answer,
  );
}

/** Collect what was filled in; a list of free texts is separated by spaces. */
function queryOf(question, form) {
  const query = new URLSearchParams();
  for (const { name, list, schema } of question.parameters) {
    const input = form.elements[name];
    const values = input.multiple ? [...input.selectedOptions].map((option) => option.value) : [input.value.trim()];
    for (const value of list && !schema.enum ? values[0].split(/\s+/) : values) if (value) query.append(name, value);
  }
  return query;
}

async function ask(question, form, answer) {
  for (const note of form.querySelectorAll(".fault")) note.remove();
  const query = queryOf(question, form).toString();
  const path = question.path + (query && "?" + query);
  const address = make("p", {}, make("a", { href: path }, location.origin + path));
  answer.replaceChildren(address, "…");
  try {
    const response = await fetch(path, { headers: { Accept: "application/json, text/csv;q=0.5" } });
    const text = await response.text();
    const isEnvelope = /^application\/json/.test(response.headers.get("content-type"));
    if (!response.ok) answer.replaceChildren(address, ...problem(JSON.parse(text), form));
    else answer.replaceChildren(address, ...(isEnvelope ? table(JSON.parse(text)) : [make("pre", {}, text)]));
  } catch (error) {
    answer.replaceChildren(address, make("p", { class: "fault" }, "The service did not answer: " + error.message));
  }
}

function problem(body, form) {
  for (const { pointer, message, hint } of body.errors ?? []) {
    const note = form.querySelector("#note-" + CSS.escape(pointer.split("/").pop()));
    note?.append(make("span", { class: "fault" }, ` ${message} ${hint ?? ""}`));
  }
  return [make("p", { class: "fault" }, `${body.status} ${body.title}: ${body.detail}`), body.hint && make("p", {}, body.hint)].filter(Boolean);
}

function table(body) {
  const day = body.on ? ` on ${body.on}` : "";
  const count = `${body.rows.length} row${body.rows.length === 1 ? "" : "s"}${day}, as known at ${body.known_at}.`;
  const more = body.truncated ? ` There are more: after=${body.next}` : "";
  const head = make("tr", {}, ...body.columns.map(({ name, about }) => make("th", { title: about }, name)));
  const rows = body.rows.map((row) => make("tr", {}, ...body.columns.map(({ name }) => make("td", {}, inWords(row[name])))));
  const shown = body.rows.length ? make("div", { class: "rows" }, make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows))) : "";
  const links = body.permalink && make("p", {}, make("a", { href: body.permalink }, "this very answer"), " · ", make("a", { href: body.cite }, "how to cite it"));
  return [make("p", {}, count + more), shown, links].filter(Boolean);
}

function inWords(value) {
  if (value === null) return "";
  if (Array.isArray(value)) return value.map(inWords).join("; ");
  if (typeof value !== "object") return String(value);
  const where = [value.source, value.locator].filter(Boolean).join(" ");
  return [where, value.quote].filter(Boolean).join(": ");
}

function route(questions) {
  const chosen = questions.find(({ name }) => "#" + name === location.hash) ?? questions[0];
  for (const link of byId("questions").querySelectorAll("a")) {
    if (link.hash === "#" + chosen?.name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (chosen) showQuestion(chosen);
}

async function main() {
  const document_ = await (await fetch("/openapi.json")).json();
  byId("about").textContent = document_.info.description.split(". ")[0] + ".";
  const questions = questionsOf(document_);
  showList(questions);
  addEventListener("hashchange", () => route(questions));
  route(questions);
}

main();
