/** The rule `file-name`: a file is named after what it holds. */

import { isWithin, placeOf } from "./place.ts";

const banned = /^(utils?|helpers?|common|types|misc|manager)$/;

/** Reports vague names outside tests, and names that are not snake_case. */
export function fileName(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  return {
    Program() {
      const message = fileNameProblem(placeOf(context.filename));
      if (message) context.report({ range: [0, 0], message });
    },
  };
}

/** What is wrong with the path of a code file; undefined if nothing is. */
export function fileNameProblem(path: string): string | undefined {
  if (isWithin(path, "tests/fixtures")) return undefined;
  for (const part of path.split("/")) {
    const stem = part.replace(/(\.d)?\.\w+$/, "");
    if (banned.test(stem) && !isWithin(path, "tests")) {
      return `"${stem}" says nothing: name the file or folder after its main export`;
    }
    if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(stem)) return `Write "${part}" in snake_case`;
  }
  return undefined;
}
