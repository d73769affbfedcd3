"use strict";
// Shows what holds every word that is asked for, and hides the rest. Nothing leaves the page.
const field = document.getElementById("asked");
const found = document.getElementById("found");
const parts = [...document.querySelectorAll(".searched")].map(part => ({ part, text: part.textContent.toLowerCase() }));
const areas = [...document.querySelectorAll(".area")].reverse();
const listed = [...document.querySelectorAll("nav [data-of]")];
const groups = [...document.querySelectorAll("nav .listed")];

const FEW = 3;

function open(part) {
  const details = part.querySelector(":scope > details");
  if (details) details.open = true;
}

function search() {
  const words = field.value.toLowerCase().split(/\s+/).filter(word => word);
  const shown = parts.filter(({ part, text }) => {
    part.hidden = !words.every(word => text.includes(word));
    return !part.hidden;
  });
  for (const area of areas) area.hidden = !area.querySelector(".searched:not([hidden])");
  for (const line of listed) line.hidden = document.getElementById(line.dataset.of).hidden;
  for (const group of groups) {
    group.hidden = !group.querySelector("[data-of]:not([hidden])");
    group.firstElementChild.open = words.length > 0 && !group.hidden;
  }
  if (words.length && shown.length <= FEW) for (const { part } of shown) open(part);
  found.textContent = words.length ? `${shown.length} of ${parts.length} hold that.` : "";
}

function show() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.hidden || target.closest("[hidden]")) {
    field.value = "";
    search();
  }
  open(target);
  target.scrollIntoView();
}

let waiting;
field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 120); });
field.addEventListener("keydown", event => {
  if (event.key === "Escape") { field.value = ""; search(); }
});
addEventListener("hashchange", show);
document.getElementById("search").hidden = false;
show();
