/**
 * The number that one id is known by in all sessions and tables.
 *
 * Two or three of them are made for each event, of ids that fit into one block of SHA-256: the
 * runtime's own hash makes three objects for each, which costs several times the sum itself.
 *
 * @module
 */

import { hash } from "node:crypto";

/** So many characters fit into one block, beside its end and length. */
const BLOCK_CHARACTERS_MAX = 55;
/** Fractions of the square and cube roots of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
const START = fractionsOf(8, Math.sqrt);
const ROUNDS = fractionsOf(64, Math.cbrt);
const words = new Int32Array(64);
const block = new DataView(new ArrayBuffer(64));

/** 52 bits of SHA-256: what one id is the same by in all sessions. */
export function factKey(id: string): number {
  if (!fillBlock(id)) return parseInt(hash("sha256", id, "hex").slice(0, 13), 16);
  const [first, second] = sumOfBlock();
  return (first >>> 0) * 2 ** 20 + (second >>> 12);
}

/** Puts an id into the block, if it fits: characters of one byte alone. */
function fillBlock(id: string): boolean {
  const { length } = id;
  if (length > BLOCK_CHARACTERS_MAX) return false;
  for (let i = 0; i < length; i++) {
    const code = id.charCodeAt(i);
    if (code > 127) return false;
    block.setUint8(i, code);
  }
  block.setUint8(length, 0x80);
  for (let i = length + 1; i < 63; i++) block.setUint8(i, 0);
  // The length in bits: of two bytes, the first of which only long ids need.
  block.setUint16(62, length * 8);
  return true;
}

/** The first two words of the sum of the block (FIPS 180-4, 6.2.2). */
function sumOfBlock(): [number, number] {
  for (let i = 0; i < 16; i++) words[i] = block.getInt32(4 * i);
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15]!, y = words[i - 2]!;
    const low = turn(x, 7) ^ turn(x, 18) ^ x >>> 3;
    const high = turn(y, 17) ^ turn(y, 19) ^ y >>> 10;
    words[i] = words[i - 16]! + low + words[i - 7]! + high;
  }
  let [a, b, c, d, e, f, g, h] = START as unknown as Eight;
  for (let i = 0; i < 64; i++) {
    const high = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = h + high + (e & f ^ ~e & g) + ROUNDS[i]! + words[i]! | 0;
    const low = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = low + (a & b ^ a & c ^ b & c) | 0;
    h = g, g = f, f = e, e = d + one | 0, d = c, c = b, b = a, a = one + two | 0;
  }
  return [START[0]! + a, START[1]! + b];
}

type Eight = [number, number, number, number, number, number, number, number];

function turn(word: number, bits: number): number {
  return word >>> bits | word << 32 - bits;
}

function fractionsOf(count: number, root: (prime: number) => number): Int32Array {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  return Int32Array.from(primes, (prime) => root(prime) % 1 * 2 ** 32);
}
