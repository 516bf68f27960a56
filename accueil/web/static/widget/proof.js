/**
 * A small piece of work asked of an address that floods the assistant: the smallest counter n for
 * which SHA-256(salt + ":" + n) begins with enough zero bits. Written out here, because the digest of
 * the browser is missing on plain-http pages, and is no faster for so short a text (4 µs a try). No
 * Worker either: a page may not start one from another origin. The page stays fluid by short slices.
 * Source: FIPS 180-4, sections 4.2.2, 5.1.1, 5.3.3 and 6.2.
 */

const SLICE_MS = 12;
const TRIES_BETWEEN_LOOKS = 256;
/** More than this would keep an old phone busy for minutes: the sentence of the problem is shown. */
const HARDEST = 22;

// First 32 bits of the fractional parts of roots of the first 64 primes, worked out rather than copied.
const PRIMES = [];
for (let number = 2; PRIMES.length < 64; number++) {
  if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
}
const fraction = (value) => ((value - Math.floor(value)) * 2 ** 32) | 0;
const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const ROUND = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));

const turn = (word, by) => (word >>> by) | (word << (32 - by));

/** Mix 16 words, given at the start of `words` (64 long), into the eight of `state`. */
function mix(state, words) {
  for (let i = 16; i < 64; i++) {
    const early = words[i - 15];
    const late = words[i - 2];
    const one = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const two = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    words[i] = words[i - 16] + one + words[i - 7] + two;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const high = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const first = (h + high + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0;
    const low = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] += value));
}

/** SHA-256 of an ASCII text, as eight 32-bit words. */
export function digest(text) {
  const state = START.slice();
  const words = new Int32Array(64);
  const length = text.length;
  const blocks = ((length + 8) >> 6) + 1;
  for (let block = 0; block < blocks; block++) {
    words.fill(0, 0, 16);
    for (let i = block * 64; i < Math.min(length + 1, block * 64 + 64); i++) {
      const byte = i < length ? text.charCodeAt(i) : 0x80;
      words[(i >> 2) & 15] |= byte << (24 - 8 * (i & 3));
    }
    if (block === blocks - 1) words[15] = length * 8;
    mix(state, words);
  }
  return state;
}

const pause = () => new Promise((resolve) => setTimeout(resolve));

/**
 * @param {{salt: string, bits: number}} challenge of a 429 problem
 * @param {AbortSignal} [signal] stops the work
 * @returns {Promise<string>} the value of the header X-Proof; rejected when asked for too much
 */
export async function prove({ salt, bits }, signal) {
  if (typeof salt !== "string" || !(bits >= 0 && bits <= HARDEST)) throw new RangeError("challenge");
  const limit = 2 ** (32 - bits);
  let until = performance.now() + SLICE_MS;
  for (let n = 0; ; n++) {
    if (digest(`${salt}:${n}`)[0] >>> 0 < limit) return `${salt}:${n}`;
    if (n % TRIES_BETWEEN_LOOKS || performance.now() < until) continue;
    await pause();
    signal?.throwIfAborted();
    until = performance.now() + SLICE_MS;
  }
}
