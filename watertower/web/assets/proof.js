// Finds a number whose SHA-256 with the challenge begins with enough zero bits, a slice at a time.
// Only on the sign-up page, and only while sign-ups are abused. The form works without it.
(() => {
  "use strict";
  const challenge = document.querySelector("input[name=proof_challenge]");
  const answer = document.querySelector("input[name=proof_answer]");
  const says = document.querySelector("[data-proof]");
  if (!challenge || !answer || !says) return;

  // The constants of FIPS 180-4: fractions of the roots of the first primes.
  const K = [], START = [];
  const fraction = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
  for (let n = 2; K.length < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (START.length < 8) START.push(fraction(Math.sqrt(n)));
    K.push(fraction(Math.cbrt(n)));
  }
  const turned = (x, n) => (x >>> n) | (x << (32 - n));
  const W = new Int32Array(64);

  function firstWord(text) {
    const length = text.length, blocks = (length + 9 + 63) >> 6;
    const words = new Int32Array(blocks * 16);
    for (let i = 0; i < length; i += 1) words[i >> 2] |= text.charCodeAt(i) << (24 - (i & 3) * 8);
    words[length >> 2] |= 0x80 << (24 - (length & 3) * 8);
    words[blocks * 16 - 1] = length * 8;
    const H = START.slice();
    for (let block = 0; block < blocks; block += 1) {
      for (let t = 0; t < 64; t += 1) {
        if (t < 16) { W[t] = words[block * 16 + t]; continue; }
        const x = W[t - 15], y = W[t - 2];
        const s0 = turned(x, 7) ^ turned(x, 18) ^ (x >>> 3);
        const s1 = turned(y, 17) ^ turned(y, 19) ^ (y >>> 10);
        W[t] = (W[t - 16] + s0 + W[t - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = H;
      for (let t = 0; t < 64; t += 1) {
        const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
        const one = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + W[t]) | 0;
        const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
        const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((v, i) => { H[i] = (H[i] + v) | 0; });
    }
    return H[0] >>> 0;
  }

  const shift = 32 - Number(says.dataset.proof);
  let number = 0;
  function slice() {
    const until = Date.now() + 30;
    while (Date.now() < until) {
      for (let i = 0; i < 200; i += 1, number += 1) {
        if (firstWord(challenge.value + ":" + number) >>> shift === 0) {
          answer.value = String(number);
          says.textContent = "Done: your browser has shown that you are not a machine in a hurry.";
          return;
        }
      }
    }
    setTimeout(slice, 0);
  }
  slice();
})();
