/** Writes `core/schema/whole.json`: what all steps of the schema come to, for new databases. */

import { wholeSchema } from "./whole_schema.ts";

const path = new URL("../core/schema/whole.json", import.meta.url);
Deno.writeTextFileSync(path, `${JSON.stringify(wholeSchema(), null, 2)}\n`);
