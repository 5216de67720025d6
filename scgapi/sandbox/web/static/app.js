// The page: selection and refresh of its views.

import { $, toast } from "./dom.js";
import * as conversation from "./conversation.js";
import * as phones from "./phones.js";
import { account, faults } from "./controls.js";
import { events, requests } from "./logs.js";

const VIEWS = ["phones", "requests", "events", "faults", "account"];
const TITLES = { phones: "Phones", requests: "Requests", events: "Events", faults: "Faults", account: "Token & clock" };
const refreshers = {};
let view = "phones";

function route() {
  const [, name, number, message] = location.hash.split("/");
  view = VIEWS.includes(name) ? name : "phones";
  for (const one of VIEWS) $(one).hidden = one !== view;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  let chosen = null;
  if (view === "phones" && number) {
    try { chosen = decodeURIComponent(number); } catch { chosen = null; }
  }
  document.title = `${chosen ?? TITLES[view]} · SCG sandbox`;
  if (view === "phones") {
    phones.select(chosen);
    conversation.open(chosen, message);
  } else {
    document.body.classList.remove("in-conversation");
  }
  refresh();
}

async function refresh() {
  try { await refreshers[view](); } catch (error) { toast(error.message); }
}

// At most one refresh runs and one more waits, so that a burst of changes does not cause a burst of requests.
function paced(run) {
  let busy = false;
  let again = false;
  return async () => {
    if (busy) { again = true; return; }
    busy = true;
    do {
      again = false;
      try { await run(); } catch { /* the next change tries again */ }
    } while (again);
    busy = false;
  };
}

function listen() {
  const status = $("connection");
  const state = (text, live) => { status.textContent = text; status.classList.toggle("live", live); };
  const list = paced(phones.refresh);
  const talk = paced(conversation.refresh);
  const shown = paced(() => refreshers[view]());
  let source = null;

  function connect() {
    source = new EventSource("/sandbox/changes");
    source.onopen = () => { state("Live", true); shown(); talk(); };
    source.onerror = () => state("Reconnecting…", false);
    source.addEventListener("phones", (event) => {
      if (view !== "phones") return;
      list();
      if (conversation.isOpen(JSON.parse(event.data))) talk();
    });
    source.addEventListener("requests", () => { if (view === "requests" || view === "faults") shown(); });
    source.addEventListener("events", () => { if (view === "events") shown(); });
    source.addEventListener("reset", () => { phones.loadSenders(); shown(); talk(); });
  }

  // A browser opens few connections to one host: tabs in the background give theirs back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { source?.close(); source = null; state("Paused", false); }
    else if (!source) connect();
  });
  connect();
}

document.addEventListener("find-request", (event) => {
  const { request_id, text, sender, state } = $("search").elements;
  text.value = ""; sender.value = ""; state.value = "";
  request_id.value = event.detail;
  $("filters").open = true;
  document.body.classList.remove("in-conversation");
  phones.refresh();
});

phones.start();
refreshers.phones = phones.refresh;
refreshers.requests = requests();
refreshers.events = events();
refreshers.faults = faults();
refreshers.account = account();
addEventListener("hashchange", route);
conversation.open(null);
route();
listen();
