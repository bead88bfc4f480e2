/** A JSON value, as a template holds it once every intrinsic is resolved. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** Resolved properties of one resource, in CloudFormation's PascalCase. */
export type Properties = { readonly [key: string]: Value };
