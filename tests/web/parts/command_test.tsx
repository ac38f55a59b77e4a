/** Tests of `web/parts/command.tsx`. */

import assert from "node:assert/strict";
import { Command } from "../../../web/parts/command.tsx";

Deno.test("Command() is a whole command, as the text it is", () => {
  assert.equal(
    String(<Command>{"purge --before <day>"}</Command>),
    '<code class="command">blueplane purge --before &lt;day&gt;</code>',
  );
});
