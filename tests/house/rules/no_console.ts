/** The rule `no-console`: output goes to a stream or a log that was passed in. */

import { isTestOrTool, placeOf } from "./place.ts";

const message = "No console: write to the stream or the log that you were given";

/** Reports `console` outside tests and tools. */
export function noConsole(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  if (isTestOrTool(placeOf(context.filename))) return {};
  return {
    Identifier(node) {
      if (node.name === "console" && !isOtherName(node)) context.report({ node, message });
    },
  };
}

/** A property of some other object, or a key, that happens to be called so. */
function isOtherName(node: Deno.lint.Identifier): boolean {
  const parent = node.parent as Deno.lint.Node;
  if (parent.type === "MemberExpression") {
    const isProperty = parent.property.range[0] === node.range[0] && !parent.computed;
    const isGlobal = parent.object.type === "Identifier" && parent.object.name === "globalThis";
    return isProperty && !isGlobal;
  }
  return parent.type === "Property" && !parent.shorthand &&
    parent.key.range[0] === node.range[0];
}
