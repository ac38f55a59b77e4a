/**
 * The world of a command for a person at a terminal: what is said on stderr is broken between
 * words, and Ctrl+C leaves no ^C behind.
 *
 * @module
 */

import { ForwardingOutput } from "./forwarding_output.ts";
import type { Io } from "./io.ts";
import { obeysSequences } from "./terminal_kind.ts";
import { wrapBehind } from "./wrap.ts";

const LABEL = /^(?:error|warning|note): (?=.*\n$)/s;
const CLEAR = "\r\x1b[K";

/** The same world, where stderr is no terminal. */
export function terminalIo(io: Io): Io {
  if (!io.stderr.isTerminal) return io;
  return {
    ...io,
    stderr: new WrappedOutput(io.stderr),
    onInterrupt(callback) {
      return io.onInterrupt((signal) => {
        if (signal === "SIGINT" && obeysSequences(io, io.stderr)) io.stderr.write(CLEAR);
        callback(signal);
      });
    },
  };
}

/** Breaks lines that are told with a label; all else stays as it is. */
class WrappedOutput extends ForwardingOutput {
  override write(text: string): void {
    const [label] = LABEL.exec(text) ?? [];
    super.write(label === undefined ? text : this.#wrapped(text, label.length));
  }

  #wrapped(text: string, label: number): string {
    return text.trimEnd().split("\n")
      .flatMap((line, i) => wrapBehind(line, i === 0 ? label : 0, this.columns()))
      .map((line) => `${line}\n`).join("");
  }
}
