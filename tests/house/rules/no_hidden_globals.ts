/** The rule `no-hidden-globals`: time, chance and environment come in as arguments. */

import { isTestOrTool, placeOf } from "./place.ts";

const clock = { home: "core/clock.ts", instead: "take a Clock" };
const chance = { home: "core/clock.ts", instead: "take a seed, or use crypto for identifiers" };
const environment = { home: "main.ts", instead: "take the environment as a value from main.ts" };

const hidden: Readonly<Record<string, { readonly home: string; readonly instead: string }>> = {
  "Date.now": clock,
  "performance.now": clock,
  "Temporal.Now": clock,
  "Math.random": chance,
  "Deno.env": environment,
  "process.env": environment,
};

/** Reports reads of clock, chance and environment outside the one file each may be in. */
export function noHiddenGlobals(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const place = placeOf(context.filename);
  // Assets run in the browser, which has no Clock to give them.
  if (isTestOrTool(place) || place.startsWith("web/assets/")) return {};
  function report(node: Deno.lint.Node, name: string, rule = clock): void {
    if (place === rule.home) return;
    const message = `${name} is a hidden global, read only in ${rule.home}: ${rule.instead}`;
    context.report({ node, message });
  }
  function checkDate(node: Deno.lint.NewExpression | Deno.lint.CallExpression): void {
    if (node.callee.type !== "Identifier" || node.callee.name !== "Date") return;
    if (node.type === "CallExpression" || node.arguments.length === 0) {
      report(node, "The present Date");
    }
  }
  return {
    NewExpression: checkDate,
    CallExpression: checkDate,
    MemberExpression(node) {
      const name = dottedName(node);
      if (name && Object.hasOwn(hidden, name)) report(node, name, hidden[name]);
    },
    ImportSpecifier(node) {
      const declaration = node.parent as Deno.lint.ImportDeclaration;
      if (!/^(node:)?process$/.test(declaration.source.value)) return;
      const name = node.imported.type === "Identifier" ? node.imported.name : node.imported.value;
      if (name === "env") report(node, "process.env", environment);
    },
  };
}

/** `a.b` for `a.b`, `a["b"]` and `globalThis.a.b`; undefined for all else. */
function dottedName(node: Deno.lint.MemberExpression): string | undefined {
  const property = memberName(node);
  const object = node.object.type === "MemberExpression" && isGlobalThis(node.object.object)
    ? memberName(node.object)
    : node.object.type === "Identifier"
    ? node.object.name
    : undefined;
  return object && property && `${object}.${property}`;
}

function memberName({ computed, property }: Deno.lint.MemberExpression): string | undefined {
  if (!computed) return property.type === "Identifier" ? property.name : undefined;
  return property.type === "Literal" ? String(property.value) : undefined;
}

function isGlobalThis(node: Deno.lint.Node): boolean {
  return node.type === "Identifier" && node.name === "globalThis";
}
