// Faults, token, clock and progress.

import { $, api, badge, button, copy, el, keyed, toast } from "./dom.js";

const PRESETS = [
  ["Lose the answer: it was executed", { kind: "Reset", executed: true }],
  ["Lose the call: it was not executed", { kind: "Reset", executed: false }],
  ["503 Service Unavailable", { kind: "Refuse", status: 503 }],
  ["429 Too Many Requests, retry after 5 s", { kind: "Refuse", status: 429, retry_after: 5 }],
  ["At most 5 calls a second", { kind: "Throttle", calls: 5, seconds: 1 }],
  ["Answer slowly: 5 seconds", { kind: "Slow", seconds: 5 }],
  ["Never answer", { kind: "Hang", executed: false }],
  ["Hide what was created for 3 reads", { kind: "Hidden", reads: 3 }],
  ["An HTML page instead of JSON", { kind: "WrongBody" }],
  ["Bytes that are not HTTP", { kind: "Garbage", executed: false }],
];
const OPERATIONS = ["*", "message_requests.*", "message_requests.create", "message_requests.get", "message_requests.list", "messages.*", "messages.create", "messages.list", "contacts.*", "contact_groups.*", "calls.*", "calls.create", "attachments.*", "auth.refresh", "*.list"];

const shownFault = ({ kind, ...fields }) => {
  const given = Object.entries(fields).filter(([, value]) => value !== null);
  return `${kind}(${given.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(", ")})`;
};
const same = (rule) => JSON.stringify([rule.operation, rule.fault, rule.times, rule.after, rule.probability, rule.seed]);

export function faults() {
  const list = el("ul", { class: "rules" });
  const empty = el("p", { class: "empty", hidden: true }, "No rules: every call is answered as it should be.");
  const operation = el("input", { id: "rule-operation", list: "operations", value: "message_requests.create", required: true, spellcheck: "false" });
  const preset = el("select", { id: "rule-preset" }, PRESETS.map(([name], at) => el("option", { value: String(at) }, name)));
  const fault = el("input", { id: "rule-fault", class: "mono", required: true, spellcheck: "false", "aria-describedby": "rule-hint" });
  const times = el("input", { id: "rule-times", type: "number", min: "1", placeholder: "no limit" });
  const share = el("input", { id: "rule-share", type: "number", min: "0", max: "100", value: "100", required: true });
  const fillIn = () => { fault.value = JSON.stringify(PRESETS[Number(preset.value)][1]); };
  preset.addEventListener("change", fillIn);
  fillIn();
  const form = el("form", { class: "panel grid-form", onsubmit: (event) => event.preventDefault() },
    el("h3", {}, "Add a rule"),
    el("div", { class: "field" }, el("label", { for: "rule-operation" }, "Operation or pattern"), operation, el("datalist", { id: "operations" }, OPERATIONS.map((name) => el("option", { value: name })))),
    el("div", { class: "field" }, el("label", { for: "rule-preset" }, "Fault"), preset),
    el("div", { class: "field wide" }, el("label", { for: "rule-fault" }, "As JSON"), fault, el("p", { id: "rule-hint", class: "about" }, "Class and arguments of scgapi.sandbox.faults.")),
    el("div", { class: "field" }, el("label", { for: "rule-times" }, "Times"), times),
    el("div", { class: "field" }, el("label", { for: "rule-share" }, "Share of calls, %"), share),
    el("div", { class: "field submit" }, button("Add rule", add, { class: "primary", type: "submit" })));

  async function add() {
    if (!form.reportValidity()) return;
    let given;
    try { given = JSON.parse(fault.value); } catch { throw new Error("The fault is not JSON."); }
    await api("/rules", { method: "POST", body: { operation: operation.value.trim(), fault: given, times: times.value ? Number(times.value) : null, probability: Number(share.value) / 100 } });
    await refresh();
  }

  async function toggle(rule) {
    if (rule.on) await api(`/rules/${rule.id}`, { method: "DELETE" });
    else {
      const { operation, fault, times, after, probability, seed } = rule;
      await api("/rules", { method: "POST", body: { operation, fault, times, after, probability, seed } });
    }
    await refresh();
  }

  function line(rule) {
    const label = `${rule.operation} → ${shownFault(rule.fault)}`;
    const limits = [rule.times === null ? null : rule.times === 1 ? "once" : `at most ${rule.times} times`, rule.after ? `after ${rule.after}` : null, rule.probability < 1 ? `${Math.round(rule.probability * 100)} % of calls` : null].filter(Boolean).join(", ");
    return el("li", { class: rule.on ? "" : "off" },
      button(el("span", { class: "knob" }), () => toggle(rule), { role: "switch", class: "switch", "data-part": "switch", "aria-checked": String(rule.on), "aria-label": label }),
      el("div", { class: "rule" }, el("strong", {}, rule.operation), el("code", {}, shownFault(rule.fault)), limits ? el("span", { class: "about" }, limits) : null),
      el("span", { class: `fired ${rule.fired ? "has" : ""}`, "aria-label": `Fired ${rule.fired} times` }, `fired ${rule.fired}`));
  }

  async function refresh() {
    const [running, stopped] = await Promise.all([api("/rules"), api("/rules/stopped")]);
    const rows = running.map((rule) => ({ ...rule, on: true }));
    const known = new Set(running.map(same));
    for (const rule of stopped.reverse()) {
      if (!known.has(same(rule))) { known.add(same(rule)); rows.push({ ...rule, on: false }); }
    }
    keyed(list, rows, (rule) => same(rule) + (rule.on ? rule.id : ""), line);
    empty.hidden = rows.length > 0;
  }

  $("faults").replaceChildren(
    el("header", { class: "page-head" }, el("h2", {}, "Faults"), button("Switch all off", async () => { await api("/rules", { method: "DELETE" }); await refresh(); }, { class: "small quiet" })),
    el("p", { class: "about" }, "Rules are asked in their order; the first that fires has the call to itself."),
    el("div", { class: "panel flush" }, list, empty), form);
  return refresh;
}

export function account() {
  const token = el("code", { class: "value" });
  const ttl = el("input", { id: "ttl", type: "number", min: "1", placeholder: "for ever" });
  const now = el("output", { class: "clock", "aria-label": "Time of the sandbox" });
  const seconds = el("input", { id: "advance", type: "number", min: "0", value: "60", required: true });
  const kind = el("select", { id: "progress-kind" },
    el("option", { value: "AfterReads" }, "each time they are read n times"),
    el("option", { value: "AfterSeconds" }, "each time n seconds pass"),
    el("option", { value: "Immediate" }, "at once"));
  const amount = el("input", { id: "progress-n", type: "number", min: "0", step: "any", value: "1" });
  const environment = el("pre", { tabindex: "0", role: "region", "aria-label": "Environment for a program" });
  let ahead = 0;
  let key = "";
  let secret = "";

  const tick = () => {
    if ($("account").hidden) return;
    now.textContent = new Date(Date.now() + ahead).toISOString().replace("T", " ").slice(0, 19) + " UTC";
  };
  setInterval(tick, 500);
  kind.addEventListener("change", () => { amount.disabled = kind.value === "Immediate"; });

  async function show(given) {
    ({ key, secret } = given);
    token.textContent = given.token;
    environment.textContent = `export SCG_URL=${location.origin}\nexport SCG_KEY=${key}\nexport SCG_SECRET=${secret}\nexport SCG_TOKEN=${given.token}`;
  }

  async function advance(by) {
    const answer = await api("/clock/advance", { method: "POST", body: { seconds: by } });
    ahead = answer.now * 1000 - Date.now();
    tick();
    toast(`The clock moved ahead by ${by} s`);
  }

  async function refresh() {
    const [given, life, clock, { progress }] = await Promise.all([api("/token"), api("/token/ttl"), api("/clock"), api("/progress")]);
    await show(given);
    if (document.activeElement !== ttl) ttl.value = life.seconds ?? "";
    ahead = clock.now * 1000 - Date.now();
    tick();
    if (document.activeElement !== kind && document.activeElement !== amount) {
      kind.value = progress.kind;
      amount.value = progress.n ?? progress.seconds ?? "";
      amount.disabled = progress.kind === "Immediate";
    }
  }

  $("account").replaceChildren(
    el("header", { class: "page-head" }, el("h2", {}, "Token & clock")),
    el("div", { class: "cards-grid" },
      el("section", { class: "panel", "aria-labelledby": "token-title" }, el("h3", { id: "token-title" }, "Token"), token,
        el("div", { class: "row" },
          button("Copy", () => copy(token.textContent, "Token"), { class: "small" }),
          button("Expire", async () => { await show(await api("/token/expire", { method: "POST" })); toast("The token is refused from now on"); }, { title: "Refuse the current token from now on" }),
          button("Rotate", async () => { await show(await api("/token/rotate", { method: "POST" })); toast("There is a new token; the old one is refused"); }, { title: "Replace it as somebody else would" })),
        el("form", { class: "inline-form", onsubmit: (event) => event.preventDefault() },
          el("label", { for: "ttl" }, "Next tokens are good for, in seconds"), ttl,
          button("Set", async () => { await api("/token/ttl", { method: "PUT", body: { seconds: ttl.value ? Number(ttl.value) : null } }); toast("Lifetime set"); }, { type: "submit" }))),
      el("section", { class: "panel", "aria-labelledby": "clock-title" }, el("h3", { id: "clock-title" }, "Clock"), now,
        el("div", { class: "row" },
          button("+1 minute", () => advance(60)), button("+1 hour", () => advance(3600)), button("+1 day", () => advance(86400))),
        el("form", { class: "inline-form", onsubmit: (event) => event.preventDefault() },
          el("label", { for: "advance" }, "Move ahead by seconds"), seconds, button("Move", () => advance(Number(seconds.value)), { type: "submit" }))),
      el("section", { class: "panel", "aria-labelledby": "progress-title" }, el("h3", { id: "progress-title" }, "Progress of messages"),
        el("p", { class: "about" }, "Messages move from CREATED to SENT to DELIVERED. Looking at this page is not a read."),
        el("form", { class: "inline-form", onsubmit: (event) => event.preventDefault() },
          el("label", { for: "progress-kind" }, "They move"), kind, el("label", { class: "hidden", for: "progress-n" }, "n"), amount,
          button("Set", async () => {
            const n = Number(amount.value);
            const progress = { AfterReads: { kind: "AfterReads", n }, AfterSeconds: { kind: "AfterSeconds", seconds: n } }[kind.value] ?? { kind: "Immediate" };
            await api("/progress", { method: "PUT", body: { progress } });
            toast("Progress set");
          }, { type: "submit" }))),
      el("section", { class: "panel", "aria-labelledby": "reset-title" }, el("h3", { id: "reset-title" }, "Reset"),
        el("p", { class: "about" }, "Back to the beginning: no messages, contacts, rules and logs. URL and credentials stay."),
        el("div", { class: "row" }, button("Reset the sandbox", async () => {
          if (!confirm("Reset the sandbox? All its objects are forgotten.")) return;
          await api("/reset", { method: "POST" });
          toast("The sandbox was reset");
        }, { class: "bad" }))),
      el("section", { class: "panel wide", "aria-labelledby": "env-title" },
        el("div", { class: "block-head" }, el("h3", { id: "env-title" }, "Use it from a program"), button("Copy", () => copy(environment.textContent, "Environment"), { class: "small quiet" })), environment)));
  return refresh;
}
