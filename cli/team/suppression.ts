/**
 * What must not be shown of an aggregate, so that no number is of too few members.
 *
 * @module
 */

/** Members by their numbers, from 0 on. */
export class MemberSet {
  readonly #bits: Uint8Array;
  #size = 0;

  /** @param all how many there are in all */
  constructor(readonly all: number) {
    this.#bits = new Uint8Array(Math.ceil(all / 8));
  }

  /** How many are in it. */
  get size(): number {
    return this.#size;
  }

  /** Adds one. */
  add(member: number): void {
    const bit = 1 << member % 8, at = member >> 3;
    if ((this.#bits[at]! & bit) !== 0) return;
    this.#bits[at]! |= bit;
    this.#size++;
  }

  /** Adds all of another set, which has as many members in all. */
  join(other: MemberSet): void {
    for (let member = 0; member < 8 * other.#bits.length; member++) {
      if ((other.#bits[member >> 3]! & 1 << member % 8) !== 0) this.add(member);
    }
  }
}

/**
 * Which parts of a whole are not shown, the smallest first. As the whole is shown, the parts that
 * are not could be told together by taking the others from it: they are of enough members, too
 * (complementary suppression; Hundepool et al., Statistical Disclosure Control, 2012, section 5).
 *
 * @param rest what is not shown anyway, where there is some
 */
export function hiddenOf(
  parts: readonly MemberSet[],
  membersMin: number,
  rest?: MemberSet,
): Set<number> {
  const hidden = new Set<number>(), together = new MemberSet((rest ?? parts[0])?.all ?? 0);
  if (rest) together.join(rest);
  const order = parts.map((_, i) => i).sort((a, b) => parts[a]!.size - parts[b]!.size || a - b);
  for (const place of order) {
    const isSomeHidden = rest !== undefined || hidden.size > 0;
    const isSmall = parts[place]!.size < membersMin;
    if (!isSmall && !(isSomeHidden && together.size < membersMin)) break;
    hidden.add(place);
    together.join(parts[place]!);
  }
  return hidden;
}
