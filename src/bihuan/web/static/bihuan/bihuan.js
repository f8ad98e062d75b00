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
}
