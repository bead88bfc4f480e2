import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import type { JsonObject } from '../lib/launch/json';

/**
 * Synthesizes stacks for programs that read many templates and deploy none. CDK's built-in validation of a template takes as
 * long as its synthesis, and is left out; the template that is deployed or launched is validated when it is made.
 *
 * @param context - feature flags. @default none
 */
export function templatesOf(
  stacksOf: (app: App) => readonly Stack[],
  context: Readonly<Record<string, unknown>> = {},
): readonly JsonObject[] {
  const outdir = mkdtempSync(join(tmpdir(), 'templates-'));
  try {
    const app = new App({
      outdir,
      context: { ...context },
      analyticsReporting: false,
      builtinCloudFormationValidation: false,
      // A quarter of the time of a synthesis, for what nobody reads here.
      stackTraces: false,
      treeMetadata: false,
    });
    const stacks = stacksOf(app);
    const assembly = app.synth();
    return stacks.map(({ artifactId }) => assembly.getStackArtifact(artifactId).template as JsonObject);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
