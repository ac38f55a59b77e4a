/** The ways in which one module names another, as one visitor. */

/** One module name found in a file. */
export interface FoundImport {
  /** What to report on. */
  readonly node: Deno.lint.Node;
  /** The name as written. */
  readonly specifier: string;
  /** Whether it vanishes when types are stripped. */
  readonly isTypeOnly: boolean;
}

/**
 * Calls `found` for static and dynamic imports, exports from, `import("…")` types, and
 * `new URL("./x.ts", import.meta.url)`, with which workers are started.
 */
export function visitImports(found: (use: FoundImport) => void): Deno.lint.LintVisitor {
  function report(node: Deno.lint.Node, name: unknown, isTypeOnly: boolean): void {
    if (typeof name === "string") found({ node, specifier: name, isTypeOnly });
  }
  return {
    ImportDeclaration(node) {
      report(node, node.source.value, isTypeImport(node));
    },
    ExportAllDeclaration(node) {
      report(node, node.source.value, node.exportKind === "type");
    },
    ExportNamedDeclaration(node) {
      if (node.source) report(node, node.source.value, node.exportKind === "type");
    },
    ImportExpression(node) {
      report(node, literalText(node.source), false);
    },
    TSImportType(node) {
      const argument = node.argument as Deno.lint.Node;
      report(node, argument.type === "TSLiteralType" && literalText(argument.literal), true);
    },
    NewExpression(node) {
      const [path, base] = node.arguments;
      if (node.callee.type !== "Identifier" || node.callee.name !== "URL") return;
      if (base?.type !== "MemberExpression" || base.object.type !== "MetaProperty") return;
      const name = literalText(path);
      if (name && /\.tsx?$/.test(name)) report(node, name, false);
    },
  };
}

/** The text of a string literal, or of a template without expressions. */
export function literalText(node: Deno.lint.Node | undefined): string | undefined {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type === "TemplateLiteral" && node.expressions.length === 0) {
    return node.quasis[0]?.cooked;
  }
  return undefined;
}

function isTypeImport(node: Deno.lint.ImportDeclaration): boolean {
  if (node.importKind === "type") return true;
  return node.specifiers.length > 0 &&
    node.specifiers.every((specifier) =>
      specifier.type === "ImportSpecifier" && specifier.importKind === "type"
    );
}
