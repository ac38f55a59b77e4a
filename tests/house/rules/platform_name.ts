/** The rule `platform-name`: only a platform's own folder, the registry and examples name it. */

import { isTestOrTool, placeOf } from "./place.ts";

const homes = [
  "capture/claude_code/",
  "capture/cursor/",
  "capture/registry.ts",
  "capture/example_platform.ts",
];

/** Reports platform names in strings, templates and JSX text. */
export function platformName(context: Deno.lint.RuleContext): Deno.lint.LintVisitor {
  const place = placeOf(context.filename);
  if (isTestOrTool(place) || homes.some((home) => place.startsWith(home))) return {};
  function check(node: Deno.lint.Node, text: unknown): void {
    if (typeof text !== "string" || !namesPlatform(text)) return;
    context.report({
      node,
      message: `"${text.trim()}" names a platform: ask capture/registry.ts, or the Platform`,
    });
  }
  return {
    Literal(node) {
      check(node, node.value);
    },
    TemplateElement(node) {
      check(node, node.cooked);
    },
    JSXText(node) {
      check(node, node.value);
    },
  };
}

function namesPlatform(text: string): boolean {
  return /claude_code|CLAUDE_CONFIG_DIR/.test(text) ||
    /^(claude-code|claude code|cursor)$/i.test(text.trim());
}
