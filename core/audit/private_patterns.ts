/**
 * What private text looks like: paths, addresses, keys and sentences, found in any bytes.
 *
 * @module
 */

/** What a piece of bytes looks like. */
export type PrivateKind = "path" | "e_mail" | "secret" | "free_text";

/** Where a piece lies, and how long it is; what it says is nobody's business. */
export interface PrivatePiece {
  readonly kind: PrivateKind;
  readonly at: number;
  readonly characters: number;
}

/** What a kind looks like. */
interface Shape {
  readonly kind: PrivateKind;
  readonly pattern: RegExp;
  /** Compressed bytes look like it a few times in a gigabyte; it counts in a readable line. */
  readonly isLoose?: true;
}

const SHAPES: readonly Shape[] = [
  {
    kind: "path",
    pattern: new RegExp(
      String.raw`(?<![\w.:])/(?:home|Users|root|mnt|media|private|tmp|var|opt|srv|workspaces?|` +
        String.raw`Volumes|usr|etc|data)/[\w.@+-]{2,}`,
      "g",
    ),
  },
  {
    kind: "path",
    pattern: /(?<!\w)[A-Za-z]:\\{1,2}[\w.@ +-]{2,}\\|(?<![\w/])~\/[\w.@+-]{2,}\//g,
    isLoose: true,
  },
  {
    kind: "e_mail",
    pattern: /[A-Za-z0-9][\w.+-]{2,63}@(?:[A-Za-z0-9][A-Za-z0-9-]{2,62}\.)+[A-Za-z]{2,10}(?!\w)/g,
    isLoose: true,
  },
  {
    kind: "secret",
    pattern: new RegExp(
      String.raw`(?<!\w)(?:sk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}|gh[pousr]_[A-Za-z0-9]{36}|` +
        String.raw`github_pat_\w{22,}|glpat-[\w-]{20}|xox[abprs]-[\w-]{10,}|` +
        String.raw`AKIA[0-9A-Z]{16}|AIza[\w-]{35}|npm_[A-Za-z0-9]{36}|` +
        String.raw`eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.)|-----BEGIN [A-Z ]*PRIVATE KEY-----`,
      "g",
    ),
  },
  { kind: "free_text", pattern: /(?:(?:[A-Za-z][A-Za-z'’,;:-]+|[aAI])[ \n]){5,}[A-Za-z]+/g },
];

/** Chance makes a loose shape in so long a line less than once in a terabyte. */
const READABLE_CHARACTERS = 24;

/**
 * The pieces of a text that look private.
 *
 * @param kinds what to look for
 */
export function* findPrivate(
  text: string,
  kinds: readonly PrivateKind[],
): Generator<PrivatePiece> {
  for (const { kind, pattern, isLoose } of SHAPES.filter((one) => kinds.includes(one.kind))) {
    for (const { index: at, 0: { length: characters } } of text.matchAll(pattern)) {
      if (isLoose && !isReadable(text, at, at + characters)) continue;
      yield { kind, at, characters };
    }
  }
}

/** Whether what stands there is a part of what somebody wrote: a long line, or all there is. */
function isReadable(text: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - READABLE_CHARACTERS), from);
  const after = text.slice(to, to + READABLE_CHARACTERS);
  const start = from - /[ -~]*$/.exec(before)![0].length;
  const end = to + /^[ -~]*/.exec(after)![0].length;
  return end - start >= READABLE_CHARACTERS || end - start === text.length;
}
