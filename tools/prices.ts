/** Makes the price table anew from the installed package: `deno task prices`. */

import { waitForUpdate } from "@pydantic/genai-prices";
import project from "../deno.json" with { type: "json" };
import additions from "./price_additions.json" with { type: "json" };
import { makePriceTable, type PriceAdditions, priceTableText } from "./price_table.ts";
import { fromRoot } from "./project_root.ts";

/** The day on which the version in deno.json was published; npm tells, the package does not. */
const releases: Readonly<Record<string, string>> = { "0.1.8": "2026-09-23" };

/**
 * What `core/prices/table.json` must hold.
 *
 * @throws {Error} when the package's version has no known date, or its data is new in kind
 */
export async function tableText(): Promise<string> {
  const target = project.imports["@pydantic/genai-prices"];
  const version = target.slice(target.lastIndexOf("@") + 1);
  const released = releases[version];
  if (!released) {
    throw new Error(`Cannot make the price table: the date of version ${version} is not known`);
  }
  // Without an updater, which is never set here, it answers with the data of the package itself.
  const providers = await waitForUpdate();
  const source = { source: `@pydantic/genai-prices ${version}`, released };
  return priceTableText(makePriceTable(source, providers ?? [], additions as PriceAdditions));
}

if (import.meta.main) {
  Deno.writeTextFileSync(fromRoot("core/prices/table.json"), await tableText());
  const { openPrices } = await import("../core/prices.ts");
  console.log(`core/prices/table.json: revision ${openPrices(undefined).revision}`);
}
