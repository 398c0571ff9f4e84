"""A graph as text and as a page: whole, bounded, and never driven by what documents say."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from wumpers import world

from collegia.knowledge.graph import draw, draw_paths, neighbourhood, page, paths, whole
from collegia.knowledge.graph.draw import ASCII
from collegia.knowledge.graph.plain import fit, safe, width_of
from collegia.knowledge.records import Document

HOSTILE = "<script>alert(1)</script>\"'&</title>"


def hostile():
    """The usual store, and a document whose name and text try everything."""
    text = f"# Zapper\n\nA \x1b[31mred\x1b[0m \u202eknob causes zapper. Zapper lowers {HOSTILE} trust.\x07"
    return world(Document("/<img src=x onerror=1>", text, HOSTILE, form="markdown"))


def test_a_neighbourhood_is_drawn_by_verb_and_direction_with_its_evidence():
    lines = draw(neighbourhood(world(), "grumbling"), 120)
    assert lines[0] == "Grumbling (3 passages)"
    assert lines[1] == "also called: grumble, low-frequency murmur"
    place = lines.index("├─ ← causes")
    assert lines[place + 1] == "│  └─ worn flange"
    assert lines[place + 2].strip("│ ") == (
        "grumbling.md 100–165: “A worn flange causes grumbling, because it lets the shaft wander.”"
    )
    assert "├─ lowers →" in lines
    assert "├─ treated in" in lines
    assert lines[-3] == "└─ named in"


def test_every_edge_but_the_other_names_is_drawn_once():
    graph = neighbourhood(world(), "grumbling", hops=2)
    text = "\n".join(draw(graph, 200))
    for _, right, said in graph.edges(data=True):
        if said["kind"] == "relation":
            assert text.count(said["sentence"]) >= 1, said
            assert graph.nodes[right]["name"] in text
    assert text.count("depends on →") + text.count("← depends on") == 1


@pytest.mark.parametrize("width", [40, 57, 80, 200])
def test_no_line_is_wider_than_the_terminal(width):
    store = world(Document("/w", "Grumbling causes 騒音騒音騒音騒音騒音騒音騒音騒音騒音騒音騒音騒音 everywhere.", "幅"))
    graph = neighbourhood(store, "grumbling", hops=2)
    lines = draw(graph, width) + draw_paths(paths(store, "worn flange", "blorp pressure"), width)
    assert max(map(width_of, lines)) <= width
    assert "騒音" in "".join(lines)


def test_plain_marks_are_ascii_alone():
    graph = neighbourhood(world(), "grumbling", hops=2)
    lines = draw(graph, 60, ASCII) + draw_paths(paths(world(), "worn flange", "blorp pressure"), 60, ASCII)
    assert all(line.isascii() for line in lines)
    assert "|- <- causes" in lines


def test_what_is_not_shown_is_counted():
    lines = draw(neighbourhood(world(), "grumbling", most=4))
    assert re.fullmatch(r"\d+ more not shown", lines[-1])


def test_documents_cannot_drive_the_terminal():
    text = "\n".join(draw(neighbourhood(hostile(), "zapper", hops=2), 160))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert r"\x1b[31mred\x1b[0m" in text
    assert r"\u202e" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\nb\tc", "a b c"),
        ("\x1b]0;x\x07", r"\x1b]0;x\x07"),
        ("\u2066x\u2069\u200b", r"\u2066x\u2069\u200b"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("e" + "\u0301" * 5, "e" + "\u0301" * 3 + r"\u0301" * 2),
        ("µ 20 °C → x²", "µ 20 °C → x²"),
    ],
)
def test_what_cannot_be_seen_is_written_as_its_escape(text, said):
    assert safe(text) == said


def test_a_text_is_cut_by_cells_not_by_letters():
    assert fit("騒音騒音", 5) == "騒音…"
    assert fit("abc", 3) == "abc"
    assert fit("abcd", 3, "...") == "..."
    assert fit("abcd", 2, "...") == ""


def test_a_step_found_by_a_model_is_marked():
    store = world()
    with store.writing() as db:
        db.execute("UPDATE relations SET origin = 'model', confidence = 0.61 WHERE verb = 'causes'")
    assert any("[model, 0.61]" in line for line in draw(neighbourhood(store, "grumbling"), 160))
    assert any("[model, 0.61]" in line for line in draw_paths(paths(store, "worn flange", "grumbling"), 160))


class Reader(HTMLParser):
    """What a browser would see in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.text: dict[str, str] = {}

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside.append(tag)

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if self.inside:
            self.text[self.inside[-1]] = self.text.get(self.inside[-1], "") + data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


def test_a_page_refers_to_nothing_outside_itself():
    text = page(neighbourhood(hostile(), "zapper", hops=2))
    for tag, attributes in read(text).tags:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form", "a", "image", "use"}
        assert not attributes.keys() & {"src", "href", "srcset", "action", "style"}, tag
        assert not [name for name in attributes if name.startswith("on")]
    outside = set(re.findall(r"\w+://[\w.]+", text))
    assert outside <= {"http://www.w3.org"}  # the name of SVG, which nothing fetches


def test_a_page_allows_its_own_program_and_style_and_no_network():
    import base64
    import hashlib

    reader = read(page(neighbourhood(world(), "grumbling")))
    policy = next(said["content"] for tag, said in reader.tags if said.get("http-equiv") == "Content-Security-Policy")
    rules = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
    assert rules["default-src"] == ["'none'"]
    text = page(neighbourhood(world(), "grumbling"))
    for rule, pattern in (("script-src", r"<script>(.*?)</script>"), ("style-src", r"<style>(.*?)</style>")):
        (inside,) = re.findall(pattern, text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert rules[rule] == [f"'sha256-{digest}'"]
    assert not set(rules) - {"default-src", "script-src", "style-src", "base-uri", "form-action"}


def test_a_document_that_is_called_a_script_stays_text():
    graph = neighbourhood(hostile(), "zapper", hops=2)
    text = page(graph, title=HOSTILE)
    reader = read(text)
    assert [tag for tag, _ in reader.tags].count("script") == 2
    assert reader.text["title"] == HOSTILE
    assert reader.text["h1"] == HOSTILE
    assert "<script>alert" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert not set("<>&") & set(data[1])
    names = [node["name"] for node in json.loads(data[1])["nodes"]]
    assert HOSTILE in names


def test_a_page_holds_every_edge_with_its_sentence_and_citation():
    graph = neighbourhood(world(), "grumbling", hops=2)
    text = page(graph)
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])
    assert len(data["nodes"]) == len(graph)
    assert data["nodes"][data["centre"]]["name"] == "Grumbling"
    told = {(data["nodes"][one["from"]]["name"], one["verb"], one["where"], one["said"]) for one in data["edges"]}
    sentence = "A worn flange causes grumbling, because it lets the shaft wander."
    assert ("worn flange", "causes", "grumbling.md 100–165", sentence) in told
    assert text.count("<tr><td>") == graph.number_of_edges() == len(data["edges"])


BROWSER = """
const page = require("fs").readFileSync(process.argv[1], "utf8");
class Element {
  constructor(name) { this.name = name; }
  children = []; on = {}; textContent = ""; marks = new Set();
  classList = { toggle: (mark, on) => (on ? this.marks.add(mark) : this.marks.delete(mark)) };
  setAttribute(key, value) { if (/NaN|undefined|Infinity/.test(String(value))) throw new Error(`${key} is ${value}`); }
  append(...more) { this.children.push(...more); }
  replaceChildren(...all) { this.children = all; }
  addEventListener(event, act) { this.on[event] = act; }
}
const known = { data: new Element("script"), graph: new Element("svg"), told: new Element("aside") };
known.data.textContent = /id="data">(.*?)<.script>/s.exec(page)[1];
globalThis.window = new Element("window");
globalThis.document = {
  getElementById: (id) => known[id], createElement: (n) => new Element(n), createElementNS: (_, n) => new Element(n),
};
new Function(/<script>(.*?)<.script>/s.exec(page)[1])();
const nodes = known.graph.children.filter((one) => one.name === "g");
const said = () => known.told.children.map((one) => one.textContent);
const first = said();
const at = nodes.findIndex((one) => one.children.some((part) => part.textContent === "worn flange"));
nodes[at].on.click();
console.log(JSON.stringify({ nodes: nodes.length, first, then: said() }));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="the page's program needs node to be run here")
def test_the_pages_program_draws_every_node_and_tells_of_the_one_that_is_chosen(tmp_path):
    graph = neighbourhood(world(), "grumbling", hops=2)
    file = tmp_path / "g.html"
    file.write_text(page(graph), encoding="utf-8")
    done = subprocess.run(["node", "-e", BROWSER, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["nodes"] == len(graph)
    assert told["first"][0] == "Grumbling"
    assert told["then"][0] == "worn flange"
    assert "A worn flange causes grumbling, because it lets the shaft wander." in told["then"]
    assert "grumbling.md 100–165" in told["then"]


def test_the_same_graph_is_the_same_page():
    assert page(neighbourhood(world(), "grumbling")) == page(neighbourhood(world(), "grumbling"))


def test_a_whole_store_is_a_page_without_a_centre():
    text = page(whole(world()))
    assert '"centre": -1' in text
    assert "<h1>The whole graph</h1>" in text
