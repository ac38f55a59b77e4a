/** Tests of how bundled code takes modules of Node. */

import { equal } from "node:assert/strict";
import { takeBuiltinModules } from "../../tools/builtin_modules.ts";

Deno.test("takeBuiltinModules() takes names and whole modules, when code imports them", () => {
  const taken = (name: string) => `globalThis.process.getBuiltinModule("node:${name}");`;
  equal(
    takeBuiltinModules(
      'import{a}from"./a.js";import{hash as hash2,randomBytes}from"node:crypto";' +
        'import process from"node:process";var x=1;import fs2 from"node:fs";f(x);',
    ),
    `import{a}from"./a.js";const {hash:hash2,randomBytes}=${taken("crypto")}` +
      `const process=${taken("process")}var x=1;const fs2=${taken("fs")}f(x);`,
  );
});

Deno.test("takeBuiltinModules() leaves code as it is, when it only speaks of imports", () => {
  const code = `const text='x import{hash}from"node:crypto";';import("node:fs");`;
  equal(takeBuiltinModules(code), code);
});

Deno.test("takeBuiltinModules() makes a require of what takes them, when one is there", () => {
  equal(
    takeBuiltinModules(
      'var a=1;import{createRequire as made}from"node:module";' +
        'var __require=made(import.meta.url);var b=__require("node:net");',
    ),
    "var a=1;var __require=(name)=>globalThis.process.getBuiltinModule(name);" +
      'var b=__require("node:net");',
  );
});
