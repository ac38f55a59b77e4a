/** Writes the list of licences that goes with the binaries. */

import type { Notice } from "./licenses.ts";

const mit =
  `Permission is hereby granted, free of charge, to any person obtaining a copy of this software
and associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** The list as Markdown: the runtime first, then each package with the text it came with. */
export function licenseList(notices: readonly Notice[]): string {
  const runtime = {
    name: "Deno",
    version: Deno.version.deno,
    license: "MIT",
    text: `MIT License\n\nCopyright 2018-2026 the Deno authors\n\n${mit}`,
  };
  const parts = [
    "# Licences",
    "Blueplane is free software under the GNU Affero General Public License, version 3 only. " +
    "Its binaries contain the works below, each under its own licence.",
    section(runtime),
    `Deno contains V8 ${Deno.version.v8} (BSD-3-Clause), SQLite (public domain) and libraries ` +
    `in Rust; their licences are in Deno's source, <https://github.com/denoland/deno>.`,
    ...notices.map(section),
  ];
  return parts.join("\n\n") + "\n";
}

function section({ name, version, license, text }: Notice): string {
  const heading = `## ${name} ${version}\n\nLicence: ${license}`;
  if (!text) return `${heading}\n\nThe package holds no licence text.`;
  // A fence longer than any run of backticks inside, so that no text can end it.
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${heading}\n\n${fence}text\n${text}\n${fence}`;
}
