// Makes the pages easier to use where JavaScript is on. Every page works without this module.

const human = document.getElementById("human-check");
if (human) {
  answer(human);
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
