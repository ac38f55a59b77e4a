/** Tests of `core/home_closed.ts`: what says that the data folder is closed to its user. */

import { equal, match, ok, throws } from "node:assert/strict";
import { asHomeClosed, HomeClosedError, inHome, readInHome } from "../../core/home_closed.ts";
import { tempFolder } from "./temp_folder.ts";

Deno.test("asHomeClosed() says what is wrong and what to do, without a path", () => {
  const denied = asHomeClosed(new Deno.errors.PermissionDenied("mkdir '/home/kim'"), "write to");
  const error = Object.assign(new Deno.errors.NotSupported("x"), { code: "EROFS" });
  const readOnly = asHomeClosed(error, "write to");

  ok(denied instanceof HomeClosedError && readOnly instanceof HomeClosedError);
  equal(
    denied.message,
    "Cannot write to the data folder: permission denied; blueplane doctor --fix opens what is " +
      "your own",
  );
  match(readOnly.message, /: its disk is read-only;/);
});

Deno.test("inHome() leaves every other error as it is", () => {
  const error = new Deno.errors.NotFound("gone");

  equal(inHome("read", () => 7), 7);
  throws(() =>
    inHome("read", () => {
      throw error;
    }), (thrown) => thrown === error);
});

Deno.test("readInHome() reads a text, where there is one", () => {
  using folder = tempFolder();
  equal(readInHome(folder.at("a")), undefined);
  Deno.writeTextFileSync(folder.at("a"), "text");
  equal(readInHome(folder.at("a")), "text");
});
