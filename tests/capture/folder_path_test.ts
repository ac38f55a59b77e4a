/** Tests of `capture/folder_path.ts`: one folder, one form, on every system. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cleanPath,
  folderKey,
  folderName,
  foldersUpward,
  isWide,
  withoutWorktree,
} from "../../capture/folder_path.ts";
import { fcRuns } from "../helpers/fc_runs.ts";

const HOME = "/home/kim";

/** Names that a folder may have in both worlds. */
const anyName = fc.stringMatching(/^[A-Za-z0-9 ._äß-]{1,12}$/).filter((name) =>
  !/^\.+$|^mnt$|^wsl/i.test(name)
);
const anyNames = fc.array(anyName, { minLength: 1, maxLength: 5 });

Deno.test("cleanPath() gives one form for all spellings of a folder of Windows", () => {
  const separator = fc.constantFrom("\\", "/", "\\\\", "//");
  const anyDrive = fc.constantFrom("c", "D", "z");
  fc.assert(
    fc.property(anyDrive, anyNames, fc.array(separator), (drive, names, separators) => {
      const rest = names.map((name, i) => (separators[i] ?? "\\") + name).join("");
      const end = separators.at(-1) ?? "";
      const spellings = [
        `${drive.toUpperCase()}:${rest}${end}`,
        `${drive.toLowerCase()}:${rest}`,
        `\\\\?\\${drive}:${rest}`,
        `/mnt/${drive.toLowerCase()}/${names.join("/")}`,
        `/mnt/${drive}//${names.join("//")}/`,
        `\\\\wsl$\\Ubuntu\\mnt\\${drive}\\${names.join("\\")}`,
      ];

      const expected = `${drive.toLowerCase()}:/${names.join("/")}`;
      assert.deepEqual(spellings.map(cleanPath), spellings.map(() => expected));
    }),
    fcRuns(),
  );
});

Deno.test("cleanPath() takes a share of WSL for the Linux folder that it shows", () => {
  const spellings = [
    "\\\\wsl$\\Ubuntu\\home\\kim\\shop",
    "\\\\wsl.localhost\\Ubuntu-24.04\\home\\kim\\shop\\",
    "//wsl$/Ubuntu/home/kim/shop",
    "\\\\WSL$\\Debian\\home\\kim\\shop",
    "\\\\?\\UNC\\wsl$\\Ubuntu\\home\\kim\\shop",
    "/home/kim/shop/",
  ];

  assert.deepEqual(spellings.map(cleanPath), spellings.map(() => "/home/kim/shop"));
  assert.equal(cleanPath("\\\\wsl$\\Ubuntu"), "/");
});

Deno.test("cleanPath() leaves what is a name on Unix", () => {
  assert.equal(cleanPath("/home/kim/a\\b"), "/home/kim/a\\b");
  assert.equal(cleanPath("/"), "/");
  assert.equal(cleanPath("///"), "/");
  assert.equal(cleanPath(""), "");
  assert.equal(cleanPath("/mnt/data/shop"), "/mnt/data/shop");
  assert.equal(cleanPath("C:"), "c:/");
  assert.equal(cleanPath("c:\\"), "c:/");
  assert.equal(cleanPath("\\\\nas\\work\\shop\\"), "//nas/work/shop");
});

Deno.test("cleanPath() changes nothing that is clean, of any text", () => {
  const anyPath = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom("/", "\\", "c", ":", ".", "mnt", "a", "wsl$", "?") }),
  );
  fc.assert(
    fc.property(anyPath, (path) => {
      const clean = cleanPath(path);

      // No system has these prefixes twice, and none hides behind a share.
      fc.pre(!/^\/\/wsl(\$|\.localhost)\//i.test(clean) && !clean.startsWith("\\\\?\\"));
      assert.equal(cleanPath(clean), clean);
      assert.ok(!/.\/$/.test(clean) || /^[a-z]:\/$/.test(clean), clean);
    }),
    fcRuns(500),
  );
});

Deno.test("folderKey() is the same for capitals on Windows, not elsewhere", () => {
  assert.equal(folderKey("c:/Users/Kim/Shop"), folderKey("c:/users/kim/shop"));
  assert.equal(folderKey("//NAS/work"), folderKey("//nas/work"));
  assert.notEqual(folderKey("/home/kim/Shop"), folderKey("/home/kim/shop"));
});

Deno.test("folderName() is the last part, and the path where there is none", () => {
  assert.equal(folderName("/home/kim/shop"), "shop");
  assert.equal(folderName("c:/Users/Kim/Shop"), "Shop");
  assert.equal(folderName("/"), "/");
  assert.equal(folderName(""), "");
});

Deno.test("isWide() knows roots and homes, of this user and of others", () => {
  const wide = ["/", "/root", "/home", "/home/ada", "/Users/ada", "c:/", "d:", "c:/Users/Ada"];
  const narrow = ["/home/ada/x", "/srv/git", "c:/work", "/opt", "c:/users/ada/x", "/data"];

  assert.deepEqual(wide.filter((path) => !isWide(path, "/data/kim")), []);
  assert.deepEqual(narrow.filter((path) => isWide(path, "/data/kim")), []);
  assert.equal(isWide("/data/kim", "/data/kim/"), true);
});

Deno.test("withoutWorktree() finds the repository of a worktree in its path", () => {
  const paths = [
    "/home/kim/shop/.claude/worktrees/brave-fox",
    "/home/kim/shop/.claude/worktrees/brave-fox/src/a",
    "/home/kim/shop/.worktrees/x",
    "/home/kim/shop/.worktrees/x/.claude/worktrees/y/z",
  ];

  const found = paths.map((path) => withoutWorktree(path, HOME));
  assert.deepEqual(found, paths.map(() => "/home/kim/shop"));
  const windows = cleanPath("C:\\Users\\Kim\\shop\\.claude\\worktrees\\x\\src");
  assert.equal(withoutWorktree(windows, HOME), "c:/Users/Kim/shop");
});

Deno.test("withoutWorktree() leaves other folders, and homes that hold worktrees", () => {
  for (
    const path of [
      "/home/kim/shop",
      "/home/kim/shop/.claude",
      "/home/kim/shop/.claude/worktrees",
      "/home/kim/shop/worktrees/x",
      "/home/kim/.worktrees/shop/x",
      "/home/ada/.claude/worktrees/x",
      "/.worktrees/x",
      "c:/.worktrees/x",
    ]
  ) assert.equal(withoutWorktree(path, HOME), path);
});

Deno.test("foldersUpward() ends before a home or a root, and somewhere", () => {
  assert.deepEqual(foldersUpward("/home/kim/shop/web", HOME), [
    "/home/kim/shop/web",
    "/home/kim/shop",
  ]);
  assert.deepEqual(foldersUpward("/srv/a", HOME), ["/srv/a", "/srv"]);
  assert.deepEqual(foldersUpward("/home/kim", HOME), []);
  assert.deepEqual(foldersUpward("c:/work/a", HOME), ["c:/work/a", "c:/work"]);
  assert.ok(foldersUpward("/a".repeat(3000), HOME).length < 100);
});
