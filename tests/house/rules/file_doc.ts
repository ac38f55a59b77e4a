/** The rule `file-doc`: every file begins by saying what it is. */

import { placeOf } from "./place.ts";

/** Reports .ts and .tsx files that do not begin with a comment of one sentence or more. */
export function fileDoc(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  if (!/\.tsx?$/.test(placeOf(context.filename))) return {};
  return {
    Program() {
      if (beginsWithSentence(context.sourceCode.text)) return;
      context.report({
        range: [0, 0],
        message: "Begin the file with a /** comment */ whose first sentence says what it is",
      });
    },
  };
}

/** Three words and a full stop make a sentence; `@module` may stand before it. */
function beginsWithSentence(text: string): boolean {
  const comment = /^(?:#!.*\n+)?\/\*\*([^]*?)\*\//.exec(text)?.[1] ?? "";
  const plain = comment.replaceAll(/^\s*\* ?/gm, "").replace(/^\s*@module\b/, "").trim();
  return /^[^@\s]\S*\s+\S+\s+[^]*?[.!?](\s|$)/.test(plain);
}
