/** Looks for markers wherever a program may have left them. */

import { DatabaseSync } from "node:sqlite";
import { inflateSync } from "node:zlib";
import { MARKER } from "./marked_transcripts.ts";

/** Where markers were found, and how many. */
export class Findings {
  readonly found: string[] = [];
  /** Bytes that were looked at. */
  bytes = 0;

  look(place: string, text: string): void {
    this.bytes += text.length;
    const markers = [...text.matchAll(MARKER)];
    for (const { index } of markers.slice(0, 3)) {
      this.found.push(`${place}: ${text.slice(Math.max(0, index - 60), index + 40)}`);
    }
  }

  /** Every byte of every file below a folder, and what is in every compressed block. */
  lookAtFiles(folder: string): void {
    for (const entry of Deno.readDirSync(folder)) {
      const path = `${folder}/${entry.name}`;
      this.look("a file's name", entry.name);
      if (entry.isDirectory) this.lookAtFiles(path);
      else this.look(path, new TextDecoder("latin1").decode(Deno.readFileSync(path)));
    }
  }

  /** @returns how many events the blocks hold */
  lookAtBlocks(home: string): number {
    const db = new DatabaseSync(`${home}/telemetry.db`, { readOnly: true });
    try {
      const blocks = db.prepare("select body from trace_blocks").all() as { body: Uint8Array }[];
      return blocks.reduce((events, { body }) => {
        const text = inflateSync(body).toString();
        this.look("a block", text);
        return events + text.split("\n").length;
      }, 0);
    } finally {
      db.close();
    }
  }
}
