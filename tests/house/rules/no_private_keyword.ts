/** The rule `no-private-keyword`: what is private is so at run time. */

/** Reports `private`, `protected` and `public`. */
export function noPrivateKeyword(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  function check(node: Deno.lint.Node): void {
    // Read from the text, since Deno 2.9 gives parameters no `accessibility`.
    const text = context.sourceCode.getText(node);
    const [keyword] = /^(private|protected|public)(?=\s)/.exec(text) ?? [];
    if (!keyword) return;
    const instead = keyword === "public" ? "leave it out" : "use #name";
    context.report({ node, message: `No "${keyword}" keyword: ${instead}` });
  }
  return {
    MethodDefinition: check,
    PropertyDefinition: check,
    TSAbstractMethodDefinition: check,
    TSAbstractPropertyDefinition: check,
    TSParameterProperty: check,
  };
}
