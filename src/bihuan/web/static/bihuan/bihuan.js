// What a browser may add; every page works without it.
"use strict";

// Filters stay folded on a phone, where they would push the ledger off the screen.
if (window.matchMedia("(max-width: 63.99rem)").matches) {
  for (const box of document.querySelectorAll(".filters-box")) box.open = false;
}

// Choosing a file by dropping it on the field.
for (const field of document.querySelectorAll(".drop")) {
  const input = field.querySelector("input[type=file]");
  const over = (yes) => (event) => { event.preventDefault(); field.classList.toggle("is-over", yes); };
  field.addEventListener("dragover", over(true));
  field.addEventListener("dragleave", over(false));
  field.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

// A whole page instead of rows: the session ended, or the request was refused. It is shown as the page that it is.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.xhr;
  if (/^\s*<!doctype/i.test(answer.responseText)) {
    event.detail.shouldSwap = false;
    window.location.assign(answer.responseURL);
  }
});

// Readers of screens hear what a filter has left.
document.addEventListener("htmx:afterSettle", () => {
  const sum = document.querySelector("[data-sum], .rows .empty-title");
  const told = document.getElementById("told");
  if (sum && told) told.textContent = sum.firstChild.textContent;
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
  if (button.dataset.print === "now") window.addEventListener("load", () => window.print());
}

// Back to the ledger means: to the rows that were filtered there.
window.addEventListener("pagehide", () => {
  if (document.getElementById("rows")) sessionStorage.setItem(window.location.pathname, window.location.search);
});
for (const link of document.querySelectorAll("a[data-back]")) {
  link.search = sessionStorage.getItem(link.pathname) ?? "";
}

// Choosing many findings: a whole page or category at once. What was chosen stays chosen while filters and pages
// change; what is out of sight then is counted in words beside the button and sent along.
const chosen = new Set();
const boxes = () => [...document.querySelectorAll("input[name=finding][type=checkbox]")];

function boxesUnder(all) {
  const head = all.closest(".ledger-group");
  if (!head) return boxes();
  const rows = [];
  for (let row = head.nextElementSibling; row && !row.matches(".ledger-group"); row = row.nextElementSibling) rows.push(row);
  return rows.map((row) => row.querySelector("input[name=finding]"));
}

function keep(box) {
  if (box.checked) chosen.add(box.value); else chosen.delete(box.value);
}

function showChosen() {
  const form = document.getElementById("assign"), told = document.querySelector("[data-chosen]");
  if (!form) return;
  const here = new Set(boxes().map((box) => box.value));
  const elsewhere = [...chosen].filter((value) => !here.has(value));
  for (const old of form.querySelectorAll("input[name=finding]")) old.remove();
  for (const value of elsewhere) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "finding", value });
    form.append(field);
  }
  told.textContent = chosen.size ? told.dataset.chosen.replace("{all}", chosen.size).replace("{elsewhere}", elsewhere.length) : "";
  for (const all of document.querySelectorAll("[data-choose]")) {
    const under = boxesUnder(all), ticked = under.filter((box) => box.checked).length;
    all.closest("label").hidden = false;
    all.checked = under.length > 0 && ticked === under.length;
    all.indeterminate = ticked > 0 && ticked < under.length;
  }
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-choose]")) for (const box of boxesUnder(target)) { box.checked = target.checked; keep(box); }
  else if (target.matches("input[name=finding]")) keep(target);
  else return;
  showChosen();
});
document.addEventListener("htmx:afterSettle", () => {
  for (const box of boxes()) box.checked = chosen.has(box.value);
  showChosen();
});
// A browser that goes back, or a form that was refused, brings ticks along.
window.addEventListener("pageshow", () => { boxes().forEach(keep); showChosen(); });
