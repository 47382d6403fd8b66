"use strict";
// Keys for the review page. Without this script everything works with links and forms.

const byId = (id) => document.getElementById(id);
const SWITCH = "ofsight-keys";
const VALENCES = { s: "strength", w: "weakness", m: "mixed", n: "neutral" };

function isTyping(element) {
  return element.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
}

function areKeysOn() {
  const box = byId("keys-on");
  return box && box.checked;
}

// One key, one change: whoever types fast must not code the page that is on its way out.
let isLeaving = false;
window.addEventListener("pageshow", () => (isLeaving = false));

function leave(go) {
  isLeaving = true;
  go();
}

function goTo(id) {
  const element = byId(id);
  if (element) element.focus();
}

function press(id) {
  const element = byId(id);
  if (element) leave(() => element.click());
}

function showHelp() {
  const help = byId("help");
  if (help && !help.open) help.showModal();
}

const ACTIONS = {
  a: () => press("keep"),
  k: () => press("skip"),
  j: () => press("back"),
  u: () => byId("undo") && leave(() => byId("undo").requestSubmit()),
  t: () => {
    goTo("theme1");
    byId("theme1").select(); // what is typed takes the place of what the program said
  },
  c: () => goTo("note"),
  f: () => {
    byId("filters").open = true;
    goTo("show");
  },
  "?": showHelp,
};

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (isLeaving || !areKeysOn() || byId("help").open) return;
  const valence = VALENCES[event.key];
  if (valence) {
    const radio = byId("valence-" + valence);
    radio.checked = true;
    radio.focus();
  } else if (ACTIONS[event.key]) {
    ACTIONS[event.key]();
  } else {
    return;
  }
  event.preventDefault();
}

if (byId("coding")) {
  byId("coding").addEventListener("submit", (event) => {
    if (byId("coding").dataset.sent) event.preventDefault();
    byId("coding").dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => delete byId("coding").dataset.sent);
  document.addEventListener("keydown", onKey);
  byId("help-link").addEventListener("click", (event) => {
    event.preventDefault();
    showHelp();
  });
  const box = byId("keys-on");
  box.checked = localStorage.getItem(SWITCH) !== "off";
  box.addEventListener("change", () => localStorage.setItem(SWITCH, box.checked ? "on" : "off"));
  if (byId("faults")) byId("faults").focus();
}
