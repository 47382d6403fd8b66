"use strict";
// What the reader chose stands in the page's own address, after the #, so that it can be kept and shared.
const fields = [...document.querySelectorAll("[data-filter]")];

function chosen() {
  return Object.fromEntries(fields.map(field => [field.dataset.filter, field.value.trim()]));
}

function keep(choice) {
  const set = Object.entries(choice).filter(([, value]) => value);
  const address = new URLSearchParams(set).toString();
  if (location.search || address !== location.hash.slice(1)) history.replaceState(null, "", `${location.pathname}#${address}`);
}

function recall() {
  const kept = new URLSearchParams(location.hash.slice(1) || location.search);  // the first page asks with ?words=
  for (const field of fields) {
    field.value = kept.get(field.dataset.filter) || "";
    if (field.selectedIndex === -1) field.value = "";  // a choice that this site does not offer
  }
}

// Whether a report is among those chosen; its facts are keys as they stand in the choice.
function fits(facts, choice) {
  const year = Number(facts.year);
  return ["authority", "region", "framework", "kind"].every(key => !choice[key] || facts[key] === choice[key])
    && (!choice.from || year >= Number(choice.from)) && (!choice.to || (year && year <= Number(choice.to)))
    && (!choice.grade || facts.grades.includes(choice.grade));
}

function counted(count, one, many) {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
}

function start(update) {
  const again = () => { recall(); update(); };
  for (const field of fields) field.addEventListener("input", update);
  document.getElementById("clear").addEventListener("click", () => {
    for (const field of fields) field.value = "";
    update();
    fields[0].focus();
  });
  addEventListener("hashchange", again);
  again();
}
