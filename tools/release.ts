/** Makes all that a release consists of: five binaries, checksums and a licence list. */

import { createHash } from "node:crypto";
import { basename } from "node:path";
import { bundle } from "./bundle.ts";
import { compileBinary } from "./compile_binary.ts";
import { CompileError } from "./compile_error.ts";
import { packagesInUse, readNotices } from "./licenses.ts";
import { licenseList } from "./license_list.ts";
import { fromRoot } from "./project_root.ts";
import { targets } from "./target.ts";

/** Fills `dist/` and returns the exit code: 1, and one line, if something cannot be had. */
export async function release(env: Readonly<Record<string, string>>): Promise<number> {
  // These two name a compiler and a runtime for one platform, made for trying things out.
  const { DENO_COMPILE: _compiler, DENORT_BIN: _runtime, ...rest } = env;
  try {
    await Deno.remove(fromRoot("dist"), { recursive: true }).catch(ignoreMissing);
    await bundle(rest);
    const sums: string[] = [];
    for (const target of targets) {
      const binary = await compileBinary(rest, target);
      console.log(binary);
      sums.push(`${await sha256(fromRoot(binary))}  ${basename(binary)}\n`);
    }
    await write("dist/LICENSES.md", licenseList(readNotices(await packagesInUse(rest))));
    await write("dist/SHA256SUMS", sums.join(""));
    return 0;
  } catch (error) {
    if (!(error instanceof CompileError)) throw error;
    console.error(`error: ${error.message}`);
    return 1;
  }
}

async function write(path: string, text: string): Promise<void> {
  await Deno.writeTextFile(fromRoot(path), text);
  console.log(path);
}

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

if (import.meta.main) Deno.exit(await release(Deno.env.toObject()));
