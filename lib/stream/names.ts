import { Aws, Fn } from 'aws-cdk-lib';

/**
 * Returns a name that is unique in an account across Regions, as CloudFront's policies and access controls need it: a word
 * and the unique part of the stack's id. It fits the shortest limit, the 64 characters of an origin access control.
 */
export function stackUniqueName(word: string): string {
  return Fn.join('-', [word, Fn.select(2, Fn.split('/', Aws.STACK_ID))]);
}

/** Turns a channel's name into a part of logical ids and Outputs: `main-stage` → `MainStage`. */
export function pascalCase(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
