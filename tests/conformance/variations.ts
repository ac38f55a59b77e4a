/** Ways in which the same transcripts can reach the disk, none of which may change a number. */

import { runCli } from "../../cli/cli.ts";
import { recordedIo } from "../cli/recorded_io.ts";
import { seededRandom } from "../helpers/events.ts";
import type { Machine } from "../helpers/run_blueplane.ts";
import { askHere, syncHere, type Told } from "../helpers/told.ts";
import { VirtualClock } from "../helpers/virtual_clock.ts";
import { openLiveReader } from "./live_reader.ts";
import { append, machineOf, type TranscriptFile } from "./rich_folder.ts";

/** What is told of files that were read at once, and the machine whose key all others use. */
export interface Baseline extends Disposable {
  readonly files: readonly TranscriptFile[];
  readonly machine: Machine;
  readonly told: Told;
}

/** Reads files at once. */
export async function readAtOnce(files: readonly TranscriptFile[]): Promise<Baseline> {
  const machine = machineOf(files);
  await syncHere(machine);
  const told = await askHere(machine);
  return { files, machine, told, [Symbol.dispose]: () => machine[Symbol.dispose]() };
}

/** Every file lies there twice: under its own name, and under another in another folder. */
export async function readCopies({ files, machine: like }: Baseline): Promise<Told> {
  using machine = machineOf([...files, ...files.map(copyOf)], like);
  return await readAll(machine);
}

/** Every file has another name and lies in another folder. */
export async function readRenamed({ files, machine: like }: Baseline): Promise<Told> {
  using machine = machineOf(files.map(copyOf), like);
  return await readAll(machine);
}

/** The copies come when the files are read already. */
export async function readCopiesLater({ files, machine: like }: Baseline): Promise<Told> {
  using machine = machineOf(files, like);
  await syncHere(machine);
  for (const { path, bytes } of files.map(copyOf)) append(machine, path, bytes);
  return await readAll(machine);
}

/** Files are read by their age, the newest first: the ages come from a seed. */
export async function readInOrder({ files, machine: like }: Baseline, seed: number) {
  using machine = machineOf(files, like);
  const random = seededRandom(seed);
  for (const { path } of files) {
    const time = 1_800_000_000 + Math.floor(random() * 1e6);
    Deno.utimeSync(`${machine.claude}/projects/${path}`, time, time);
  }
  return await readAll(machine);
}

/** Files come one by one, in an order by a seed, to a reader that goes on. */
export async function readOneByOne({ files, machine: like }: Baseline, seed: number) {
  using machine = machineOf([], like);
  const random = seededRandom(seed);
  const order = files.map((file) => ({ file, place: random() }))
    .sort((a, b) => a.place - b.place);
  {
    await using reader = await openLiveReader(machine);
    for (const { file } of order) {
      append(machine, file.path, file.bytes);
      await reader.look();
    }
    await reader.settle();
  }
  return await askHere(machine);
}

/** How files grow: piece by piece, all at the same time. */
export interface Pieces {
  /** Bytes of the pieces, over and over. */
  readonly sizes: readonly number[];
  /** After how many pieces all that is new is read, by a new process. */
  readonly readEvery: number;
}

/** Files grow in pieces, and are read in between. */
export async function readInPieces({ files, machine: like }: Baseline, pieces: Pieces) {
  using machine = machineOf([], like);
  const rests = files.map(({ path, bytes }) => ({ path, bytes }));
  for (let i = 0; rests.length > 0; i++) {
    const at = i % rests.length, rest = rests[at]!;
    const size = pieces.sizes[i % pieces.sizes.length]!;
    append(machine, rest.path, rest.bytes.subarray(0, size));
    rest.bytes = rest.bytes.subarray(size);
    if (rest.bytes.length === 0) rests.splice(at, 1);
    if (i % pieces.readEvery === 0) await syncHere(machine);
  }
  return await readAll(machine);
}

/** Files grow byte by byte, and are read after every one, by a reader that goes on. */
export async function readByteByByte({ files, machine: like }: Baseline): Promise<Told> {
  using machine = machineOf([], like);
  {
    await using reader = await openLiveReader(machine);
    for (const { path, bytes } of files) {
      for (let at = 0; at < bytes.length; at++) {
        append(machine, path, bytes.subarray(at, at + 1));
        await reader.look();
      }
    }
    await reader.settle();
  }
  return await askHere(machine);
}

/** Files that were moved away and back are others to the system: they are read from the start. */
export async function readAgain({ files, machine: like }: Baseline): Promise<Told> {
  using machine = machineOf(files, like);
  await syncHere(machine);
  for (const { path, bytes } of files) {
    Deno.removeSync(`${machine.claude}/projects/${path}`);
    append(machine, path, bytes);
  }
  return await readAll(machine);
}

/** Reading is interrupted when it asks for the time the nth time, for each n. */
export async function readInterrupted(
  { files, machine: like }: Baseline,
  moments: readonly number[],
): Promise<Told> {
  using machine = machineOf(files, like);
  for (const moment of moments) await interrupt(machine, moment);
  return await readAll(machine);
}

async function readAll(machine: Machine): Promise<Told> {
  await syncHere(machine);
  return await askHere(machine);
}

/** Another name in another folder; a sub-agent's stays below one of its session. */
function copyOf({ path, bytes }: TranscriptFile): TranscriptFile {
  const parts = path.split("/");
  const name = `copy-of-${parts.at(-1)}`;
  return { path: [`-home-ada-copy${parts[0]}`, ...parts.slice(1, -1), name].join("/"), bytes };
}

async function interrupt(machine: Machine, moment: number): Promise<void> {
  const clock = new VirtualClock();
  let asked = 0;
  const io = recordedIo(machine, ["sync"], {
    clock: {
      now() {
        if (asked++ === moment) io.interrupt();
        return clock.now();
      },
      sleep: (timeoutMs, signal) => clock.sleep(timeoutMs, signal),
    },
  });
  await runCli(io);
}
