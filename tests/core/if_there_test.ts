/** Tests of files that may not be there. */

import { deepEqual, equal, throws } from "node:assert/strict";
import {
  entriesIn,
  ifThere,
  isClosed,
  isMissing,
  isThere,
  removeIfThere,
} from "../../core/if_there.ts";

/** A folder with a file, a folder and, where there are such, a link that leads nowhere. */
function place(): { readonly path: string } & Disposable {
  const path = Deno.makeTempDirSync();
  Deno.writeTextFileSync(`${path}/file`, "text");
  Deno.mkdirSync(`${path}/folder`);
  if (Deno.build.os !== "windows") Deno.symlinkSync(`${path}/nowhere`, `${path}/link`);
  return { path, [Symbol.dispose]: () => Deno.removeSync(path, { recursive: true }) };
}

Deno.test("ifThere() tells nothing of what is not there, and throws all else", () => {
  using folder = place();
  equal(ifThere(() => Deno.readTextFileSync(`${folder.path}/file`)), "text");
  equal(ifThere(() => Deno.readTextFileSync(`${folder.path}/none`)), undefined);
  throws(() => ifThere(() => Deno.mkdirSync(`${folder.path}/folder`)), Deno.errors.AlreadyExists);
});

Deno.test("ifThere() tells nothing of what would lie in a folder that is a file", () => {
  using folder = place();
  const path = `${folder.path}/file/none`;
  equal(ifThere(() => Deno.readTextFileSync(path)), undefined);
  equal(isThere(path), false);
  deepEqual(entriesIn(`${folder.path}/file`), []);
  removeIfThere(path);
});

Deno.test("isMissing() knows what is not there from what may not be looked at", () => {
  const errors = [new Deno.errors.NotFound(), new Deno.errors.NotADirectory()];
  deepEqual([...errors, new Deno.errors.PermissionDenied(), "gone"].map(isMissing), [
    true,
    true,
    false,
    false,
  ]);
});

Deno.test({
  name: "isThere() knows files, folders, and links that lead nowhere",
  ignore: Deno.build.os === "windows",
  fn() {
    using folder = place();
    const there = ["file", "folder", "link", "none"]
      .map((name) => isThere(`${folder.path}/${name}`));
    deepEqual(there, [true, true, true, false]);
  },
});

Deno.test("entriesIn() lists a folder, and nothing of one that is not there", () => {
  using folder = place();
  const names = entriesIn(folder.path).map(({ name }) => name).sort();
  deepEqual(names.filter((name) => name !== "link"), ["file", "folder"]);
  deepEqual(entriesIn(`${folder.path}/none`), []);
});

Deno.test("removeIfThere() removes a file, and is content where there is none", () => {
  using folder = place();
  removeIfThere(`${folder.path}/file`);
  removeIfThere(`${folder.path}/file`);
  equal(isThere(`${folder.path}/file`), false);
});

Deno.test("isClosed() holds of a look that is denied, and of no other one", () => {
  const failing = (error: Error) => () => {
    throw error;
  };
  equal(isClosed(failing(new Deno.errors.PermissionDenied())), true);
  equal(isClosed(failing(new Deno.errors.NotFound())), false);
  equal(isClosed(() => 1), false);
});
