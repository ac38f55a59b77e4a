/** Tests of `capture/cursor/file_path.ts`: files by path, address and object. */

import { deepEqual, equal } from "node:assert/strict";
import { fileFacts, localPath } from "../../../capture/cursor/file_path.ts";
import { privacy } from "./state_rows.ts";

Deno.test("localPath() reads every way in which a file is named", () => {
  const named: readonly (readonly [unknown, string | undefined])[] = [
    ["/home/me/a.ts", "/home/me/a.ts"],
    ["src/a.ts", "src/a.ts"],
    ["file:///home/me/a%20b.ts", "/home/me/a b.ts"],
    ["file:///c%3A/Users/me/a.ts", "c:/Users/me/a.ts"],
    ["file:///bad%ZZ", "/bad%ZZ"],
    [{ fsPath: "c:\\x\\a.ts", external: "file:///c%3A/x/a.ts" }, "c:\\x\\a.ts"],
    [{ path: "/x/a.ts", scheme: "file" }, "/x/a.ts"],
  ];

  for (const [place, path] of named) equal(localPath(place), path, JSON.stringify(place));
});

Deno.test("localPath() gives nothing for what lies elsewhere, or nowhere", () => {
  const places = [
    { external: "vscode-remote://ssh-remote%2Bhost/home/me", path: "/home/me" },
    "vscode-remote://wsl%2Bubuntu/home/me",
    "",
    5,
    null,
  ];

  deepEqual(places.map(localPath), places.map(() => undefined));
});

Deno.test("fileFacts() keeps the extension and a keyed hash", () => {
  const facts = fileFacts("/home/me/secret.ts", privacy);

  deepEqual(facts, { file_extension: "ts", file: privacy.hash("file /home/me/secret.ts") });
  deepEqual(fileFacts(undefined, privacy), {});
});
