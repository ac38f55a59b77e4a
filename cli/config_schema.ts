/**
 * `config.schema.json`: lets an editor complete and check `config.json`, which names it.
 *
 * @module
 */

import { configSchema } from "../core/config_check.ts";
import type { Home } from "../core/home.ts";
import { ifThere } from "../core/if_there.ts";
import { writeWhole } from "../core/write_whole.ts";

/** Writes it, unless it is there as it should be. */
export function writeSchema(home: Home): void {
  const text = `${JSON.stringify(configSchema(), null, 2)}\n`;
  if (text !== ifThere(() => Deno.readTextFileSync(home.configSchema))) {
    writeWhole(home.configSchema, text);
  }
}
