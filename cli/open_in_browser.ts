/**
 * Opens an address in the user's browser.
 *
 * @module
 */

const OPENERS: Readonly<Record<string, readonly string[]>> = {
  darwin: ["open"],
  windows: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Starts the browser and does not wait for it. */
export function openInBrowser(url: string): void {
  const [program, ...args] = OPENERS[Deno.build.os] ?? ["xdg-open"];
  try {
    new Deno.Command(program!, {
      args: [...args, url],
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn().unref();
  } catch (error) {
    // Without a desktop there is no opener; the address was printed.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
