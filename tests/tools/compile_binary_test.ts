/** Tests of how a binary is compiled, short of compiling one. */

import { deepEqual, equal, rejects } from "node:assert/strict";
import { bundled } from "../../tools/bundle.ts";
import { compileArguments, compileBinary, compileProblem } from "../../tools/compile_binary.ts";
import { targets } from "../../tools/target.ts";

Deno.test("compileArguments() includes the worker and ends with the program, always", () => {
  const args = compileArguments();
  equal(args[0], "compile");
  equal(args[args.indexOf("--include") + 1], bundled.worker);
  equal(args.at(-1), bundled.main);
});

Deno.test("compileArguments() names the target, when one is given", () => {
  const args = compileArguments("aarch64-apple-darwin");
  equal(args[args.indexOf("--target") + 1], "aarch64-apple-darwin");
  equal(args[args.indexOf("--output") + 1], "dist/blueplane-aarch64-apple-darwin");
  equal(compileArguments().includes("--target"), false);
});

Deno.test("compileBinary() rejects, when DENORT_BIN is for another platform", async () => {
  const foreign = targets.find((target) => target !== Deno.build.target)!;
  await rejects(compileBinary({ DENORT_BIN: "/runtime" }, foreign), {
    name: "CompileError",
    message: `Cannot compile blueplane: DENORT_BIN is no runtime for ${foreign}: unset it`,
  });
});

Deno.test("compileBinary() rejects, when DENO_COMPILE names nothing", async () => {
  await rejects(compileBinary({ DENO_COMPILE: "/nowhere/deno" }), {
    name: "CompileError",
    message: "Cannot compile blueplane: there is no compiler at /nowhere/deno",
  });
});

Deno.test("compileProblem() names host and runtime, when it cannot be downloaded", () => {
  const stderr = `Compile .cache/bundle/main.js to dist/blueplane
Download https://host.example/release/v1/denort-aarch64-apple-darwin.zip
error: Writing deno compile executable to temporary file 'dist/blueplane.tmp-1'

Caused by:
    0: Setting up base binary.
    1: error sending request for url: client error (Connect)
    2: dns error
`;
  deepEqual(
    compileProblem(stderr),
    "the runtime denort-aarch64-apple-darwin.zip cannot be downloaded from host.example",
  );
});

Deno.test("compileProblem() names the path, when DENORT_BIN is not there", () => {
  const stderr = `error: Writing deno compile executable to temporary file 'a.tmp'

Caused by:
    0: Could not find denort at '/nowhere/denort'
    1: No such file or directory (os error 2)
`;
  equal(compileProblem(stderr), "there is no runtime at /nowhere/denort");
});

Deno.test("compileProblem() gives the error and its deepest cause, when it is another", () => {
  const stderr = `error: Writing the executable

Caused by:
    0: Writing binary bytes
    1: No space left on device (os error 28)

Stack backtrace:
   0: <unknown>
`;
  equal(compileProblem(stderr), "Writing the executable: No space left on device (os error 28)");
  equal(compileProblem("error: Nothing more.\n"), "Nothing more");
  equal(compileProblem(""), "deno compile failed");
});
