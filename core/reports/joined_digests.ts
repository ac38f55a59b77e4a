/**
 * Puts digests together under names: where all that has a name is kept by the reader and is the
 * same as before, so is what they add up to, and what was made of it can be known again.
 *
 * @module
 */

import { addDigest, type Digest, emptyDigest, isKept } from "./digest.ts";
import type { Digests } from "./digest_rows.ts";

/** All that has a name; nothing is added to any of them. */
export type DigestLists = Map<string, Digest[]>;

/** Digests that were added up, and to what. */
interface Joined {
  readonly parts: readonly Digest[];
  readonly sum: Digest;
}

/** By their first. */
const JOINED = new WeakMap<Digest, Joined[]>();
/** The same hour may begin a day, a week, a month and a project. */
const JOINED_MAX = 4;

/** Adds a digest under its name. */
export function addNamed(lists: DigestLists, name: string, digest: Digest): void {
  const list = lists.get(name);
  if (list) list.push(digest);
  else lists.set(name, [digest]);
}

/** Adds to digests what stands in lists; what nothing is added to is given out itself. */
export function joinNamed(digests: Digests, lists: DigestLists): void {
  for (const [name, parts] of lists) {
    const own = digests.get(name);
    if (own) addAll(own, parts);
    else digests.set(name, joined(parts));
  }
}

function joined(parts: readonly Digest[]): Digest {
  const first = parts[0]!;
  if (parts.length === 1) return first;
  if (!parts.every(isKept)) return addAll(emptyDigest(), parts);
  const known = JOINED.getOrInsertComputed(first, () => []);
  const isSame = (own: Joined) =>
    own.parts.length === parts.length && own.parts.every((part, i) => part === parts[i]);
  const own = known.find(isSame) ?? { parts, sum: addAll(emptyDigest(), parts) };
  const others = known.filter((one) => one !== own).slice(0, JOINED_MAX - 1);
  JOINED.set(first, [own, ...others]);
  return own.sum;
}

function addAll(to: Digest, parts: readonly Digest[]): Digest {
  for (const part of parts) addDigest(to, part);
  return to;
}
