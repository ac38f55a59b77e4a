/** A machine with something in every place that a backup has, and backups made by hand. */

import { createHash } from "node:crypto";
import { packTar, type TarHeader } from "modern-tar";
import type { Manifest } from "../../../cli/backup/manifest.ts";
import type { Machine } from "../../helpers/run_blueplane.ts";
import { Transcript } from "../../helpers/transcripts.ts";
import { runHere } from "../recorded_io.ts";

/** Fills the home: a database with an archive beside it, settings, a spool. */
export async function fillHome(machine: Machine): Promise<void> {
  for (let session = 1; session <= 2; session++) {
    new Transcript(machine.claude, { session }).prompt().response({ tool: "Bash" }).result();
  }
  await runHere(machine, ["sync"]);
  await runHere(machine, ["archive", "--older-than", "0d"]);
  new Transcript(machine.claude, { session: 3 }).prompt().response();
  await runHere(machine, ["sync"]);
  await runHere(machine, ["config", "set", "web.port", "7999"]);
}

/** What reports say, without reading what is new. */
export async function reports(machine: Machine): Promise<string> {
  const json = ["--json", "--no-sync"];
  const all = [
    ["sessions", "-n", "0", ...json],
    ["metrics", "-p", "all", ...json],
    ["export", "--what", "events", "-f", "csv", "-p", "all", "--no-sync"],
    ["config", "list", "--json"],
  ];
  const texts: string[] = [];
  for (const args of all) texts.push((await runHere(machine, args)).stdout);
  return texts.join("").replaceAll(/"to": "[^"]*"/g, "");
}

/** All files below a folder by their names, with a hash of each. */
export function filesIn(folder: string, place = ""): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${place}`)) {
    if (isDirectory) Object.assign(files, filesIn(folder, `${place}${name}/`));
    else files[place + name] = hash(Deno.readFileSync(`${folder}/${place}${name}`));
  }
  return files;
}

/** Writes a backup that says and holds whatever is wanted. */
export async function writeMadeUp(
  path: string,
  manifest: Partial<Manifest> | string,
  entries: readonly { header: Partial<TarHeader> & { name: string }; text: string }[],
): Promise<void> {
  const text = typeof manifest === "string" ? manifest : JSON.stringify({
    schema: "blueplane.backup/1",
    version: "0.1.0",
    made_at: "2026-11-26T12:00:00.000Z",
    database_schema: null,
    key_print: null,
    sealed_key: null,
    files: [],
    ...manifest,
  });
  const all = [{ header: { name: "manifest.json" }, text }, ...entries];
  const tar = await packTar(all.map(({ header, text }) => ({
    header: { size: text.length, type: "file", ...header } as TarHeader,
    body: text,
  })));
  const zipped = new Blob([tar]).stream().pipeThrough(new CompressionStream("gzip"));
  Deno.writeFileSync(path, new Uint8Array(await new Response(zipped).arrayBuffer()));
}

/** What a manifest says of a file of this text. */
export function told(name: string, text: string) {
  return { name, bytes: text.length, sha256: hash(new TextEncoder().encode(text)) };
}

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
