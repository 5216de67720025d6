// Display of messages and calls in a conversation.

import { badge, button, copy, el, time } from "./dom.js";

const MOVES = "Moves on as set under Token & clock: by default, each time your program reads it";
const MOVING = { CREATED: MOVES, SENT: MOVES, SCHEDULED: "Waits for its time", PAUSED: "Waits to be resumed" };
// What a handset does not show. A message may also be deleted after it was sent.
const ABSENT = {
  SCHEDULED: "Not on the phone yet: waits for its time",
  PAUSED: "Not on the phone yet: waits to be resumed",
  DELETED: "Canceled: never sent to the phone",
  EXPIRED: "Expired: never sent to the phone",
  FAILED: "Did not reach the phone",
  TEST: "A test message: never sent to the phone",
};

export const absence = (message) => (message.direction === "MO" || (message.state === "DELETED" && message.sent) ? undefined : ABSENT[message.state]);

const isWeb = (url) => /^https?:\/\//i.test(url);

export function messageLine(message, send) {
  const fromHandset = message.direction === "MO";
  const absent = absence(message);
  const bubble = el("div", { class: "bubble" },
    message.subject ? el("p", { class: "subject" }, message.subject) : null,
    message.media.map(picture),
    message.media_urls.map(link),
    message.rich ? rich(message.rich, send) : message.body ? el("p", { class: "text" }, message.body) : null);
  return el("li", { class: `message ${fromHandset ? "mo" : "mt"}${absent ? " absent" : ""}` },
    el("span", { class: "hidden" }, fromHandset ? "From the handset:" : "To the handset:"),
    bubble,
    absent ? el("p", { class: "absence" }, absent) : null,
    message.code && !absent ? code(message.code) : null,
    message.failure_details ? el("p", { class: "failure" }, message.failure_details) : null,
    el("p", { class: "meta" },
      el("span", { title: MOVING[message.state] }, badge(message.state, message.failure_code)),
      time(message.created),
      el("span", { title: fromHandset ? "Sent to" : "Sent from" }, `${fromHandset ? "to" : "from"} ${(fromHandset ? message.to_address : message.from_address) ?? "unknown"}`),
      el("span", {}, message.rich ? `${message.type}, rich` : message.type === "SMS" ? `${message.segments} segment${message.segments === 1 ? "" : "s"}` : message.type),
      el("a", { href: `/sandbox/messages/${encodeURIComponent(message.id)}`, target: "_blank", rel: "noopener", "data-part": "raw" }, "JSON"),
      message.request_id ? el("a", { href: "#", "data-part": "request", title: message.request_id, onclick: (event) => {
        event.preventDefault();
        document.dispatchEvent(new CustomEvent("find-request", { detail: message.request_id }));
      } }, "Request") : null));
}

function picture(media) {
  const name = media.filename ?? "Attachment";
  const image = el("img", { src: media.url, alt: name, class: "picture", onerror: (event) => {
    event.target.parentElement.replaceChildren(name);
  } });
  return el("a", { href: media.url, target: "_blank", rel: "noopener", class: "media", "data-part": media.id }, image);
}

function link(url) {
  return isWeb(url) ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer", class: "url" }, url) : el("span", { class: "url" }, url);
}

function code(text) {
  return el("div", { class: "code" }, el("span", { class: "label" }, "Code"), el("code", {}, text),
    button("Copy", () => copy(text, "Code"), { class: "small", "data-part": "code", "aria-label": `Copy the code ${text}` }));
}

function rich(content, send) {
  const single = content.richCard?.standaloneCard?.cardContent;
  const several = content.richCard?.carouselCard?.cardContents;
  const cards = single ? [single] : Array.isArray(several) ? several : [];
  const known = content.text || content.media || cards.length;
  return el("div", { class: "rich" },
    typeof content.text === "string" ? el("p", { class: "text" }, content.text) : null,
    content.media ? mediaInfo(content.media) : null,
    cards.length ? el("div", { class: "cards" }, cards.map((one) => card(one, send))) : null,
    known ? null : el("pre", {}, JSON.stringify(content, null, 2)),
    suggestions(content.suggestions, send));
}

function card(content, send) {
  return el("div", { class: "card" },
    content?.media ? mediaInfo(content.media) : null,
    content?.title ? el("p", { class: "subject" }, String(content.title)) : null,
    content?.description ? el("p", { class: "text" }, String(content.description)) : null,
    suggestions(content?.suggestions, send));
}

function mediaInfo(media) {
  // Pictures elsewhere are not loaded: the page works without a network, and tells nobody that it was looked at.
  const url = media.contentInfo?.fileUrl ?? media.fileUrl ?? media.file?.url;
  return el("div", { class: "elsewhere" }, "Picture: ", typeof url === "string" ? link(url) : JSON.stringify(media));
}

function suggestions(given, send) {
  if (!Array.isArray(given) || !given.length) return null;
  return el("div", { class: "suggestions" }, given.map((one, at) => {
    const reply = one?.reply?.text;
    const action = one?.action;
    if (typeof reply === "string") return button(reply, () => send(reply), { class: "small", "data-part": `reply${at}` });
    const url = action?.openUrlAction?.url;
    const label = String(action?.text ?? "Action");
    return typeof url === "string" && isWeb(url)
      ? el("a", { class: "button small", href: url, target: "_blank", rel: "noopener noreferrer" }, `${label} ↗`)
      : el("span", { class: "button small inert" }, label);
  }));
}

export function callLine(call) {
  const seconds = call.answered && call.ended ? Math.round((new Date(call.ended) - new Date(call.answered)) / 1000) : null;
  return el("li", { class: "call" },
    el("span", { class: "meta" }, `${call.direction === "OUT" ? `Call from ${call.from_address}` : `Call to ${call.to_address}`}`,
      badge(call.state), time(call.started), seconds === null ? null : el("span", {}, `${seconds} s`)),
    call.played.map((heard) => el("p", { class: "heard" }, "Heard: ", heard)));
}
