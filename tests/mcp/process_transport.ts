/**
 * The official client's way to a process of our own: its own stdio transport leaves a
 * timer behind,
 * and does not tell how the process ended.
 */

import { Buffer } from "node:buffer";
import { ReadBuffer, serializeMessage } from "@modelcontextprotocol/sdk/shared/stdio.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";

/** Speaks with a process over its stdin and stdout; closing it ends its stdin. */
export class ProcessTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  /** All that the process said beside the protocol. */
  stderr = "";
  /** How it ended; resolves when it has. */
  readonly ended: Promise<Deno.CommandStatus>;
  readonly #process: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  #isClosed = false;

  constructor(command: string, options: { args: string[]; env: Record<string, string> }) {
    this.#process = new Deno.Command(command, {
      ...options,
      clearEnv: true,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    this.#input = this.#process.stdin.getWriter();
    this.ended = Promise.all([this.#process.status, this.#listen(), this.#collect()])
      .then(([status]) => status);
  }

  async start(): Promise<void> {}

  async send(message: JSONRPCMessage): Promise<void> {
    await this.#input.write(new TextEncoder().encode(serializeMessage(message)));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#input.close();
    await this.ended;
    this.onclose?.();
  }

  async #listen(): Promise<void> {
    const buffer = new ReadBuffer();
    for await (const chunk of this.#process.stdout) {
      buffer.append(Buffer.from(chunk));
      for (let read = buffer.readMessage(); read; read = buffer.readMessage()) {
        this.onmessage?.(read);
      }
    }
  }

  async #collect(): Promise<void> {
    for await (const text of this.#process.stderr.pipeThrough(new TextDecoderStream())) {
      this.stderr += text;
    }
  }
}
