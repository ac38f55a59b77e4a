/** The rule `exported-doc`: every export says what it is. */

import { placeOf } from "./place.ts";

/** Reports exported declarations without a JSDoc comment of their own, outside tests. */
export function exportedDoc(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  if (placeOf(context.filename).startsWith("tests/")) return {};
  return {
    Program(program) {
      let previous = "";
      for (const node of program.body) {
        const name = node.type === "ExportNamedDeclaration" ? nameOf(node.declaration) : "";
        // One comment above the first of several overloads is enough.
        if (name && name !== previous && !hasDoc(context, node)) {
          const message = `Say in a /** comment */ directly above what "${name}" is; the ` +
            `comment that begins the file does not count`;
          context.report({ node, message });
        }
        previous = name;
      }
    },
  };
}

function nameOf(declaration: Deno.lint.ExportNamedDeclaration["declaration"]): string {
  if (!declaration) return "";
  if (declaration.type === "VariableDeclaration") {
    const id = declaration.declarations[0]?.id;
    return id?.type === "Identifier" ? id.name : "pattern";
  }
  const { id } = declaration as Deno.lint.FunctionDeclaration;
  return id?.name ?? "declaration";
}

function hasDoc(context: Deno.lint.RuleContext, node: Deno.lint.Node): boolean {
  const { text } = context.sourceCode;
  const before = context.sourceCode.getAllComments()
    .filter(({ range }) => range[1] <= node.range[0])
    .filter(({ value }) => !value.trim().startsWith("deno-lint-ignore"));
  const comment = before.at(-1);
  if (!comment || comment.type !== "Block" || !/^\*\s*\S/.test(comment.value)) return false;
  const isFileDoc = text.slice(0, comment.range[0]).replace(/^#!.*/, "").trim() === "";
  const between = text.slice(comment.range[1], node.range[0]).replace(/\/\/.*/g, "");
  return !isFileDoc && between.trim() === "";
}
