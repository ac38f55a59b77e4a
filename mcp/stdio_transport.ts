/**
 * The way to a client on stdin and stdout. The official one goes deaf behind a long line, and does
 * not end with its client then; it says nothing of what it cannot read.
 *
 * @module
 */

import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import type { Readable, Writable } from "node:stream";
import process from "node:process";
import { MessageLines } from "./message_lines.ts";

/** Speaks with whoever started this process. */
export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #lines = new MessageLines();
  readonly #read = (chunk: Uint8Array) => {
    for (const { messages, refusals } of this.#lines.add(chunk)) {
      for (const refusal of refusals) this.#refuse(refusal);
      for (const message of messages) this.onmessage?.(message);
    }
  };

  constructor(input: Readable = process.stdin, output: Writable = process.stdout) {
    this.#input = input;
    this.#output = output;
  }

  async start(): Promise<void> {
    this.#input.on("data", this.#read);
  }

  send(message: JSONRPCMessage): Promise<void> {
    return new Promise((resolve) => {
      if (this.#output.write(`${JSON.stringify(message)}\n`)) resolve();
      else this.#output.once("drain", () => resolve());
    });
  }

  async close(): Promise<void> {
    this.#input.off("data", this.#read);
    this.#input.pause();
    this.onclose?.();
  }

  #refuse(refusal: JSONRPCMessage): void {
    this.send(refusal).catch((error: Error) => this.onerror?.(error));
  }
}
