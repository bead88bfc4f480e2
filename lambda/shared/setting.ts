/**
 * Reads a setting of the function.
 *
 * @throws Error that names it when it is missing.
 */
export function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`The environment variable ${name} is missing`);
  return value;
}
