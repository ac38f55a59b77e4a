/**
 * MCP tools in texts, where they stand by their hashes.
 *
 * @module
 */

const HASH = /^mcp:[0-9a-f]{8}$/;
const HASHES = /mcp:[0-9a-f]{8}/g;

/** Whether a tool is known by a hash alone. */
export function isHashed(tool: string): boolean {
  return HASH.test(tool);
}

/** All hashes of tools that stand in a text. */
export function hashesIn(text: string): readonly string[] {
  return text.match(HASHES) ?? [];
}

/** The text with names in place of hashes. */
export function withNames(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(HASHES, (hash) => names.get(hash) ?? hash);
}
