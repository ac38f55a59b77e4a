/** The rule `no-todo`: what is left to do stands in an issue, not in the code. */

/** Reports comments with one of the three usual marks for unfinished work. */
export function noTodo(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  return {
    Program() {
      for (const { range, value } of context.sourceCode.getAllComments()) {
        const [mark] = /\b(TODO|FIXME|XXX)\b/.exec(value) ?? [];
        if (!mark) continue;
        context.report({ range, message: `${mark} in a comment: do it now, or open an issue` });
      }
    },
  };
}
