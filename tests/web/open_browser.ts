/** A real Chromium with one page, and all that went wrong on it. */

import { type Browser, chromium, type Page } from "playwright-core";
import { findProgram, missingPartText, parts } from "../../tools/parts.ts";

const WITHIN_MS = 15_000;

/** What differs from the usual browser. */
export interface BrowserSketch {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  readonly javaScriptEnabled?: boolean;
  readonly hasTouch?: boolean;
}

/** The browser's page. Disposing it closes the browser. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /**
   * Errors of the console and of scripts, and violations of the content security policy, of this
   * page and of others that its browser opens.
   */
  readonly problems: readonly string[];
}

/** Opens the page at an address, with another browser where one dies as it starts. */
export async function openPage(url: string, sketch: BrowserSketch = {}): Promise<OpenPage> {
  try {
    return await tryPage(url, sketch);
  } catch (error) {
    if (!/browser has been closed/.test(String(error))) throw error;
    return await tryPage(url, sketch);
  }
}

async function tryPage(url: string, sketch: BrowserSketch): Promise<OpenPage> {
  const { width = 1280, colorScheme = "light", javaScriptEnabled = true, hasTouch = false } =
    sketch;
  const browser = await launch();
  try {
    const viewport = { width, height: 900 };
    const context = await browser.newContext({
      viewport,
      colorScheme,
      javaScriptEnabled,
      hasTouch,
    });
    context.setDefaultTimeout(WITHIN_MS);
    const problems: string[] = [];
    context.on("weberror", (error) => problems.push(error.error().message));
    context.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) problems.push(message.text());
    });
    const page = await context.newPage();
    await page.goto(url);
    return { page, problems, [Symbol.asyncDispose]: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

async function launch(): Promise<Browser> {
  const executablePath = findProgram(parts.chromium!.programs, Deno.env.get("PATH") ?? "");
  if (executablePath === undefined) throw new Error(missingPart());
  return await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

function missingPart(): string {
  return `Cannot open a browser: there is none\n${missingPartText("chromium")}`;
}
