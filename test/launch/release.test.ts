import { describe, expect, test } from '@jest/globals';
import { publishing } from '../../bin/launch/publish';
import { releaseProblems } from '../../bin/launch/release-problems';

const template = (version: string, more = {}) =>
  JSON.stringify({ Description: `Live streaming (${version})`, Metadata: { Version: version }, ...more });

describe('a template of a release', () => {
  const problems = (found: string | undefined) => releaseProblems('live.json', found, template('1.2.3'), '1.2.3');

  test('is right when it is what the source writes', () => {
    expect(problems(template('1.2.3'))).toEqual([]);
  });

  test('is wrong when it differs in one character, is of another version, is broken or missing', () => {
    expect(problems(template('1.2.3', { Resources: {} }))).toEqual([expect.stringMatching(/differs from byte 70 on/)]);
    expect(problems(template('1.2.4'))).toEqual([
      expect.stringContaining('version 1.2.4 in its Metadata'),
      expect.stringContaining('does not carry version 1.2.3 in its Description'),
      expect.stringContaining('was not written from this source'),
    ]);
    expect(problems('{')).toEqual([expect.stringContaining('is no JSON')]);
    expect(problems(undefined)).toEqual([expect.stringContaining('is not there')]);
  });
});

describe('publishing', () => {
  const said = publishing('s3://my-templates/live/v1/', ['dist/launch/live-streaming.template.json']);

  test('says how to upload a template and which link opens it in each Region', () => {
    expect(said).toContain(
      'aws s3 cp dist/launch/live-streaming.template.json s3://my-templates/live/v1/live-streaming.template.json',
    );
    const url = encodeURIComponent('https://my-templates.s3.amazonaws.com/live/v1/live-streaming.template.json');
    expect(said).toContain(
      `https://eu-central-1.console.aws.amazon.com/cloudformation/home?region=eu-central-1#/stacks/create/review?templateURL=${url}&stackName=live-streaming`,
    );
  });

  test('needs a bucket', () => {
    expect(() => publishing('https://bucket/key', [])).toThrow('s3://BUCKET/PREFIX is needed');
  });

  test('takes a bucket without a prefix', () => {
    expect(publishing('s3://my-templates', ['a/b.json'])).toContain('s3://my-templates/b.json');
  });
});
