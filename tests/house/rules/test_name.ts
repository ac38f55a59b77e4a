/** The rule `test-name`: a test says which symbol does what. */

import { placeOf } from "./place.ts";

const nameShape = /^(blueplane( [a-z-]+)*|[A-Za-z][\w.]*\(\)) ./;

/** Reports names of `Deno.test` that are not "symbol() does what" or "blueplane …". */
export function testName(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const place = placeOf(context.filename);
  if (!place.startsWith("tests/")) return {};
  return {
    CallExpression(node) {
      if (!/^Deno\.test(\.(only|ignore))?$/.test(context.sourceCode.getText(node.callee))) return;
      const nameNode = nameIn(node.arguments[0]);
      const name = nameNode && nameText(nameNode);
      if (!nameNode || name === undefined) return;
      const message = nameProblem(name, place.startsWith("tests/e2e/"));
      if (message) context.report({ node: nameNode, message });
    },
  };
}

function nameProblem(name: string, isEndToEnd: boolean): string | undefined {
  if (/\bshould\b/i.test(name)) return `Say what it does, without "should"`;
  if (isEndToEnd && !/^blueplane /.test(name)) return `Name an e2e test "blueplane <command> …"`;
  if (nameShape.test(name)) return undefined;
  return `Name a test "symbol() does what, when what", or "blueplane <command> does what"`;
}

function nameIn(argument: Deno.lint.Node | undefined): Deno.lint.Node | undefined {
  if (argument?.type !== "ObjectExpression") return argument;
  for (const property of argument.properties) {
    if (property.type !== "Property" || property.key.type !== "Identifier") continue;
    if (property.key.name === "name") return property.value;
  }
  return undefined;
}

/** The name as written, with `X` for what a template fills in; undefined if it is computed. */
function nameText(node: Deno.lint.Node): string | undefined {
  if (node.type === "TemplateLiteral") return node.quasis.map(({ cooked }) => cooked).join("X");
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}
