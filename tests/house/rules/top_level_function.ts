/** The rule `top-level-function`: functions of a module are declared as functions. */

const wrappers = ["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"];

/** Reports arrow and function expressions that a top-level variable is set to. */
export function topLevelFunction(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  function check(declaration: Deno.lint.VariableDeclaration): void {
    for (const node of declaration.declarations) {
      const { type } = unwrap(node.init as Deno.lint.Node | null) ?? {};
      if (type !== "ArrowFunctionExpression" && type !== "FunctionExpression") continue;
      const name = context.sourceCode.getText(node.id);
      context.report({
        node,
        message: `At the top level write "function ${name}() {…}", not a variable`,
      });
    }
  }
  return {
    "Program > VariableDeclaration": check,
    "Program > ExportNamedDeclaration > VariableDeclaration": check,
  };
}

function unwrap(node: Deno.lint.Node | null): Deno.lint.Node | null {
  let inner = node;
  while (inner && wrappers.includes(inner.type)) {
    inner = (inner as Deno.lint.TSAsExpression).expression;
  }
  return inner;
}
