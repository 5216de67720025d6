// The list of phones, and the search.

import { $, api, badge, button, el, keyed, query, time, toast } from "./dom.js";

const PAGE = 50;
const STATES = ["CREATED", "SENT", "DELIVERED", "READ", "FAILED", "EXPIRED", "SCHEDULED", "PAUSED", "DELETED", "RECEIVED", "PROCESSED"];

let wanted = PAGE;
let current = null;
let asked = 0;

export const hashOf = (number) => `#/phones/${encodeURIComponent(number)}`;

export function start() {
  const form = $("search");
  form.elements.state.append(...STATES.map((state) => el("option", {}, state)));
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { wanted = PAGE; refresh(); }, 150);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); refresh(); });
  $("more-phones").addEventListener("click", () => { wanted += PAGE; refresh(); });
  $("new-phone").addEventListener("click", () => {
    $("new-form").hidden = !$("new-form").hidden;
    if (!$("new-form").hidden) $("new-number").focus();
  });
  $("new-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const number = $("new-number").value.trim();
    if (!number.replace("+", "")) return;
    $("new-form").hidden = true;
    $("new-number").value = "";
    location.hash = hashOf(number);
  });
  $("clear-phones").replaceWith(button("Clear all", async () => {
    if (!confirm("Forget all conversations? The account keeps its messages.")) return;
    await api("/phones", { method: "DELETE" });
  }, { id: "clear-phones", class: "small quiet" }));
  loadSenders();
}

export let senders = [];

export async function loadSenders() {
  try { senders = await api("/sender_ids"); } catch { senders = []; }
  const select = $("search").elements.sender;
  const chosen = select.value;
  select.replaceChildren(el("option", { value: "" }, "Any"),
    ...senders.map((sender) => el("option", { value: sender.id }, `${sender.address} · ${sender.name}`)));
  select.value = chosen;
  document.dispatchEvent(new CustomEvent("senders"));
}

export function select(number) {
  current = number;
  mark();
}

function filters() {
  const { text, sender, state, request_id } = $("search").elements;
  return { text: text.value.trim(), sender: sender.value, state: state.value, request_id: request_id.value.trim() };
}

export async function refresh() {
  const turn = ++asked;
  const given = filters();
  const searching = Object.values(given).some(Boolean);
  let rows;
  try {
    // One more than is shown tells whether there are more.
    rows = searching ? await find(given, wanted + 1) : await pages(wanted + 1);
  } catch (error) {
    toast(error.message);
    return;
  }
  if (turn !== asked) return;
  const more = rows.length > wanted;
  rows = rows.slice(0, wanted);
  $("list-title").textContent = searching ? "Messages found" : "Phones";
  keyed($("phone-list"), rows, (row) => row.id ?? row.number, searching ? foundLine : phoneLine);
  $("more-phones").hidden = !more;
  const empty = $("no-phones");
  empty.hidden = rows.length > 0;
  empty.textContent = searching ? "No message matches." : "No messages yet. Send one to see its phone here.";
  mark();
}

async function pages(count) {
  const rows = [];
  while (rows.length < count) {
    const limit = Math.min(1000, count - rows.length);
    const page = await api(`/phones${query({ limit, offset: rows.length })}`);
    rows.push(...page);
    if (page.length < limit) break;
  }
  return rows;
}

async function find(given, count) {
  const limit = Math.min(1000, count);
  const searches = [api(`/messages${query({ ...given, limit })}`)];
  // Digits may be a number, or be in a text.
  if (/^\+?\d{3,}$/.test(given.text)) {
    searches.push(api(`/messages${query({ ...given, text: "", number: given.text, limit })}`));
  }
  const found = new Map((await Promise.all(searches)).flat().map((message) => [message.id, message]));
  return [...found.values()].sort((a, b) => Date.parse(b.created) - Date.parse(a.created));
}

function phoneLine(phone) {
  const unread = phone.unread ? el("span", { class: "unread" }, String(phone.unread), el("span", { class: "hidden" }, " unread")) : null;
  const failed = ["FAILED", "EXPIRED", "DELETED", "SCHEDULED", "PAUSED", "TEST"].includes(phone.last_state) ? badge(phone.last_state) : null;
  const direction = { MO: "↩ " }[phone.last_direction] ?? "";
  return el("li", {}, el("a", { href: hashOf(phone.number), "data-number": phone.number, class: phone.unread ? "is-unread" : "" },
    el("span", { class: "line" }, el("span", { class: "number" }, phone.number), time(phone.last_time, { short: true })),
    el("span", { class: "line" },
      el("span", { class: "preview" }, `${direction}${phone.last_text}`),
      phone.ringing ? el("span", { class: "badge warn" }, "RINGING") : null, failed, unread)));
}

function foundLine(message) {
  const number = message.direction === "MO" ? message.from_address : message.to_address;
  return el("li", {}, el("a", { href: number ? `${hashOf(number)}/${message.id}` : `/sandbox/messages/${message.id}`, "data-number": number ?? "" },
    el("span", { class: "line" }, el("span", { class: "number" }, number ?? "No number"), time(message.created, { short: true })),
    el("span", { class: "line" }, el("span", { class: "preview" }, message.rich?.text ?? message.body), badge(message.state, message.failure_code))));
}

function mark() {
  for (const link of $("phone-list").querySelectorAll("a")) {
    if (link.dataset.number === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
