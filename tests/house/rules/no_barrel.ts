/** The rule `no-barrel`: a module exports only what it defines. */

const message =
  "Re-exports hide where a thing lives: let callers import the file that defines it";

/** Reports `export * from` and `export {…} from`. */
export function noBarrel(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  return {
    ExportAllDeclaration(node) {
      context.report({ node, message });
    },
    ExportNamedDeclaration(node) {
      if (node.source) context.report({ node, message });
    },
  };
}
