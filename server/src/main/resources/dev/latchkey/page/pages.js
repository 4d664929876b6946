// Makes the pages easier to use where JavaScript is on. Every page works without this module.

// A part of a page names the module that brings it to life.
for (const part of document.querySelectorAll("[data-module]")) {
  import(part.dataset.module).then((module) => module.start(part));
}

const human = document.getElementById("human-check");
if (human) {
  answer(human);
}

for (const field of document.querySelectorAll("input[autocomplete=one-time-code]")) {
  field.addEventListener("paste", (event) => paste(event, field));
}

/** Solves the built-in human check and puts the answer into the form. */
async function answer(part) {
  const { script, challenge, seed, puzzles, bits } = part.dataset;
  const { solve } = await import(script);
  const solved = await solve({ challenge, seed, puzzles: Number(puzzles), bits: Number(bits) });
  part.querySelector("input").value = solved;
  const text = document.getElementById("human-text");
  text.textContent = text.dataset.done;
}

/** Takes the code out of whatever was copied with it: a sentence, spaces, dashes. */
function paste(event, field) {
  const copied = event.clipboardData.getData("text");
  const code = copied.match(/(?<!\d)\d(?:[\s-]?\d){5,7}(?!\d)/);
  if (code) {
    event.preventDefault();
    field.value = code[0].replace(/\D/g, "");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
