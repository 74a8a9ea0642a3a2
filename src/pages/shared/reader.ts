import * as v from "valibot";

/**
 * Makes a function that reads what came from the other side of a page. It returns undefined for
 * everything that the schema doesn't describe.
 */
export function reader<Schema extends v.GenericSchema>(
  schema: Schema,
): (value: unknown) => v.InferOutput<Schema> | undefined {
  return (value) => {
    const read = v.safeParse(schema, value);
    return read.success ? read.output : undefined;
  };
}
