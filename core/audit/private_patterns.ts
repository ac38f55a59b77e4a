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

// Long enough that compressed bytes do not look like them by chance.
const PATTERNS: Readonly<Record<PrivateKind, RegExp>> = {
  path: new RegExp(
    String.raw`(?<![\w.:])/(?:home|Users|root|mnt|media|private|tmp|var|opt|srv|workspaces?|` +
      String.raw`Volumes|usr|etc|data)/[\w.@+-]{2,}` +
      String.raw`|(?<!\w)[A-Za-z]:\\{1,2}[\w.@ +-]{2,}\\|(?<![\w/])~/[\w.@+-]{2,}/`,
    "g",
  ),
  e_mail: /[A-Za-z0-9][\w.+-]{2,63}@(?:[A-Za-z0-9][A-Za-z0-9-]{2,62}\.)+[A-Za-z]{2,10}(?!\w)/g,
  secret: new RegExp(
    String.raw`(?<!\w)(?:sk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}|gh[pousr]_[A-Za-z0-9]{36}|` +
      String.raw`github_pat_\w{22,}|glpat-[\w-]{20}|xox[abprs]-[\w-]{10,}|` +
      String.raw`AKIA[0-9A-Z]{16}|AIza[\w-]{35}|npm_[A-Za-z0-9]{36}|` +
      String.raw`eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.)|-----BEGIN [A-Z ]*PRIVATE KEY-----`,
    "g",
  ),
  free_text: /(?:(?:[A-Za-z][A-Za-z'’,;:-]+|[aAI])[ \n]){5,}[A-Za-z]+/g,
};

/**
 * The pieces of a text that look private.
 *
 * @param kinds what to look for
 */
export function* findPrivate(
  text: string,
  kinds: readonly PrivateKind[],
): Generator<PrivatePiece> {
  for (const kind of kinds) {
    for (const { index, 0: found } of text.matchAll(PATTERNS[kind])) {
      yield { kind, at: index, characters: found.length };
    }
  }
}
