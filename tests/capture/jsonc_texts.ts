/**
 * Made-up settings as people and editors write them: comments, trailing commas, tabs, odd
 * indentation, CRLF, all on one line.
 */

import fc from "fast-check";

/** A settings file: its text, and the words of the comments in it. */
export interface JsoncText {
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Style {
  readonly newline: string;
  readonly unit: string;
  /** Chances, one after the other, for comments, commas and broken lines. */
  readonly chances: readonly number[];
}

const GROUP = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...foreignGroups()) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
);
const LISTS = fc.dictionary(
  fc.constantFrom("Stop", "PostToolUse", "Notification", "SessionEnd"),
  fc.array(GROUP, { maxLength: 3 }),
  { maxKeys: 3 },
);
const OTHERS = fc.dictionary(
  fc.constantFrom("model", "env", "permissions", "statusLine", "ä", "a\nb"),
  fc.jsonValue({ maxDepth: 2 }),
  { maxKeys: 4 },
);
const STYLE: fc.Arbitrary<Style> = fc.record({
  newline: fc.constantFrom("\n", "\r\n", ""),
  unit: fc.constantFrom("  ", "\t", "   ", "    ", ""),
  chances: fc.array(fc.nat({ max: 9 }), { minLength: 7, maxLength: 31 }),
});

/** Settings with and without `hooks`, in any style. */
export function jsoncTexts(): fc.Arbitrary<JsoncText> {
  return fc.record({
    before: OTHERS,
    hooks: fc.option(LISTS, { nil: undefined }),
    style: STYLE,
    last: fc.boolean(),
  }).map(({ before, hooks, style, last }) => {
    const own = hooks === undefined ? {} : { hooks };
    const value = last ? { ...before, ...own } : { ...own, ...before };
    return { text: new Writer(style).write(value), value };
  });
}

class Writer {
  readonly #style: Style;
  #drawn = 0;
  #comments = 0;

  constructor(style: Style) {
    this.#style = style;
  }

  write(value: unknown): string {
    return this.#trivia(0) + this.#value(value, 0) + this.#trivia(0);
  }

  #value(value: unknown, depth: number): string {
    if (Array.isArray(value)) {
      return this.#items("[", "]", value.map((item) => this.#value(item, depth + 1)), depth);
    }
    if (typeof value !== "object" || value === null) return JSON.stringify(value);
    const items = Object.entries(value).map(([name, item]) =>
      `${JSON.stringify(name)}:${this.#trivia(depth)}${this.#value(item, depth + 1)}`
    );
    return this.#items("{", "}", items, depth);
  }

  #items(open: string, close: string, items: readonly string[], depth: number): string {
    const inner = items.map((item) => this.#trivia(depth + 1) + item + this.#trivia(depth + 1));
    const comma = items.length > 0 && this.#draw() < 2 ? "," : "";
    return open + inner.join(",") + comma + this.#trivia(depth) + close;
  }

  #trivia(depth: number): string {
    const { newline, unit } = this.#style;
    const chance = this.#draw();
    const line = newline + unit.repeat(depth);
    const comment = `c${this.#comments}, }]`;
    if (chance >= 2) return chance < 7 ? line : chance < 9 ? " " : "";
    this.#comments++;
    if (chance === 0 && newline !== "") return ` // ${comment}${line}`;
    return `${line}/* ${comment} */`;
  }

  #draw(): number {
    const { chances } = this.#style;
    return chances[this.#drawn++ % chances.length]!;
  }
}

function foreignGroups(): unknown[] {
  const command = { type: "command", command: "say 'done' // not a comment" };
  return [
    { hooks: [command] },
    { matcher: "Edit|Write", hooks: [command, { ...command, timeout: 5 }] },
    { matcher: "", hooks: [] },
    { hooks: [{ type: "http", url: "http://127.0.0.1:1/hooks/other" }] },
  ];
}
