/** Tests of `capture/session_folders.ts`. */

import { deepEqual } from "node:assert/strict";
import { SessionFolders } from "../../capture/session_folders.ts";
import { literal, type SafeText } from "../../core/privacy.ts";

Deno.test("SessionFolders.isOut() stays so for who was once in one that is left out", () => {
  const folders = new SessionFolders();
  const [one, two, none] = [literal("one"), literal("two"), literal("none")];
  folders.note(one, false);
  folders.note(two, true);
  folders.note(two, false);

  deepEqual([one, two, none].map((id) => folders.isOut(id)), [false, true, undefined]);
  folders.note(one, true);
  deepEqual(folders.isOut(one), true);
});

Deno.test("SessionFolders.note() forgets who was not heard of for longest", () => {
  const folders = new SessionFolders();
  const id = (number: number) => `s${number}` as SafeText;
  for (let number = 0; number < 10_000; number++) folders.note(id(number), false);
  folders.note(id(0), false);
  folders.note(id(10_000), false);

  deepEqual([0, 1, 10_000].map((number) => folders.isOut(id(number))), [false, undefined, false]);
});
