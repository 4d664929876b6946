// Solves the built-in human check. A page imports solve(); the same file is the worker that computes.

const INITIAL = new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
const ROUND = rounds();
const BLOCK = 64;
const words = new Int32Array(64);

/** FIPS 180-4: the fractional parts of the cube roots of the first 64 primes. */
function rounds() {
  const constants = new Int32Array(64);
  for (let found = 0, candidate = 2; found < 64; candidate++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) {
      if (candidate % divisor === 0) {
        prime = false;
        break;
      }
    }
    if (prime) {
      constants[found++] = Math.floor((Math.cbrt(candidate) % 1) * 0x100000000) | 0;
    }
  }
  return constants;
}

/** The first 32 bits of SHA-256 of one padded block, unsigned. */
function firstWord(bytes) {
  for (let i = 0; i < 16; i++) {
    const at = 4 * i;
    words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15];
    const y = words[i - 2];
    const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16] + small0 + words[i - 7] + small1) | 0;
  }
  let a = INITIAL[0], b = INITIAL[1], c = INITIAL[2], d = INITIAL[3];
  let e = INITIAL[4], f = INITIAL[5], g = INITIAL[6], h = INITIAL[7];
  for (let i = 0; i < 64; i++) {
    const big1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + big1 + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
    const big0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0;
    d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  return (a + INITIAL[0]) >>> 0;
}

/** The smallest number whose hash, with the puzzle's prefix, begins with so many zero bits (32 at most). */
function smallest(prefix, bits) {
  const limit = 2 ** (32 - bits);
  const block = new Uint8Array(BLOCK);
  for (let i = 0; i < prefix.length; i++) {
    block[i] = prefix.charCodeAt(i);
  }
  for (let number = 0; ; number++) {
    const digits = String(number);
    const end = prefix.length + digits.length;
    for (let i = 0; i < digits.length; i++) {
      block[prefix.length + i] = digits.charCodeAt(i);
    }
    block[end] = 0x80;
    block[62] = (end * 8) >>> 8;
    block[63] = (end * 8) & 0xff;
    if (firstWord(block) < limit) {
      return number;
    }
  }
}

function compute(challenge, progress) {
  const numbers = [];
  for (let i = 0; i < challenge.puzzles; i++) {
    numbers.push(smallest(`${challenge.seed}:${i}:`, challenge.bits));
    progress((i + 1) / challenge.puzzles);
  }
  return `${challenge.challenge}~${numbers.join(".")}`;
}

/**
 * Answers what to send as humanCheck. Computes in a worker, so that the page stays alive.
 *
 * @param challenge error.challenge of a CAPTCHA_REQUIRED answer of kind proof-of-work
 * @param progress told how much is done, from 0 to 1
 */
export function solve(challenge, progress = () => {}) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(import.meta.url, { type: "module" });
    worker.onmessage = ({ data }) => {
      if (data.answer === undefined) {
        progress(data.done);
        return;
      }
      worker.terminate();
      resolve(data.answer);
    };
    worker.onerror = (event) => {
      worker.terminate();
      reject(new Error(event.message || "the human check could not be computed"));
    };
    worker.postMessage(challenge);
  });
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  self.onmessage = ({ data }) => {
    const answer = compute(data, (done) => self.postMessage({ done }));
    self.postMessage({ answer });
  };
}
