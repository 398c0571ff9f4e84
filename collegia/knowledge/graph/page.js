
"use strict";
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const data = JSON.parse(document.getElementById("data").textContent);
  const svg = document.getElementById("graph");
  const told = document.getElementById("told");
  const { nodes, edges } = data;

  const make = (name, attributes, text, space) => {
    const one = space ? document.createElementNS(space, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
    if (text !== undefined) one.textContent = text; // as text: nothing of a document is ever read as markup
    return one;
  };
  const draw = (name, attributes, text) => make(name, attributes, text, SVG);
  const short = (text, most) => ([...text].length > most ? [...text].slice(0, most - 1).join("") + "…" : text);

  // One line for each pair, however many edges it stands for.
  const pairs = new Map();
  edges.forEach((edge) => {
    if (edge.from === edge.to) return;
    const key = edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`;
    if (!pairs.has(key)) pairs.set(key, { from: edge.from, to: edge.to, verbs: new Set(), typed: false });
    const pair = pairs.get(key);
    pair.typed = pair.typed || edge.kind === "relation" || edge.kind === "alias";
    if (edge.kind === "relation" || edge.kind === "alias") pair.verbs.add(edge.verb);
  });

  // Rings by distance from the centre to begin with, then springs; the same graph is laid out the same each time.
  const layout = () => {
    const rings = new Map();
    nodes.forEach((node, place) => {
      const ring = place === data.centre ? 0 : Math.max(node.hop, 1);
      if (!rings.has(ring)) rings.set(ring, []);
      rings.get(ring).push(node);
    });
    for (const [ring, members] of rings) {
      members.forEach((node, place) => {
        const angle = (2 * Math.PI * place) / members.length + ring;
        node.x = ring * 190 * Math.cos(angle);
        node.y = ring * 150 * Math.sin(angle);
      });
    }
    const rounds = nodes.length > 400 ? 60 : 260;
    for (let round = 0; round < rounds; round += 1) {
      const heat = 24 * (1 - round / rounds) + 0.5;
      nodes.forEach((node) => { node.dx = -0.012 * node.x; node.dy = -0.02 * node.y; });
      for (let i = 0; i < nodes.length; i += 1) {
        for (let j = i + 1; j < nodes.length; j += 1) {
          const a = nodes[i], b = nodes[j];
          const x = a.x - b.x || 0.1 * (i - j), y = a.y - b.y || 0.1;
          const push = 9000 / (x * x + y * y + 40);
          const far = Math.hypot(x, y);
          a.dx += (push * x) / far; a.dy += (push * y) / far;
          b.dx -= (push * x) / far; b.dy -= (push * y) / far;
        }
      }
      for (const { from, to } of pairs.values()) {
        const a = nodes[from], b = nodes[to];
        const x = b.x - a.x, y = b.y - a.y, far = Math.hypot(x, y) || 1, pull = 0.05 * (far - 130);
        a.dx += (pull * x) / far; a.dy += (pull * y) / far;
        b.dx -= (pull * x) / far; b.dy -= (pull * y) / far;
      }
      nodes.forEach((node, place) => {
        if (place === data.centre) { node.x = 0; node.y = 0; return; }
        const step = Math.hypot(node.dx, node.dy) || 1, scale = Math.min(step, heat) / step;
        node.x += node.dx * scale; node.y += node.dy * scale;
      });
    }
  };

  const drawn = nodes.map(() => null);
  const lines = [];
  const draft = () => {
    for (const { from, to, verbs, typed } of pairs.values()) {
      const a = nodes[from], b = nodes[to];
      const line = draw("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, class: typed ? "" : "weak" });
      svg.append(line);
      lines.push([from, to, line]);
      if (verbs.size) {
        const at = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, class: "verb", "text-anchor": "middle" };
        const text = draw("text", at, short([...verbs].join(", "), 28));
        svg.append(text);
        lines.push([from, to, text]);
      }
    }
    nodes.forEach((node, place) => {
      const kind = `node ${node.kind}${place === data.centre ? " centre" : ""}`;
      const group = draw("g", { class: kind, tabindex: 0, role: "button", "aria-label": node.name });
      group.setAttribute("transform", `translate(${node.x} ${node.y})`);
      if (node.kind === "document") group.append(draw("rect", { x: -7, y: -9, width: 14, height: 18, rx: 2 }));
      else group.append(draw("circle", { r: place === data.centre ? 12 : 8 }));
      group.append(draw("text", { y: 24, "text-anchor": "middle" }, short(node.name, 32)), draw("title", {}, node.name));
      group.addEventListener("click", () => choose(place));
      group.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(place); }
      });
      svg.append(group);
      drawn[place] = group;
    });
  };

  const choose = (place) => {
    const node = nodes[place];
    const near = new Set([place]);
    const list = edges.filter((edge) => edge.from === place || edge.to === place);
    list.forEach((edge) => { near.add(edge.from); near.add(edge.to); });
    drawn.forEach((group, other) => {
      group.classList.toggle("chosen", other === place);
      group.classList.toggle("faded", !near.has(other));
    });
    lines.forEach(([from, to, line]) => line.classList.toggle("faded", from !== place && to !== place));
    told.replaceChildren(make("h2", {}, node.name), make("p", {}, node.note));
    list.forEach((edge) => {
      const said = make("p", {});
      said.append(`${nodes[edge.from].name} `, make("b", {}, edge.verb), ` ${nodes[edge.to].name}`);
      told.append(said, make("blockquote", {}, edge.said), make("cite", {}, edge.where));
    });
  };

  const view = { x: 0, y: 0, w: 1, h: 1 };
  const show = () => svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
  const frame = () => {
    const xs = nodes.map((node) => node.x), ys = nodes.map((node) => node.y);
    view.x = Math.min(...xs) - 90; view.y = Math.min(...ys) - 40;
    view.w = Math.max(...xs) - view.x + 90; view.h = Math.max(...ys) - view.y + 60;
    show();
  };
  const scale = () => Math.max(view.w / (svg.clientWidth || 1), view.h / (svg.clientHeight || 1));

  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const by = event.deltaY > 0 ? 1.15 : 1 / 1.15;
    view.x += (view.w * (1 - by)) / 2; view.y += (view.h * (1 - by)) / 2;
    view.w *= by; view.h *= by;
    show();
  }, { passive: false });
  let held = null;
  svg.addEventListener("pointerdown", (event) => { held = { x: event.clientX, y: event.clientY }; });
  window.addEventListener("pointerup", () => { held = null; });
  window.addEventListener("pointermove", (event) => {
    if (!held) return;
    view.x -= (event.clientX - held.x) * scale(); view.y -= (event.clientY - held.y) * scale();
    held = { x: event.clientX, y: event.clientY };
    show();
  });

  if (nodes.length) { layout(); draft(); frame(); }
  if (data.centre >= 0) choose(data.centre);
})();
