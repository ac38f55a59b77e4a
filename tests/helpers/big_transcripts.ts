/** Transcripts that are larger than the memory they may be read in. */

import { Transcript } from "./transcripts.ts";

const MEGABYTE = 1024 * 1024;

/**
 * Writes a transcript whose second line has this many megabytes, as a snapshot of files has.
 * Before and behind it stands a prompt.
 */
export function writeBigLine(claude: string, megabytes: number): Transcript {
  const transcript = new Transcript(claude).prompt();
  using file = Deno.openSync(transcript.path, { append: true });
  const encoder = new TextEncoder();
  const write = (text: string) => {
    const bytes = encoder.encode(text);
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  };
  write('{"type":"file-history-snapshot","messageId":"m","snapshot":{"trackedFileBackups":{');
  const piece = "const part = 1; ".repeat(MEGABYTE / 16);
  for (let i = 0; i < megabytes; i++) write(`${i > 0 ? "," : ""}"src/f${i}.ts":"${piece}"`);
  write('}},"isSnapshotUpdate":false}\n');
  return transcript.prompt();
}

/** Writes transcripts of this many megabytes altogether. @returns their prompts */
export function writeMany(claude: string, files: number, megabytes: number): number {
  const text = "word ".repeat(1000);
  const lines = Math.ceil(megabytes * MEGABYTE / files / 5300);
  for (let session = 1; session <= files; session++) {
    const transcript = new Transcript(claude, { session });
    const written = Array.from({ length: lines }, () => {
      return transcript.line("user", { message: { role: "user", content: text } });
    });
    transcript.write(`${written.join("\n")}\n`);
  }
  return files * lines;
}

/** Bytes of all transcripts. */
export function sizeOfAll(claude: string): number {
  return sizeBelow(`${claude}/projects`);
}

function sizeBelow(folder: string): number {
  return [...Deno.readDirSync(folder)].reduce((sum, { name, isDirectory }) => {
    const path = `${folder}/${name}`;
    return sum + (isDirectory ? sizeBelow(path) : Deno.statSync(path).size);
  }, 0);
}
