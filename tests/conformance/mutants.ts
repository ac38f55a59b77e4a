/** Inputs that nobody would write, made of such as are written: broken bytes, broken JSON. */

/** Stands in mutants in the place of texts; no shape of a safe text lets it through. */
export const PLANTED = "QZ 7X planted";

const EXTREMES: readonly unknown[] = [
  null,
  true,
  "",
  [],
  {},
  -1,
  0.5,
  1e308,
  -1e-320,
  2 ** 53,
  "9".repeat(400),
  "\0",
  "\ud800",
  "__proto__",
  "2026-13-45T99:99:99Z",
  "1e999",
];
const LONG_CHARACTERS = 50_000;
const DEPTH = 500;

/** Numbers between 0 and 1 out of a seed, always the same (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of some. */
export function pick<T>(chance: () => number, all: readonly T[]): T {
  return all[Math.floor(chance() * all.length)]!;
}

/** A value of JSON with some of its parts in the place of others, and texts planted in it. */
export function mutateJson(value: unknown, chance: () => number): unknown {
  if (chance() < 0.02) return strange(chance);
  if (typeof value === "string") return chance() < 0.3 ? planted(value, chance) : value;
  if (typeof value === "number") return chance() < 0.05 ? strange(chance) : value;
  if (Array.isArray(value)) {
    const items = value.map((item) => mutateJson(item, chance));
    return chance() < 0.03 ? [...items, ...items, strange(chance)] : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(() => chance() > 0.02)
    .map(([name, part]): [string, unknown] => [
      chance() < 0.02 ? PLANTED : name,
      mutateJson(part, chance),
    ]);
  return Object.fromEntries(entries);
}

/** Bytes of which some are others, missing, or there twice. */
export function mutateBytes(bytes: Uint8Array, chance: () => number): Uint8Array {
  let made = bytes;
  for (let left = 1 + Math.floor(chance() * 4); left > 0; left--) {
    const at = Math.floor(chance() * made.length), end = at + Math.floor(chance() * 40);
    const middle = pick(chance, [
      new Uint8Array(),
      made.slice(at, end).map((byte) => byte ^ (1 << Math.floor(chance() * 8))),
      made.slice(at, end + 40),
      Uint8Array.from({ length: 8 }, () => Math.floor(chance() * 256)),
      new TextEncoder().encode(PLANTED),
    ]);
    const rest = chance() < 0.1 ? new Uint8Array() : made.slice(end);
    made = joined([made.slice(0, at), middle, rest]);
  }
  return made;
}

function planted(text: string, chance: () => number): string {
  return pick(chance, [PLANTED, text + PLANTED, `/home/${PLANTED}/${text}`, `<${PLANTED}>`]);
}

function strange(chance: () => number): unknown {
  if (chance() < 0.05) return PLANTED.repeat(LONG_CHARACTERS / PLANTED.length);
  if (chance() < 0.05) return nested(DEPTH);
  return pick(chance, EXTREMES);
}

function nested(depth: number): unknown {
  let value: unknown = PLANTED;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
