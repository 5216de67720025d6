// Actions of the handset: write, attach, opt out and in, call, accept, press keys.

import { api, badge, button, el, toast } from "./dom.js";
import { senders } from "./phones.js";

const MAX_PICTURE_BYTES = 10_000_000;
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*", "#"];

export function composer(number, done) {
  const path = `/phones/${encodeURIComponent(number)}`;
  const to = el("select", { id: "reply-to", "aria-label": "To" });
  const text = el("textarea", { id: "reply-text", rows: "1", placeholder: "Reply as the handset", "aria-label": "Reply as the handset" });
  const file = el("input", { type: "file", id: "reply-picture", class: "hidden", "aria-label": "Attach a picture", accept: "image/png,image/jpeg,image/gif,image/webp" });
  const chosen = el("span", { class: "chosen", role: "status" });
  const detach = button("Remove", () => { file.value = ""; show(); }, { class: "small quiet", hidden: true });
  let touched = false;
  to.addEventListener("change", () => { touched = true; });
  file.addEventListener("change", show);

  function show() {
    const picture = file.files[0];
    if (picture && picture.size > MAX_PICTURE_BYTES) {
      toast("A picture may have at most 10 MB.");
      file.value = "";
    }
    chosen.textContent = file.files[0]?.name ?? "";
    detach.hidden = !file.files[0];
  }

  async function send(body, picture) {
    if (!to.value) throw new Error("There is no sender id to write to.");
    const message = { body, to: to.value };
    if (picture) message.picture = await base64(picture);
    await api(`${path}/messages`, { method: "POST", body: message });
    await done();
  }

  async function submit() {
    const body = text.value;
    const picture = file.files[0];
    if (!body.trim() && !picture) return;
    try {
      await send(body, picture);
      text.value = "";
      file.value = "";
      show();
      grow();
    } catch (error) {
      toast(error.message);
    }
    text.focus();
  }

  function grow() {
    text.rows = Math.min(6, text.value.split("\n").length);
  }

  text.addEventListener("input", grow);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  });
  const element = el("form", { class: "composer", "aria-label": "Reply", onsubmit: (event) => { event.preventDefault(); submit(); } },
    el("div", { class: "row tools" },
      el("label", { class: "to", for: "reply-to" }, "To ", to),
      button("STOP", () => send("STOP"), { class: "small", title: "Opt out" }),
      button("START", () => send("START"), { class: "small", title: "Opt in" }),
      button("Call", call, { class: "small", title: "Call the application's voice number" })),
    el("div", { class: "row" },
      el("label", { class: "button attach", for: "reply-picture", title: "Attach a picture" }, "Picture"),
      file, text, el("button", { class: "primary" }, "Send")),
    el("div", { class: "row attached" }, chosen, detach));

  async function call() {
    const own = senders.find((sender) => sender.address === to.value && sender.capabilities.includes("VOICE"));
    const voice = own ?? senders.find((sender) => sender.capabilities.includes("VOICE"));
    if (!voice) throw new Error("No sender id can take calls.");
    await api(`${path}/calls`, { method: "POST", body: { to: voice.address } });
    await done();
  }

  function update(messages) {
    if (to.options.length !== senders.length) {
      const before = to.value;
      to.replaceChildren(...senders.map((sender) => el("option", { value: sender.address }, `${sender.address} · ${sender.name}`)));
      if (before) to.value = before;
    }
    if (touched) return;
    const last = messages.at(-1);
    const address = last && (last.direction === "MT" ? last.from_address : last.to_address);
    if (address && senders.some((sender) => sender.address === address)) to.value = address;
    else if (!to.value) to.value = (senders.find((sender) => sender.capabilities.includes("SMS")) ?? senders[0])?.address ?? "";
  }

  return { element, update, send };
}

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

export function callBanner(root, call, path, done) {
  const key = call ? `${call.id} ${call.state} ${call.played.length}` : "";
  if (root.dataset.call === key) return;
  root.dataset.call = key;
  root.hidden = !call;
  root.classList.toggle("active", call?.state === "ACTIVE");
  if (!call) { root.replaceChildren(); return; }
  const act = (what, body) => async () => { await api(path(`/${what}`), { method: "POST", body }); await done(); };
  const incoming = call.direction === "OUT";
  const head = el("div", { class: "row" },
    el("strong", {}, call.state === "ACTIVE" ? "In a call" : incoming ? "Incoming call" : "Calling"),
    el("span", {}, incoming ? `from ${call.from_address}` : `to ${call.to_address}`), badge(call.state),
    call.state === "STARTED" && incoming ? [
      button("Accept", act("accept"), { class: "good" }),
      button("Reject", act("reject"), { class: "bad" })]
      : button("Hang up", act("hang_up"), { class: "bad" }));
  const heard = call.played.length ? el("p", { class: "heard" }, "Heard: ", call.played.at(-1)) : null;
  const keys = call.state === "ACTIVE"
    ? el("div", { class: "keypad", role: "group", "aria-label": "Keypad" }, KEYS.map((digit) => button(digit, act("press", { digits: digit }), { "aria-label": `Press ${digit}` })))
    : null;
  root.replaceChildren(...[head, heard, keys].filter(Boolean));
}
