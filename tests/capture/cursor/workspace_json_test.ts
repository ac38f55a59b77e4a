/** Tests of `capture/cursor/workspace_json.ts`: which folder a window has open. */

import assert from "node:assert/strict";
import { readWorkspace, workspaceCandidates } from "../../../capture/cursor/workspace_json.ts";
import { Projects } from "../../../capture/project.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { privacy } from "./memory_state.ts";

const projects = new Projects(privacy, "/home/kim");

Deno.test("readWorkspace() gives a folder the project that other platforms give it", () => {
  const known: [uri: string, path: string][] = [
    ["file:///home/kim/my%20shop%23%C3%BC", "/home/kim/my shop#ü"],
    ["file:///home/kim/100%25", "/home/kim/100%"],
    ["file:///c%3A/Users/kim/shop", "C:\\Users\\kim\\shop"],
    ["file://server/share/shop", "\\\\server\\share\\shop"],
    ["vscode-remote://wsl%2Bubuntu/home/kim/shop", "/home/kim/shop"],
  ];

  for (const [folder, path] of known) assert.deepEqual(read({ folder }), projects.of(path), path);
});

Deno.test("readWorkspace() gives a repository, when the folder is within one", () => {
  using folder = tempFolder();
  Deno.mkdirSync(folder.at("shop/.git"), { recursive: true });
  Deno.mkdirSync(folder.at("shop/web"));

  const project = read({ folder: `file://${folder.at("shop/web")}` });

  assert.deepEqual(project, projects.of(folder.at("shop")));
});

Deno.test("readWorkspace() gives what is elsewhere, or no folder, a project of its own", () => {
  const uris = [
    { folder: "vscode-remote://ssh-remote%2Bbox/srv/shop" },
    { folder: "vscode-remote://ssh-remote%2Bother/srv/shop" },
    { folder: "vscode-vfs://github/kim/shop" },
    { workspace: "file:///srv/shop/shop.code-workspace" },
    { folder: "file:///srv/shop" },
  ];

  const found = uris.map((json) => read(json));

  assert.equal(new Set(found.map((project) => project?.hash)).size, uris.length);
  assert.deepEqual(found.map((project) => project?.label), [
    "shop",
    "shop",
    "shop",
    "shop.code-workspace",
    "shop",
  ]);
});

Deno.test("readWorkspace() does not guess, when nothing tells", () => {
  for (const json of [{}, { folder: 5 }, { folder: "" }, { folder: "no uri" }, []]) {
    assert.equal(read(json), undefined, JSON.stringify(json));
  }
  using folder = tempFolder();
  assert.equal(readWorkspace(folder.path, projects), undefined);
  Deno.writeTextFileSync(folder.at("workspace.json"), '{"folder": "file:///ho');
  assert.equal(readWorkspace(folder.path, projects), undefined);
});

Deno.test("workspaceCandidates() give every project that a folder may have been of", () => {
  using folder = tempFolder();
  const write = (json: unknown) =>
    Deno.writeTextFileSync(folder.at("workspace.json"), JSON.stringify(json));
  write({ folder: "file:///srv/shop/web" });
  const labels = () => workspaceCandidates(folder.path, projects).map(({ label }) => label);
  assert.deepEqual(new Set(labels()), new Set(["web", "shop", "srv"]));

  write({ folder: "vscode-remote://ssh-remote%2Bbox/srv/shop" });
  assert.deepEqual(labels(), ["shop"]);
  write({});
  assert.deepEqual(labels(), []);
});

function read(json: unknown) {
  using folder = tempFolder();
  Deno.writeTextFileSync(folder.at("workspace.json"), JSON.stringify(json));
  return readWorkspace(folder.path, projects);
}
