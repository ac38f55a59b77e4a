/** Tests of the platforms that the tools compile for. */

import { equal, throws } from "node:assert/strict";
import { outputPath, parseTarget, targets } from "../../tools/target.ts";

Deno.test("parseTarget() gives undefined, when nothing is asked for", () => {
  equal(parseTarget([]), undefined);
});

Deno.test("parseTarget() gives the platform, when it is one of the five", () => {
  equal(targets.length, 5);
  for (const target of targets) {
    equal(parseTarget(["--target", target]), target);
    equal(parseTarget([`--target=${target}`]), target);
  }
});

Deno.test("parseTarget() throws, when the platform is another one", () => {
  for (const name of ["aarch64-pc-windows-msvc", "linux", ""]) {
    throws(() => parseTarget(["--target", name]), {
      name: "TypeError",
      message: `Cannot compile for "${name}": --target is one of ${targets.join(", ")}`,
    });
  }
});

Deno.test("parseTarget() throws, when there is an unknown option or a lone --target", () => {
  for (const args of [["--minify"], ["--target"], ["x86_64-apple-darwin"]]) {
    throws(() => parseTarget(args), { name: "TypeError", message: /^Cannot read the options: / });
  }
});

Deno.test("outputPath() names the platform, when one is given", () => {
  equal(outputPath("aarch64-apple-darwin"), "dist/blueplane-aarch64-apple-darwin");
  equal(outputPath("x86_64-pc-windows-msvc"), "dist/blueplane-x86_64-pc-windows-msvc.exe");
});

Deno.test("outputPath() is dist/blueplane, when no platform is given", () => {
  equal(outputPath(), Deno.build.os === "windows" ? "dist/blueplane.exe" : "dist/blueplane");
});
