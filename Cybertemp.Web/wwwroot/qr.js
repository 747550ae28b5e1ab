/**
 * QR codes (ISO/IEC 18004) of what an inbox's address needs: bytes, level M, versions 1 to 10 (213 octets). For each
 * version: error correction codewords a block, and its blocks as [count, data codewords].
 */
const blocks = [
  [10, [1, 16]], [16, [1, 28]], [26, [1, 44]], [18, [2, 32]], [24, [2, 43]], [16, [4, 27]], [18, [4, 31]],
  [22, [2, 38], [2, 39]], [22, [3, 36], [2, 37]], [26, [4, 43], [1, 44]],
];
const alignments = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

const masks = [
  (x, y) => (x + y) % 2, (x, y) => y % 2, x => x % 3, (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2, (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/** The modules as rows of booleans, dark is true; null when the text is too long. */
export function encode(text) {
  const octets = new TextEncoder().encode(text);
  const version = blocks.findIndex(([, ...groups], v) => octets.length + (v < 9 ? 2 : 3) <= capacity(groups)) + 1;
  if (!version) return null;
  const grid = new Grid(version);
  grid.drawPatterns();
  grid.drawData(codewords(octets, version));
  return grid.masked();
}

/** An SVG path of the dark modules, with the margin that readers need, and its width in modules. */
export function path(modules) {
  const quiet = 4;
  const d = modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + quiet} ${y + quiet}h1v1h-1z` : ''))).join('');
  return { d, width: modules.length + 2 * quiet };
}

const capacity = groups => groups.reduce((sum, [count, data]) => sum + count * data, 0);

function codewords(octets, version) {
  const [correction, ...groups] = blocks[version - 1];
  const bits = [];
  const put = (value, length) => { for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1); };
  put(4, 4);
  put(octets.length, version < 10 ? 8 : 16);
  octets.forEach(o => put(o, 8));
  const size = capacity(groups);
  put(0, Math.min(4, size * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data = [];
  for (let i = 0; i < bits.length; i += 8) data.push(parseInt(bits.slice(i, i + 8).join(''), 2));
  for (let pad = 0xec; data.length < size; pad ^= 0xec ^ 0x11) data.push(pad);
  return interleave(data, groups, correction);
}

function interleave(data, groups, correction) {
  const parts = groups.flatMap(([count, length]) => Array.from({ length: count }, () => data.splice(0, length)));
  const generator = divisor(correction);
  const checks = parts.map(p => remainder(p, generator));
  const result = [];
  const longest = Math.max(...parts.map(p => p.length));
  for (let i = 0; i < longest; i++) for (const p of parts) if (i < p.length) result.push(p[i]);
  for (let i = 0; i < correction; i++) for (const c of checks) result.push(c[i]);
  return result;
}

/** In GF(2^8) with the polynomial 0x11d. */
function multiply(a, b) {
  let product = 0;
  for (let i = 7; i >= 0; i--) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> i) & 1) * a);
  return product;
}

function divisor(degree) {
  const result = [...Array(degree - 1).fill(0), 1];
  for (let i = 0, root = 1; i < degree; i++, root = multiply(root, 2)) {
    for (let j = 0; j < degree; j++) result[j] = multiply(result[j], root) ^ (result[j + 1] ?? 0);
  }
  return result;
}

function remainder(data, generator) {
  const result = generator.map(() => 0);
  for (const value of data) {
    const factor = value ^ result.shift();
    result.push(0);
    generator.forEach((g, i) => { result[i] ^= multiply(g, factor); });
  }
  return result;
}

class Grid {
  constructor(version) {
    this.version = version;
    this.size = 17 + 4 * version;
    this.dark = Array.from({ length: this.size }, () => Array(this.size).fill(false));
    this.fixed = Array.from({ length: this.size }, () => Array(this.size).fill(false));
  }

  set(x, y, dark) {
    if (x < 0 || y < 0 || x >= this.size || y >= this.size) return;
    this.dark[y][x] = Boolean(dark);
    this.fixed[y][x] = true;
  }

  drawPatterns() {
    const { size } = this;
    for (let i = 0; i < size; i++) { this.set(6, i, i % 2 === 0); this.set(i, 6, i % 2 === 0); }
    const far = size - 7;
    for (const [cx, cy] of [[3, 3], [far + 3, 3], [3, far + 3]]) this.#square(cx, cy, 4, d => d !== 2 && d !== 4);
    const at = alignments[this.version - 1];
    for (const x of at) for (const y of at) {
      const isCorner = (x === 6 && y === 6) || (x === 6 && y === at.at(-1)) || (y === 6 && x === at.at(-1));
      if (!isCorner) this.#square(x, y, 2, d => d !== 1);
    }
    this.#drawFormat(0);
    this.#drawVersion();
  }

  /** Two modules wide, upwards and downwards in turn, from the right; the timing column is left out. */
  drawData(words) {
    let bit = 0;
    for (let right = this.size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.size; step++) {
        const y = ((right + 1) & 2) === 0 ? this.size - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (!this.fixed[y][x] && bit < words.length * 8) {
            this.dark[y][x] = ((words[bit >> 3] >> (7 - (bit & 7))) & 1) === 1;
            bit++;
          }
        }
      }
    }
  }

  /** With the mask that leaves the fewest patterns that mislead readers. */
  masked() {
    let [best, least] = [0, Infinity];
    for (let mask = 0; mask < 8; mask++) {
      this.#apply(mask);
      const penalty = this.#penalty();
      if (penalty < least) [best, least] = [mask, penalty];
      this.#apply(mask);
    }
    this.#apply(best);
    return this.dark;
  }

  #apply(mask) {
    this.#drawFormat(mask);
    for (let y = 0; y < this.size; y++) for (let x = 0; x < this.size; x++) {
      if (!this.fixed[y][x] && masks[mask](x, y) === 0) this.dark[y][x] = !this.dark[y][x];
    }
  }

  #square(cx, cy, radius, isDark) {
    for (let dy = -radius; dy <= radius; dy++) for (let dx = -radius; dx <= radius; dx++) {
      this.set(cx + dx, cy + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  }

  /** Level M is 0; with its BCH code, twice. */
  #drawFormat(mask) {
    let rest = mask;
    for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
    const bits = ((mask << 10) | rest) ^ 0x5412;
    const bit = i => (bits >> i) & 1;
    for (let i = 0; i < 15; i++) {
      const near = i < 6 ? i : i < 8 ? i + 1 : i < 9 ? 7 : 14 - i;
      this.set(i < 8 ? 8 : near, i < 8 ? near : 8, bit(i));
      if (i < 8) this.set(this.size - 1 - i, 8, bit(i));
      else this.set(8, this.size - 15 + i, bit(i));
    }
    this.set(8, this.size - 8, true);
  }

  #drawVersion() {
    if (this.version < 7) return;
    let rest = this.version;
    for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
    const bits = (this.version << 12) | rest;
    for (let i = 0; i < 18; i++) {
      const [a, b] = [this.size - 11 + (i % 3), Math.floor(i / 3)];
      this.set(a, b, (bits >> i) & 1);
      this.set(b, a, (bits >> i) & 1);
    }
  }

  #penalty() {
    const { dark, size } = this;
    const lines = [...dark, ...dark.map((_, x) => dark.map(row => row[x]))].map(line => line.map(Number).join(''));
    let sum = 0;
    for (const line of lines) {
      for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
      for (const finder of ['10111010000', '00001011101']) sum += 40 * (line.split(finder).length - 1);
    }
    for (let y = 1; y < size; y++) for (let x = 1; x < size; x++) {
      if (dark[y][x] === dark[y - 1][x] && dark[y][x] === dark[y][x - 1] && dark[y][x] === dark[y - 1][x - 1]) sum += 3;
    }
    const share = dark.flat().filter(Boolean).length / (size * size);
    return sum + 10 * Math.floor(Math.abs(share - 0.5) * 20);
  }
}
