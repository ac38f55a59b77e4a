/**
 * `config.schema.json`: lets an editor complete and check `config.json`, which names it.
 *
 * @module
 */

import { configSchema } from "../core/config_check.ts";
import type { Home } from "../core/home.ts";
import { writeWhole } from "../core/write_whole.ts";

/** Writes it, unless it is there as it should be. */
export function writeSchema(home: Home): void {
  const text = `${JSON.stringify(configSchema(), null, 2)}\n`;
  if (text !== readText(home.configSchema)) writeWhole(home.configSchema, text);
}

function readText(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
