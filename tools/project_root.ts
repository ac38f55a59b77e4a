/** The project's folder, found from where the tools are. */

import { fileURLToPath } from "node:url";

/** The absolute path of something in the project, such as `dist/blueplane`. */
export function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
