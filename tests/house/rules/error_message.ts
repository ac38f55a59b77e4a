/** The rule `error-message`: errors read "Cannot <verb> <object>: <what is>". */

/** Reports messages of `new SomeError("…")` with another beginning, or with a full stop. */
export function errorMessage(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  return {
    NewExpression(node) {
      const name = context.sourceCode.getText(node.callee);
      const [message] = node.arguments;
      if (!/Error$/.test(name) || !message) return;
      const [first, last] = [edgeText(message, "first"), edgeText(message, "last")];
      if (first !== undefined && !first.startsWith("Cannot ")) {
        context.report({
          node: message,
          message: `Begin with what failed: "Cannot <verb> <object>: <what is>"`,
        });
      } else if (last?.trimEnd().endsWith(".")) {
        context.report({ node: message, message: "End the message without a full stop" });
      }
    },
  };
}

/** The text at one end of a string, template or sum of them; undefined if it is none. */
function edgeText(node: Deno.lint.Node, edge: "first" | "last"): string | undefined {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
  if (node.type === "TemplateLiteral") {
    return node.quasis.at(edge === "first" ? 0 : -1)?.cooked;
  }
  if (node.type === "BinaryExpression" && node.operator === "+") {
    return edgeText(edge === "first" ? node.left : node.right, edge);
  }
  return undefined;
}
