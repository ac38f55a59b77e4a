/** Tests of `cli/charts/chart_look.ts`: which signs a terminal has. */

import { equal } from "node:assert/strict";
import { lookOf } from "./looks.ts";

Deno.test("chartLook() takes ASCII, where the locale or the terminal has no more", () => {
  const isPlain = (env: Record<string, string | undefined>) => !lookOf(80, env).signs.hasDots;
  equal(isPlain({}), false);
  equal(isPlain({ LANG: "de_DE.UTF-8" }), false);
  equal(isPlain({ LANG: "de_DE.utf8" }), false);
  equal(isPlain({ LANG: "C" }), true);
  equal(isPlain({ LANG: "C", LC_ALL: "C.UTF-8" }), false);
  equal(isPlain({ LANG: "en_US.UTF-8", LC_ALL: "POSIX" }), true);
  equal(isPlain({ LANG: "en_US.UTF-8", TERM: "dumb" }), true);
  equal(isPlain({ LANG: "en_US.UTF-8", TERM: "linux" }), true);
});

Deno.test("chartLook() leaves room for a chart on any terminal", () => {
  equal(lookOf(120).width, 120);
  equal(lookOf(1).width, 40);
});
