/**
 * JSON Schemas in few words: every client sends the list of tools to a model again and again.
 *
 * @module
 */

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Says no more than that an object has names, which every one has, or than all numbers do. */
const IDLE: ReadonlySet<string> = new Set(["$schema", "propertyNames", "additionalProperties"]);
const BOUNDS: Readonly<Record<string, number>> = {
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
};

/** The same schema, shorter: it takes all that the long one takes. */
export function shortSchema(schema: JsonSchema): JsonSchema & { readonly type: "object" } {
  return shortened(schema) as JsonSchema & { readonly type: "object" };
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([name, part]) =>
    BOUNDS[name] !== part && (!IDLE.has(name) || isSchemaOfValues(name, part))
  );
  const short: Record<string, unknown> = Object.fromEntries(
    kept.map(([name, part]) => [name, shortened(part)]),
  );
  return withoutNullBranch(short);
}

/** What the values of a record are like is worth saying, that there are no others is not. */
function isSchemaOfValues(name: string, part: unknown): boolean {
  return name === "additionalProperties" && typeof part === "object" &&
    Object.keys(part as object).length > 0;
}

/** `{"type": ["number", "null"]}` instead of two branches. */
function withoutNullBranch(schema: Record<string, unknown>): Record<string, unknown> {
  const { anyOf, ...rest } = schema;
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return schema;
  const [some, none] = anyOf as [Record<string, unknown>, Record<string, unknown>];
  if (none.type !== "null" || typeof some.type !== "string" || "enum" in some) return schema;
  return { ...some, ...rest, type: [some.type, "null"] };
}
