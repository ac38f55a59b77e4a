/**
 * Transcripts in which everything occurs that could be counted twice or not at all: all
 * conformance cases, one recorded run of the real client, whose history was replayed into its own
 * files under new uuids, as a client did that resumed another one's session, and a session with
 * long pauses in which only lines were written that nothing is counted of.
 */

import { hash } from "node:crypto";
import { type Machine, tempMachine } from "../helpers/run_blueplane.ts";

/** One transcript: where it lies below `projects`, and its bytes. */
export interface TranscriptFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const fixtures = decodeURIComponent(new URL("../fixtures", import.meta.url).pathname);

/** Recorded runs with forks, sub-agents, refusals, interruptions, compaction and modes. */
export const RUNS = [
  "1.0.128/interactive",
  "1.0.128/resume",
  "1.0.128/subagent",
  "2.0.77/interactive",
  "2.0.77/resume",
  "2.0.77/subagent",
  "2.1.112/interactive",
  "2.1.112/resume",
  "2.1.330/interactive",
  "2.1.330/resume",
  "2.1.330/sigkill",
  "2.1.330/subagent",
] as const;

/** The files of the conformance cases, of one recorded run and of its replay. */
export function richFolder(run: string): TranscriptFile[] {
  const cases = [...Deno.readDirSync(`${fixtures}/conformance`)]
    .filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
  return [
    ...cases.flatMap((name) => filesIn(`${fixtures}/conformance/${name}/projects`)),
    ...filesIn(`${fixtures}/realclient/${run}/projects`).map(replayed),
    slowSession(),
  ];
}

/** Four minutes lie between two lines, and only each fifth is a prompt. */
function slowSession(): TranscriptFile {
  const sessionId = "51000000-0000-4000-8000-000000000001";
  const lines = Array.from({ length: 26 }, (_, i) => ({
    ...(i % 5 === 3
      ? { type: "user", message: { role: "user", content: `Part ${i}` } }
      : { type: "system", subtype: "stop_hook_summary" }),
    sessionId,
    uuid: `51000000-0000-4000-8000-${String(i).padStart(12, "0")}`,
    timestamp: new Date(Date.UTC(2026, 1, 11, 8) + i * 4 * 60_000).toISOString(),
  }));
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  return { path: `-home-ada-slow/${sessionId}.jsonl`, bytes: new TextEncoder().encode(text) };
}

/** Every transcript below a `projects` folder. */
export function filesIn(folder: string, below = ""): TranscriptFile[] {
  return [...Deno.readDirSync(`${folder}/${below}`)].sort((a, b) => a.name < b.name ? -1 : 1)
    .flatMap(({ name, isDirectory }) => {
      const path = `${below}${name}`;
      if (isDirectory) return filesIn(folder, `${path}/`);
      return { path, bytes: Deno.readFileSync(`${folder}/${path}`) };
    });
}

/** A machine that holds these files, and maybe the key of another, so that hashes compare. */
export function machineOf(files: readonly TranscriptFile[], like?: Machine): Machine {
  const machine = tempMachine();
  for (const { path, bytes } of files) append(machine, path, bytes);
  if (like) {
    Deno.mkdirSync(machine.home, { mode: 0o700 });
    Deno.copyFileSync(`${like.home}/install.key`, `${machine.home}/install.key`);
  }
  return machine;
}

/** Appends bytes to a transcript, making it when there is none. */
export function append(machine: Machine, path: string, bytes: Uint8Array): void {
  const file = `${machine.claude}/projects/${path}`;
  Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
  Deno.writeFileSync(file, bytes, { append: true });
}

/** The file with its messages behind it once more: the same moments and ids, other uuids. */
function replayed({ path, bytes }: TranscriptFile): TranscriptFile {
  const text = new TextDecoder().decode(bytes);
  const again = text.split("\n").filter((line) => /"type":"(user|assistant)"/.test(line))
    .map((line) => line.replaceAll(/"(uuid|parentUuid)":"([^"]+)"/g, renamed));
  const whole = text.endsWith("\n") || text === "" ? text : `${text}\n`;
  return { path, bytes: new TextEncoder().encode(whole + again.map((l) => `${l}\n`).join("")) };
}

function renamed(_: string, name: string, uuid: string): string {
  const digits = hash("sha256", `again ${uuid}`, "hex");
  return `"${name}":"${digits.slice(0, 8)}-0000-4000-8000-${digits.slice(8, 20)}"`;
}
