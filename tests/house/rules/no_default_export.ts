/** The rule `no-default-export`: every export has one name, the same everywhere. */

import { placeOf } from "./place.ts";

const message = "A default export has no name of its own: export it by name";

/** Reports default exports, save the one that Deno asks of this plug-in. */
export function noDefaultExport(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  if (placeOf(context.filename) === "tests/house/lint.ts") return {};
  return {
    ExportDefaultDeclaration(node) {
      context.report({ node, message });
    },
    ExportSpecifier(node) {
      const { exported } = node;
      const name = exported.type === "Identifier" ? exported.name : exported.value;
      if (name === "default") context.report({ node, message });
    },
  };
}
