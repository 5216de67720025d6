// Logs of API requests and posted events.

import { $, api, badge, button, copy, el, keyed, pretty, query, time } from "./dom.js";

const PAGE = 100;

function table(root, { title, about, columns, line, path, load = pages, details, extra, tools = [] }) {
  let wanted = PAGE;
  let asked = 0;
  const open = new Set();
  const body = el("tbody", {});
  const filter = el("input", { type: "search", placeholder: "Filter", "aria-label": `Filter ${title.toLowerCase()}`, oninput: () => refresh() });
  const more = button("Show older", () => { wanted += PAGE; return refresh(); }, { class: "more", hidden: true });
  const empty = el("p", { class: "empty", hidden: true });
  root.replaceChildren(
    el("header", { class: "page-head" }, el("h2", {}, title), ...tools.map((make) => make(() => refresh())), filter,
      button("Clear", () => api(path, { method: "DELETE" }), { class: "small quiet" })),
    el("p", { class: "about" }, about), ...(extra ? [extra] : []),
    el("div", { class: "table-wrap" }, el("table", {},
      el("thead", {}, el("tr", {}, columns.map((name) => el("th", { scope: "col" }, name)))), body)),
    empty, more);

  function make(row) {
    const id = `${path.slice(1)}-${row.id}`;
    const shown = el("div", { class: "details", id, hidden: !open.has(row.id) });
    const toggle = el("button", { type: "button", class: "toggle", "data-part": "toggle", "aria-expanded": String(open.has(row.id)), "aria-controls": id,
      onclick: async () => {
        const opening = !open.has(row.id);
        if (opening) open.add(row.id); else open.delete(row.id);
        toggle.setAttribute("aria-expanded", String(opening));
        shown.hidden = !opening;
        if (opening) await fill(shown, row);
      } });
    if (open.has(row.id)) fill(shown, row);
    const cells = line(row, toggle);
    const holder = el("td", { colSpan: columns.length, class: "holder" }, shown);
    // Two rows share a key: the group is one item.
    return [el("tr", { class: "entry" }, cells.map((cell, at) => el("td", { "data-label": columns[at] }, cell))), el("tr", { class: "more-row" }, holder)];
  }

  async function fill(shown, row) {
    try { shown.replaceChildren(...await details(row)); } catch (error) { shown.textContent = error.message; }
  }

  async function refresh() {
    const turn = ++asked;
    const rows = await load(path, wanted + 1);
    if (turn !== asked) return;
    more.hidden = rows.length <= wanted;
    const text = filter.value.trim().toLowerCase();
    const kept = rows.slice(0, wanted).filter((row) => !text || JSON.stringify(row).toLowerCase().includes(text));
    const focused = document.activeElement?.closest?.("tr")?.dataset.id;
    const known = new Map([...body.children].map((node) => [node.dataset.id, node]));
    const nodes = kept.flatMap((row) => {
      const data = JSON.stringify(row);
      const old = known.get(String(row.id));
      if (old && old.rowData === data) return [old, old.nextSibling];
      const [entry, below] = make(row);
      entry.dataset.id = String(row.id);
      entry.rowData = data;
      return [entry, below];
    });
    if (nodes.length !== body.children.length || nodes.some((node, at) => node !== body.children[at])) {
      body.replaceChildren(...nodes);
      if (focused) body.querySelector(`tr[data-id="${focused}"] button`)?.focus({ preventScroll: true });
    }
    empty.hidden = kept.length > 0;
    empty.textContent = text ? "Nothing matches." : "Nothing yet.";
  }
  return refresh;
}

async function pages(path, count) {
  const rows = [];
  while (rows.length < count) {
    const limit = Math.min(1000, count - rows.length);
    const page = await api(`${path}${query({ limit, before: rows.at(-1)?.id })}`);
    rows.push(...page);
    if (page.length < limit) break;
  }
  return rows;
}

function block(label, text) {
  return el("div", { class: "block" },
    el("div", { class: "block-head" }, el("h3", {}, label), text ? button("Copy", () => copy(text, label), { class: "small quiet" }) : null),
    text ? el("pre", { tabindex: "0", role: "region", "aria-label": label }, text) : el("p", { class: "about" }, "Empty, or left out because it holds a secret."));
}

const status = (value) => el("span", { class: `badge ${value === null ? "bad" : value < 300 ? "good" : value < 500 ? "warn" : "bad"}` }, value === null ? "none" : String(value));

function decoded(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

// Reads that repeat, as those of a polling program do, are one row. Its id is that of the first: it stays the same.
async function merged(count) {
  const rows = await api(`/merged_requests${query({ limit: Math.min(1000, count) })}`);
  return rows.map(({ latest, first_id, count }) => ({ ...latest, id: first_id, latest: latest.id, count }));
}

export function requests() {
  const merge = el("input", { type: "checkbox", checked: true });
  return table($("requests"), {
    title: "Requests",
    about: "Calls of the API, the newest first. Requests of this page are not among them.",
    columns: ["Time", "Method", "Path", "Status", "Duration", "Fault"],
    path: "/requests",
    load: (path, count) => (merge.checked ? merged(count) : pages(path, count)),
    tools: [(refresh) => {
      merge.addEventListener("change", refresh);
      return el("label", { class: "check" }, merge, "Repeated reads as one");
    }],
    line: (row, toggle) => {
      toggle.append(el("span", { class: "path" }, row.path.replace(/^\/scg-external-api\/api\/v1/, "") + (row.query ? `?${decoded(row.query)}` : "")), row.count > 1 ? el("span", { class: "badge plain", title: `${row.count} alike; the latest is shown` }, `×${row.count}`) : "", row.operation ? el("span", { class: "operation" }, row.operation) : "");
      return [time(row.time), el("span", { class: "method" }, row.method), toggle, status(row.status), `${row.milliseconds.toFixed(1)} ms`, row.fault ? el("span", { class: "badge bad" }, row.fault) : ""];
    },
    details: async (row) => {
      const whole = await api(`/requests/${row.latest ?? row.id}`);
      return [block("Request body", pretty(whole.request_body)), block("Response body", pretty(whole.response_body))];
    },
  });
}

export function events() {
  const services = el("ul", { class: "services" });
  const url = el("input", { id: "service-url", type: "url", required: true, placeholder: "http://127.0.0.1:8000/scg", spellcheck: "false" });
  const form = el("form", { class: "inline-form", onsubmit: (event) => event.preventDefault() },
    el("label", { for: "service-url" }, "Post events to"), url,
    button("Start", async () => {
      if (!form.reportValidity()) return;
      await api("/event_services", { method: "POST", body: { url: url.value } });
      url.value = "";
      await list();
    }, { class: "primary", type: "submit" }));

  async function list() {
    const running = await api("/event_services");
    keyed(services, running, (one) => one.id, (one) => el("li", {}, el("span", {}, one.service.replace(/^EventService\((.*)\)$/, "$1")),
      button("Stop", async () => { await api(`/event_services/${one.id}`, { method: "DELETE" }); await list(); }, { class: "small quiet" })));
  }

  const refresh = table($("events"), {
    title: "Events",
    about: "Events that were posted to receivers, with the answers. A post without a 2xx answer is tried again.",
    columns: ["Time", "Event", "Receiver", "State", "Answers"],
    path: "/events",
    extra: el("div", { class: "panel" }, form, services),
    line: (row, toggle) => {
      toggle.append(el("span", { class: "path" }, row.type));
      const answers = el("span", { class: "answers" }, row.attempts.map((one) => status(one.status)));
      return [time(row.time), toggle, row.service, badge(row.state), answers];
    },
    details: async (row) => [
      el("ol", { class: "attempts" }, row.attempts.map((one) => el("li", {}, `Attempt ${one.number}: `, status(one.status), ` after ${one.milliseconds.toFixed(1)} ms, `, time(one.time)))),
      block("Event", JSON.stringify(row.event, null, 2))],
  });
  return async () => { await Promise.all([refresh(), list()]); };
}
