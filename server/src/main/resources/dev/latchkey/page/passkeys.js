// Passkeys in a form: asks the server for options, the browser for an answer, and sends that as the form's hidden fields.

// The server keeps the challenge of an autofill for ten minutes.
const AUTOFILL_MILLISECONDS = 9 * 60 * 1000;
const OTHER_FORM_FIELDS = ["remember", "trust"];

class Told extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** @param form hidden until it can be used; its data attributes hold the sentences for whoever it does not work for */
export function start(form) {
  const ceremony = new Ceremony(form);
  if (!window.PublicKeyCredential) {
    ceremony.unsupported();
    return;
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ceremony.ask();
  });
  if (form.dataset.autofill === "true") {
    ceremony.offer();
    // A page that the back button brings back has lost what it was waiting for.
    window.addEventListener("pageshow", (event) => event.persisted && ceremony.offer());
  }
}

class Ceremony {
  #form;
  #button;
  #status;
  #waiting = null;
  #renewal = 0;

  constructor(form) {
    this.#form = form;
    this.#button = form.querySelector("button");
    this.#status = form.querySelector("[role=alert]");
  }

  unsupported() {
    if (this.#form.dataset.alone === "true") {
      this.#form.hidden = false;
      this.#button.hidden = true;
      this.#say("unsupported");
    }
  }

  /** The button: asks whoever sits there, now. */
  async ask() {
    this.#stop();
    this.#status.textContent = "";
    this.#button.disabled = true;
    try {
      const { sessionId, options } = await this.#options(false);
      this.#send(sessionId, await this.#credential(options, {}));
    } catch (refused) {
      this.#button.disabled = false;
      this.#say(reason(refused));
      this.offer();
    }
  }

  /** Lets the browser name passkeys beside the fields of the page, for as long as it is open. */
  async offer() {
    if (this.#form.dataset.autofill !== "true" || !(await conditional())) {
      return;
    }
    this.#stop();
    const abort = new AbortController();
    this.#waiting = abort;
    try {
      const { sessionId, options } = await this.#options(true);
      if (abort.signal.aborted) {
        return;
      }
      this.#renewal = setTimeout(() => this.offer(), AUTOFILL_MILLISECONDS);
      const credential = await this.#credential(options, { mediation: "conditional", signal: abort.signal });
      this.#send(sessionId, credential);
    } catch {
      // Nobody asked for it, so nobody is told that it is not there.
    }
  }

  #stop() {
    clearTimeout(this.#renewal);
    this.#waiting?.abort();
    this.#waiting = null;
  }

  async #options(autofill) {
    let answer;
    try {
      answer = await fetch(this.#form.action + "/options", {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({ ...fields(this.#form), autofill: String(autofill) }),
      });
    } catch {
      throw new Told("failed");
    }
    if (answer.redirected) {
      // Something must be proved first: the page itself leads there and back, with what was typed where there is a form.
      if (this.#form.dataset.kind === "create") {
        this.#form.submit();
      } else {
        location.reload();
      }
      return new Promise(() => {});
    }
    if (!answer.ok) {
      throw new Told(answer.status === 429 || answer.status === 503 ? "busy" : "expired");
    }
    return (await answer.json()).data;
  }

  #credential(options, more) {
    return this.#form.dataset.kind === "create"
      ? navigator.credentials.create({ publicKey: creation(options), ...more })
      : navigator.credentials.get({ publicKey: request(options), ...more });
  }

  #send(sessionId, credential) {
    this.#stop();
    for (const [name, value] of Object.entries({ sessionId, ...answered(credential), ...elsewhere(this.#form) })) {
      const field = this.#form.elements.namedItem(name) ?? this.#form.appendChild(document.createElement("input"));
      field.type = "hidden";
      field.name = name;
      field.value = value;
    }
    this.#form.submit();
  }

  #say(why) {
    this.#status.textContent = this.#form.dataset[why];
  }
}

async function conditional() {
  return (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true;
}

function reason(refused) {
  if (refused instanceof Told) {
    return refused.reason;
  }
  switch (refused.name) {
    case "NotAllowedError":
    case "AbortError":
      return "cancelled";
    case "InvalidStateError":
      return "exists";
    case "NotSupportedError":
    case "ConstraintError":
      return "unsupported";
    case "SecurityError":
      return "address";
    default:
      return "failed";
  }
}

function fields(form) {
  return Object.fromEntries(new FormData(form));
}

/** What is ticked in the form for the password holds for the passkey too. */
function elsewhere(form) {
  const ticked = {};
  for (const name of OTHER_FORM_FIELDS) {
    const box = document.querySelector(`input[type=checkbox][name=${name}]`);
    if (box && box.form !== form && box.checked) {
      ticked[name] = box.value;
    }
  }
  return ticked;
}

function request(options) {
  return { ...options, challenge: bytes(options.challenge), allowCredentials: descriptors(options.allowCredentials) };
}

function creation(options) {
  return {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: descriptors(options.excludeCredentials),
  };
}

function descriptors(list) {
  return (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

function answered(credential) {
  const { response } = credential;
  const id = text(credential.rawId);
  const clientDataJSON = text(response.clientDataJSON);
  if (response.attestationObject) {
    const transports = (response.getTransports?.() ?? []).join(" ");
    return { id, rawId: id, clientDataJSON, attestationObject: text(response.attestationObject), transports };
  }
  return {
    id,
    rawId: id,
    clientDataJSON,
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : "",
  };
}

// The browsers' own functions for this came later than passkeys did.
function bytes(base64url) {
  return Uint8Array.from(atob(base64url.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
}

function text(buffer) {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
