import type { Json } from './json';

/** Returns the condition that a parameter has a value. */
export const equals = (parameter: string, value: string): Json => ({ 'Fn::Equals': [{ Ref: parameter }, value] });

/** Returns the condition that a parameter is not empty. */
export const isGiven = (parameter: string): Json => ({ 'Fn::Not': [equals(parameter, '')] });

/** Returns the condition that all of these hold. */
export const all = (...members: Json[]): Json => ({ 'Fn::And': members });
