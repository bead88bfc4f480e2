/** A parameter as the operator sees it. */
export interface Parameter {
  readonly label: string;
  readonly description: string;
  readonly default?: string | number;
  readonly options?: readonly string[];
  readonly pattern?: string;
  /** The sentence for a value that is not accepted. */
  readonly constraint?: string;
  readonly secret?: { readonly least: number; readonly most: number };
}

/** A group of parameters on the page of the console. */
export interface ParameterGroup {
  readonly label: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
}
