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

// A refusal must be seen: htmx drops answers of 4xx unless it is told that this is content too.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([400, 409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
