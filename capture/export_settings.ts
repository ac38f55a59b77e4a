/**
 * How an assistant's client is told to export to us over OTLP.
 *
 * @module
 */

/** A platform's side of it: variables that stand in one object of its settings. */
export interface ExportSettings {
  /** The name of the object, in the files that hooks are in. */
  readonly key: string;
  /** The variables. @param origin where the server listens */
  variables(origin: string): Readonly<Record<string, string>>;
  /** Whether these variables, of whatever address, are ours. */
  isOwn(variables: Readonly<Record<string, unknown>>): boolean;
}
