/** The rule `no-empty-catch`: whoever catches an error does something about it. */

/** Reports `catch` blocks without a statement; a comment is none. */
export function noEmptyCatch(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  return {
    CatchClause(node) {
      if (node.body.body.length > 0) return;
      const message = "Empty catch: name what you expect, act on it, and throw the rest again";
      context.report({ node, message });
    },
  };
}
