// Elements, times, and requests to the control interface. Texts become text nodes only.

export const $ = (id) => document.getElementById(id);

export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function button(label, run, attributes = {}) {
  return el("button", {
    type: "button",
    onclick: async (event) => {
      const pressed = event.currentTarget;
      pressed.disabled = true;
      try { await run(event); } catch (error) { toast(error.message); } finally { pressed.disabled = false; }
    },
    ...attributes,
  }, label);
}

export async function api(path, { method = "GET", body } = {}) {
  const options = { method };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(`/sandbox${path}`, options);
  } catch {
    throw new Error("The sandbox does not answer. Is it still running?");
  }
  const text = await response.text();
  let value = null;
  try { value = text ? JSON.parse(text) : null; } catch { /* not JSON */ }
  if (!response.ok) throw new Error(value?.error_description ?? `The sandbox answered ${response.status}`);
  return value;
}

export function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== "" && value !== undefined && value !== null);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

let hiding;
export function toast(text) {
  const box = $("toast");
  box.textContent = text;
  box.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => { box.classList.remove("shown"); box.textContent = ""; }, 5000);
}

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure context (a host name other than localhost) there is no clipboard.
    const area = el("textarea", { class: "hidden", value: text });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(`${what} copied`);
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(undefined, { month: "short", day: "numeric" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

export function time(iso, { short = false } = {}) {
  const date = new Date(iso);
  const today = date.toDateString() === new Date().toDateString();
  const shown = today ? clock.format(date) : short ? day.format(date) : `${day.format(date)}, ${clock.format(date)}`;
  return el("time", { datetime: date.toISOString(), title: whole.format(date) }, shown);
}

// Replace the children of a list, keep nodes whose data is the same, and the focus.
export function keyed(parent, rows, keyOf, make) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const focused = document.activeElement?.closest?.("[data-key]");
  const inside = focused && parent.contains(focused)
    ? { key: focused.dataset.key, part: document.activeElement.dataset.part, tag: document.activeElement.tagName }
    : null;
  const nodes = rows.map((row) => {
    const key = String(keyOf(row));
    const data = JSON.stringify(row);
    const known = old.get(key);
    if (known && known.rowData === data) return known;
    const node = make(row, known);
    node.dataset.key = key;
    node.rowData = data;
    return node;
  });
  const same = nodes.length === parent.children.length && nodes.every((node, at) => node === parent.children[at]);
  if (same) return;
  // Append without moving what is there already: a moved node loses the focus.
  const current = [...parent.children];
  if (current.every((node, at) => node === nodes[at])) {
    parent.append(...nodes.slice(current.length));
    return;
  }
  parent.replaceChildren(...nodes);
  if (inside) {
    const again = nodes.find((node) => node.dataset.key === inside.key);
    const target = (inside.part && again?.querySelector(`[data-part="${inside.part}"]`))
      ?? again?.querySelector(inside.tag.toLowerCase());
    target?.focus({ preventScroll: true });
  }
}

export function badge(state, code) {
  const tone = {
    DELIVERED: "good", READ: "good", CLICKTHRU: "good", CONVERTED: "good", SUCCESS: "good", ACTIVE: "good",
    SENT: "info", PROCESSED: "info", RECEIVED: "info", STARTED: "warn",
    FAILED: "bad", EXPIRED: "bad", REJECTED: "bad",
    SCHEDULED: "warn", PAUSED: "warn", RETRY: "warn",
  }[state] ?? "plain";
  return el("span", { class: `badge ${tone}` }, code ? `${state} ${code}` : state);
}

export function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}
