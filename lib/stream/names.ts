import { Aws, Fn } from 'aws-cdk-lib';

/**
 * A name for what must be unique in an account across Regions (CloudFront's policies and access controls): the unique
 * part of the stack's id, and a word. It fits the shortest limit, the 64 characters of an origin access control.
 */
export function stackUniqueName(word: string): string {
  return Fn.join('-', [word, Fn.select(2, Fn.split('/', Aws.STACK_ID))]);
}

/** A channel's name as a part of logical ids and Outputs: `main-stage` → `MainStage`. */
export function pascalCase(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
