// One conversation: messages and calls in both directions, and the actions of the handset.

import { $, api, button, copy, el, keyed, toast } from "./dom.js";
import { composer, callBanner } from "./handset.js";
import { callLine, messageLine } from "./message.js";

const PAGE = 50;

let number = null;
let parts = null;
let older = [];
let latest = [];
let calls = [];
let complete = false;
let asked = 0;
let highlighted = null;
let read = null;

const path = (rest = "") => `/phones/${encodeURIComponent(number)}${rest}`;

export async function open(which, messageId) {
  highlighted = messageId ?? null;
  if (which !== number) {
    number = which;
    older = []; latest = []; calls = []; complete = false; read = null;
    build();
  }
  document.body.classList.toggle("in-conversation", number !== null);
  if (number !== null) await refresh();
}

function build() {
  const root = $("conversation");
  if (number === null) {
    parts = null;
    root.replaceChildren(el("div", { class: "placeholder" }, el("p", {}, "Choose a phone to see what it was sent and to answer for it.")));
    return;
  }
  parts = {
    log: el("ol", { class: "messages" }),
    earlier: button("Show earlier messages", showEarlier, { class: "more", hidden: true }),
    empty: el("p", { class: "empty", hidden: true }, "No messages. Write one below: it arrives as an MO message and as an event."),
    banner: el("div", { class: "banner", hidden: true, role: "region", "aria-label": "Call" }),
  };
  parts.scroll = el("div", { class: "scroll", tabindex: "0", role: "log", "aria-live": "polite", "aria-label": `Messages of ${number}` }, parts.earlier, parts.log, parts.empty);
  parts.composer = composer(number, refresh);
  root.replaceChildren(
    el("header", { class: "conversation-head" },
      el("a", { class: "back", href: "#/phones", "aria-label": "Back to the phones" }, "←"),
      el("h2", {}, number),
      button("Copy", () => copy(number, "Number"), { class: "small quiet", "aria-label": "Copy the number" }),
      el("a", { class: "small quiet button", href: `/sandbox${path("/messages")}`, target: "_blank", rel: "noopener" }, "JSON"),
      button("Clear", async () => {
        if (!confirm("Forget this conversation? The account keeps its messages.")) return;
        await api(path(), { method: "DELETE" });
        older = [];
      }, { class: "small quiet" })),
    parts.banner, parts.scroll, parts.composer.element);
}

export async function refresh() {
  if (number === null) return;
  const turn = ++asked;
  const whose = number;
  let page;
  let made;
  try {
    [page, made] = await Promise.all([api(path(`/messages?limit=${PAGE}`)), api(path("/calls"))]);
  } catch (error) {
    toast(error.message);
    return;
  }
  if (turn !== asked || whose !== number) return;
  // What has left the latest page is kept with the older ones, unless there is a gap.
  const ids = new Set(page.map((message) => message.id));
  const overlap = latest.some((message) => ids.has(message.id));
  older = overlap ? [...older, ...latest.filter((message) => !ids.has(message.id))] : [];
  if (!overlap) complete = page.length < PAGE;
  latest = page;
  calls = made;
  if (highlighted && !ids.has(highlighted) && !older.some((message) => message.id === highlighted)) await showEarlier();
  draw();
  const last = latest.findLast((message) => message.direction === "MT")?.id ?? null;
  if (last !== read && !document.hidden && !$("phones").hidden) {
    read = last;
    await api(path("/read"), { method: "POST" });
  }
}

async function showEarlier() {
  const first = older[0] ?? latest[0];
  if (!first) return;
  const page = await api(path(`/messages?limit=${PAGE}&before=${encodeURIComponent(first.id)}`));
  complete = page.length < PAGE;
  older = [...page, ...older];
  const { scroll } = parts;
  const fromBottom = scroll.scrollHeight - scroll.scrollTop;
  draw();
  scroll.scrollTop = scroll.scrollHeight - fromBottom;
}

function draw() {
  const { log, scroll, earlier, empty, banner } = parts;
  const atBottom = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
  const messages = [...older, ...latest];
  const since = complete || !messages.length ? -Infinity : Date.parse(messages[0].created);
  // Not compared as texts: a whole second has no fraction.
  const rows = [
    ...messages.map((message) => ({ at: Date.parse(message.created), message })),
    ...calls.map((call) => ({ at: Date.parse(call.started), call })).filter((row) => row.at >= since),
  ].sort((a, b) => a.at - b.at);
  const first = log.childElementCount === 0;
  scroll.setAttribute("aria-busy", String(first));
  keyed(log, rows, (row) => (row.message ?? row.call).id,
    (row) => (row.message ? messageLine(row.message, (text) => parts.composer.send(text)) : callLine(row.call)));
  scroll.setAttribute("aria-busy", "false");
  earlier.hidden = complete;
  empty.hidden = rows.length > 0;
  parts.composer.update(messages);
  const call = calls.findLast((one) => ["STARTED", "ACTIVE"].includes(one.state));
  callBanner(banner, call, path, refresh);
  if (highlighted) {
    const line = [...log.children].find((node) => node.dataset.key === highlighted);
    if (line) {
      line.classList.add("found");
      line.scrollIntoView({ block: "center" });
      highlighted = null;
      return;
    }
  }
  if (atBottom || first) scroll.scrollTop = scroll.scrollHeight;
}

document.addEventListener("senders", () => parts?.composer.update([...older, ...latest]));

// Messages that move by the clock change without a notice: look again while one is on its way.
setInterval(() => {
  if (!document.hidden && latest.some((message) => ["CREATED", "SENT", "SCHEDULED", "PAUSED"].includes(message.state))) refresh();
}, 3000);

export const isOpen = (keys) => number !== null && (keys.length === 0 || keys.some((key) => key.replace("+", "") === number.replace("+", "")));
