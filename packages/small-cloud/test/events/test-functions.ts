import type { Functions, Value } from '../../src/contract';

/** Lambda, as far as senders of events see it: functions that remember what they got. */
export class TestFunctions implements Functions {
  /** `SERVICE for ARN`, of what may invoke. */
  readonly allowed = new Set<string>();
  readonly invoked: { readonly arn: string; readonly event: Value }[] = [];
  /** The error that the next invocations fail with. */
  failure: Error | undefined;

  permits(_functionArn: string, servicePrincipal: string, sourceArn: string): boolean {
    return this.allowed.has(`${servicePrincipal} for ${sourceArn}`);
  }

  async invokeAsync(arn: string, event: Value): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.invoked.push({ arn, event });
  }
}
