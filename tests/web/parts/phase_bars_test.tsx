/** Tests of `web/parts/phase_bars.tsx`. */

import assert from "node:assert/strict";
import { PhaseBars } from "../../../web/parts/phase_bars.tsx";

Deno.test("PhaseBars() shows time, share and calls of phases, or that there is none", () => {
  const phases = {
    run: { ms: 5000, share: 0.8333, calls: 1 },
    answer: { ms: 1000, share: 0.1667, calls: 0 },
  };

  assert.match(textOf(<PhaseBars phases={phases} />), /run 83.3 % 5 s 1 answer 16.7 % 1 s –/);
  assert.match(textOf(<PhaseBars phases={{}} />), /Nothing was done/);
});

function textOf(part: unknown): string {
  return String(part).replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
}
