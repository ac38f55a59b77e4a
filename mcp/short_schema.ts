/**
 * JSON Schemas in few words: every client sends the list of tools to a model again and again.
 *
 * @module
 */

/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * What says no more than that an object has names, which every one has, and what the server itself
 * holds: a bound on lengths is in the error of whoever goes beyond it.
 */
const IDLE: ReadonlySet<string> = new Set([
  "$schema",
  "propertyNames",
  "additionalProperties",
  "maxLength",
  "maxItems",
]);
const BOUNDS: Readonly<Record<string, number>> = {
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
};

/** The same schema of what is given, shorter: it takes all that the long one takes. */
export function shortSchema(schema: JsonSchema): JsonSchema & { readonly type: "object" } {
  return shortened(schema) as JsonSchema & { readonly type: "object" };
}

/** The same of an answer: that its parts are all there is promised for the outermost alone. */
export function shortAnswerSchema(schema: JsonSchema): ReturnType<typeof shortSchema> {
  const { required, properties } = schema as { required?: unknown; properties: unknown };
  return {
    type: "object",
    properties: withoutRequired(shortened(properties)),
    required,
  };
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

function withoutRequired(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRequired);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, part]) => name !== "required" || !Array.isArray(part))
      .map(([name, part]) => [name, withoutRequired(part)]),
  );
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
