/** Tests of `capture/project.ts`: which working folders are one project. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { Projects } from "../../capture/project.ts";
import { Privacy } from "../../core/privacy.ts";
import { fcRuns } from "../helpers/fc_runs.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { privacy } from "./claude_code/lines.ts";

const HOME = "/home/kim";

Deno.test("Projects.of() gives one project for a repository, its folders, worktrees", () => {
  using folder = tempFolder();
  for (const name of ["shop/.git", "shop/web", "wt"]) {
    Deno.mkdirSync(folder.at(name), { recursive: true });
  }
  Deno.writeTextFileSync(folder.at("wt/.git"), "gitdir: ../shop/.git/worktrees/wt\n");
  const projects = new Projects(privacy, HOME);

  const found = ["shop", "shop/", "shop/web", "shop/.claude/worktrees/x/web", "wt"]
    .map((name) => projects.of(folder.at(name)));

  assert.deepEqual(found, found.map(() => ({ hash: found[0]!.hash, label: "shop" })));
});

Deno.test("Projects.of() looks once, so that a project stays what it is", () => {
  using folder = tempFolder();
  Deno.mkdirSync(folder.at("shop/web"), { recursive: true });
  const projects = new Projects(privacy, HOME);
  const before = projects.of(folder.at("shop/web"));

  Deno.mkdirSync(folder.at("shop/.git"));

  assert.deepEqual(projects.of(folder.at("shop/web")), before);
  assert.equal(new Projects(privacy, HOME).of(folder.at("shop/web")).label, "shop");
});

Deno.test("Projects.of() gives one project for all spellings of a folder", () => {
  const windows = ["C:\\Users\\x\\p", "c:\\users\\x\\p\\", "c:/Users/x/p", "/mnt/c/Users/x/p"];
  const linux = ["/home/x/p", "/home/x/p//", "\\\\wsl$\\Ubuntu\\home\\x\\p"];
  const projects = new Projects(privacy, HOME);
  const hashes = (paths: string[]) => new Set(paths.map((path) => projects.of(path).hash));

  assert.equal(hashes(windows).size, 1);
  assert.equal(hashes(linux).size, 1);
  assert.equal(hashes([...windows, ...linux]).size, 2);
});

Deno.test("Projects.of() takes a home for a project, when somebody works in it", () => {
  const projects = new Projects(privacy, HOME);

  assert.equal(projects.of("/home/kim").label, "kim");
  assert.equal(projects.of("/").label, "/");
  assert.notEqual(projects.of("/").hash, projects.of("").hash);
});

Deno.test("Projects.of() does not depend on what was asked before", () => {
  const anyPath = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(fc.constantFrom("shop", "web", ".git", ".claude", "worktrees", ".worktrees", "x"))
      .map((parts) => `/srv/${parts.join("/")}`),
  );
  fc.assert(
    fc.property(fc.uniqueArray(anyPath, { maxLength: 8 }), (paths) => {
      const there = new Projects(privacy, HOME), back = new Projects(privacy, HOME);

      const forward = paths.map((path) => there.of(path));
      const backward = paths.toReversed().map((path) => back.of(path)).toReversed();

      assert.deepEqual(forward, backward);
      for (const { hash } of forward) assert.match(hash, /^[0-9a-f]{16}$/);
    }),
    fcRuns(),
  );
});

Deno.test("Projects.of() differs between installations, and holds nothing of the path", () => {
  const other = new Projects(new Privacy(new Uint8Array(32)), HOME);

  const { hash } = new Projects(privacy, HOME).of("/home/kim/shop");

  assert.match(hash, /^[0-9a-f]{16}$/);
  assert.notEqual(other.of("/home/kim/shop").hash, hash);
});

Deno.test("Projects.exactly() gives what is no folder here a project of its own", () => {
  const projects = new Projects(privacy, HOME);
  const names = ["vscode-remote://box/srv/shop", "vscode-remote://other/srv/shop", "/srv/shop"];

  const found = names.map((name) => projects.exactly(name));

  assert.equal(new Set(found.map(({ hash }) => hash)).size, 3);
  assert.ok(found.every(({ label }) => label === "shop"));
  assert.deepEqual(found[2], projects.of("/srv/shop"));
});

Deno.test("Projects.candidates() hold the project, also when its repository is gone", () => {
  using folder = tempFolder();
  Deno.mkdirSync(folder.at("shop/.git"), { recursive: true });
  const { hash } = new Projects(privacy, HOME).of(folder.at("shop/web"));

  Deno.removeSync(folder.at("shop"), { recursive: true });
  const later = new Projects(privacy, HOME).candidates(folder.at("shop/web"));

  assert.deepEqual(later.find((project) => project.hash === hash), { hash, label: "shop" });
  assert.deepEqual(later[0]!.label, "web");
});
