/** The rule `function-length`: no function is longer than one can see at once. */

const linesMax = 70;

type AnyFunction =
  | Deno.lint.ArrowFunctionExpression
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression;

/** Reports functions, methods and callbacks of more than 70 lines, first and last included. */
export function functionLength(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  function check(node: AnyFunction): void {
    const lines = context.sourceCode.text.slice(...node.range).split("\n").length;
    if (lines <= linesMax) return;
    const message = `${lines} lines in one function: split it so that none has over ${linesMax}`;
    context.report({ node, message });
  }
  return {
    ArrowFunctionExpression: check,
    FunctionDeclaration: check,
    FunctionExpression: check,
  };
}
