// Password fields: a button that shows what was typed, and how hard a new password is to guess. A rough estimate is there at once;
// in a pause of typing the server is asked, since it decides what counts, and says what to do better.

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const KEYBOARD = ["qwertyuiopasdfghjklzxcvbnm", "1234567890", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn", LETTERS];
// A password's bits from which on it is fair, good, strong, very strong.
const STEPS = [28, 40, 55, 75];
const PAUSE_MILLISECONDS = 600;

/** @param part holds the field; its data attributes hold the words, and where to ask */
export function start(part) {
  const field = part.querySelector("input");
  part.append(toggle(part, field));
  if (part.dataset.strength) {
    part.append(...meter(part.dataset.strength.split("|"), field));
  }
}

function toggle(part, field) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "reveal";
  button.setAttribute("aria-controls", field.id);
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.textContent = shown ? part.dataset.hide : part.dataset.show;
    button.setAttribute("aria-pressed", String(shown));
  };
  show(false);
  button.addEventListener("click", () => show(field.type === "password"));
  // Password managers and the browser's history are to see a password field.
  field.form?.addEventListener("submit", () => show(false));
  return button;
}

function meter(words, field) {
  const bar = document.createElement("meter");
  bar.className = "strength";
  bar.min = 0;
  bar.max = STEPS.length;
  bar.low = 2;
  bar.high = 3;
  bar.optimum = STEPS.length;
  bar.hidden = true;
  bar.setAttribute("aria-hidden", "true");
  const said = document.createElement("p");
  said.className = "hint";
  said.setAttribute("role", "status");
  const show = (score) => {
    bar.hidden = field.value === "";
    bar.value = score;
    bar.dataset.score = String(score);
  };
  const say = (text) => {
    if (said.textContent !== text) {
      said.textContent = text;
    }
  };
  const judge = new Judge(field);
  field.addEventListener("input", () => {
    const score = STEPS.filter((step) => bits(field.value) >= step).length;
    show(score);
    judge.ask((judged) => {
      show(judged?.score ?? score);
      say(field.value === "" ? "" : judged?.advice || words[judged?.score ?? score]);
    });
  });
  return [bar, said];
}

/** What the server would say to the password, once its typist pauses; nothing where it cannot be asked. */
class Judge {
  #field;
  #where;
  #pause = 0;
  #asked = new AbortController();

  constructor(field) {
    this.#field = field;
    this.#where = field.closest("[data-measure]").dataset.measure;
  }

  ask(answer) {
    clearTimeout(this.#pause);
    this.#asked.abort();
    const asked = new AbortController();
    this.#asked = asked;
    this.#pause = setTimeout(async () => {
      const judged = await this.#judged(asked.signal);
      if (!asked.signal.aborted) {
        answer(judged);
      }
    }, PAUSE_MILLISECONDS);
  }

  async #judged(signal) {
    if (this.#field.value === "") {
      return undefined;
    }
    try {
      const answer = await fetch(this.#where, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(this.#fields()),
        signal,
      });
      return answer.ok ? (await answer.json()).data : undefined;
    } catch {
      return undefined;
    }
  }

  /** Whose password it is counts too: names and addresses are guessed first. */
  #fields() {
    const fields = { password: this.#field.value };
    for (const name of ["email", "name", "_csrf"]) {
      const other = this.#field.form?.elements.namedItem(name);
      if (other) {
        fields[name] = other.value;
      }
    }
    return fields;
  }
}

/** A rough estimate: what a character adds, less for repeats and for neighbours in the alphabet or on a keyboard. */
export function bits(password) {
  const perCharacter = Math.log2(alphabet(password));
  const lower = [...password.toLowerCase()];
  return lower.reduce((sum, character, index) => {
    const before = lower[index - 1];
    const seen = lower.indexOf(character) < index;
    return sum + perCharacter * (before && neighbours(before, character) ? 0.2 : seen ? 0.6 : 1);
  }, 0);
}

function alphabet(password) {
  const size =
    (/[a-z]/.test(password) ? 26 : 0) +
    (/[A-Z]/.test(password) ? 26 : 0) +
    (/[0-9]/.test(password) ? 10 : 0) +
    (/[ -/:-@[-`{-~]/.test(password) ? 33 : 0) +
    (/[^ -~]/.test(password) ? 100 : 0);
  return Math.max(size, 2);
}

function neighbours(one, other) {
  return one === other || KEYBOARD.some((row) => row.includes(one + other) || row.includes(other + one));
}
