/**
 * News from the running server: a WebSocket that says at once when there are other numbers.
 *
 * @module
 */

import type { LivePeriod } from "../core/live_picture.ts";
import { tokenHeader } from "./server_file.ts";

/** What rings, and when. */
export interface ServerNewsOptions {
  /** `http://127.0.0.1:7531`. */
  readonly url: string;
  /** What the server asks for, where it asks for something. */
  readonly token?: string | undefined;
  readonly period: LivePeriod;
  /** Called at every message, and when the connection is lost. */
  readonly onNews: () => void;
}

/** One connection; once it is lost it stays lost, and another is made. */
export class ServerNews implements AsyncDisposable {
  readonly #socket: WebSocket;
  readonly #closed = Promise.withResolvers<void>();
  #isOpen = true;

  constructor({ url, token, period, onNews }: ServerNewsOptions) {
    const address = `${url.replace(/^http/, "ws")}/ws/metrics?period=${period}`;
    const headers = tokenHeader(token === undefined ? {} : { token });
    this.#socket = new WebSocket(address, { headers });
    this.#socket.addEventListener("message", onNews);
    const end = () => {
      this.#isOpen = false;
      this.#closed.resolve();
      onNews();
    };
    this.#socket.addEventListener("close", end, { once: true });
    // A close follows.
    this.#socket.addEventListener("error", (event) => event.preventDefault());
  }

  /** Whether the server will tell: also while the connection is being made. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await this.#closed.promise;
  }
}
