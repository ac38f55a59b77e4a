/** A command in a pane of a real tmux: a terminal that another program keeps. */

import { until } from "../helpers/run_blueplane.ts";

/** The server of one test, with one pane. Disposing it ends the server. */
export class Tmux implements AsyncDisposable {
  readonly #socket: string;
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string>>;

  /** @param folder where its socket may lie; of few letters, as sockets' paths are short */
  constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#socket = `${folder}/tmux`;
    this.#env = env;
  }

  /** Starts a shell in a pane of that size. */
  async start(columns: number, rows: number): Promise<void> {
    const config = `${this.#folder}/tmux.conf`;
    Deno.writeTextFileSync(config, "set -g default-shell /bin/sh\nset -g status off\n");
    const size = ["-x", `${columns}`, "-y", `${rows}`];
    await this.#run("-f", config, "new-session", "-d", ...size, "sh");
    await until("the shell waits", async () => (await this.screen())[0] !== "");
  }

  /** Types a line, and the key that ends it. */
  async enter(line: string): Promise<void> {
    await this.#run("send-keys", "-l", line);
    await this.#run("send-keys", "Enter");
  }

  /** Types keys as they are. */
  async type(keys: string): Promise<void> {
    await this.#run("send-keys", "-l", keys);
  }

  /** Gives the pane another size. */
  async resize(columns: number, rows: number): Promise<void> {
    await this.#run("resize-window", "-x", `${columns}`, "-y", `${rows}`);
  }

  /** The rows of the pane as a person sees them. */
  async screen(): Promise<string[]> {
    return (await this.#run("capture-pane", "-p")).trimEnd().split("\n");
  }

  /** What tmux knows of the pane, as `cursor_flag`: whether the cursor is shown. */
  async ask(what: string): Promise<string> {
    return (await this.#run("display-message", "-p", `#{${what}}`)).trim();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#run("kill-server");
  }

  async #run(...args: readonly string[]): Promise<string> {
    const { success, stdout, stderr } = await new Deno.Command("tmux", {
      args: ["-S", this.#socket, ...args],
      clearEnv: true,
      env: {
        PATH: Deno.env.get("PATH") ?? "",
        TERM: "xterm-256color",
        LANG: "C.UTF-8",
        ...this.#env,
      },
    }).output();
    if (success) return new TextDecoder().decode(stdout);
    throw new Error(`Cannot ask tmux: ${new TextDecoder().decode(stderr)}`);
  }
}
