/** Runs the plug-in on made-up source, for the tests of its rules. */

import plugin from "./lint.ts";

/** The messages of one rule on `source`, as if it were the file `path` of this tree. */
export function refusals(rule: string, path: string, source: string): string[] {
  const file = decodeURIComponent(new URL(`../../${path}`, import.meta.url).pathname);
  return Deno.lint.runPlugin(plugin, file, source)
    .filter(({ id }) => id === `blueplane/${rule}`)
    .map(({ message }) => message);
}
